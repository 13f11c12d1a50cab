"""How the program's own workbooks are laid out, as a reader needs it: made from the declarations by which they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.sheets import EXCEPTIONS, Sheet


@dataclass(frozen=True)
class Layout:
    """A workbook by the titles of its columns.

    ``sheets`` sheet → titles in the order in which they are written; ``identity`` the title of the column by which a row is
    known; ``verdict``, ``note`` and ``reviewer`` those of the columns in which reviewers write, which stand side by side in
    the order of ``entries``; ``to_unit`` that of the one beside them which not every sheet has; ``value`` that of the
    value as filed; ``tells`` those that only a sheet has which repeats
    earlier decisions; ``decided_in`` kind of thing → the first sheet in which it is decided about.
    """

    sheets: Mapping[str, tuple[str, ...]]
    identity: str
    verdict: str
    note: str
    reviewer: str
    to_unit: str
    entries: tuple[str, ...]
    value: str
    tells: frozenset[str]
    decided_in: Mapping[str, str]

    @cached_property
    def offsets(self) -> dict[str, int]:
        """Title of an entry → how far it stands from the first."""
        return {title: place for place, title in enumerate((*self.entries, self.to_unit))}

    def entries_of(self, name: str) -> tuple[str, ...]:
        """The titles of the columns in which reviewers write in a sheet."""
        return (*self.entries, self.to_unit) if self.to_unit in self.sheets[name] else self.entries


def layout_of(sheets: Sequence[Sheet]) -> Layout:
    """The layout of a workbook with these ``sheets``, of which at least one decides about findings."""
    decided_in = {sheet.decides: sheet for sheet in reversed(sheets) if sheet.decides}
    of_findings = decided_in["finding"]
    return Layout(
        sheets={sheet.name: sheet.titles for sheet in sheets},
        identity=of_findings.title(of_findings.identity or ""),
        verdict=of_findings.title("verdict"),
        note=of_findings.title("note"),
        reviewer=of_findings.title("reviewer"),
        to_unit=of_findings.title("to_unit"),
        entries=tuple(of_findings.title(name) for name in of_findings.entries if name != "to_unit"),
        value=of_findings.title("value"),
        tells=frozenset(sheet.title(name) for sheet in sheets for name in sheet.tells),
        decided_in={kind: sheet.name for kind, sheet in decided_in.items()},
    )


LAYOUT = layout_of(EXCEPTIONS)
"""The exceptions workbook as it is written today."""
