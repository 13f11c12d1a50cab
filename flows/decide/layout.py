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
    the order of ``entries``; ``value`` that of the value as filed; ``tells`` those that only a sheet has which repeats
    earlier decisions; ``decided_in`` kind of thing → the first sheet in which it is decided about.
    """

    sheets: Mapping[str, tuple[str, ...]]
    identity: str
    verdict: str
    note: str
    reviewer: str
    entries: tuple[str, ...]
    value: str
    tells: frozenset[str]
    decided_in: Mapping[str, str]

    @cached_property
    def offsets(self) -> dict[str, int]:
        """Title of an entry → how far it stands from the first."""
        return {title: place for place, title in enumerate(self.entries)}


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
        entries=tuple(of_findings.title(name) for name in of_findings.entries),
        value=of_findings.title("value"),
        tells=frozenset(sheet.title(name) for sheet in sheets for name in sheet.tells),
        decided_in={kind: sheet.name for kind, sheet in decided_in.items()},
    )


LAYOUT = layout_of(EXCEPTIONS)
"""The exceptions workbook as it is written today."""
