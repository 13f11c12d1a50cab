"""A case: what was read, and exactly which rules it breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced

import pandas as pd

from flows.validate import validate
from schemas.notice import load_notice
from schemas.tables import REMARKS, TEXT, TOTALS, Readings
from tests import frames
from tests.rules.registers import registers

NOTICE = load_notice(2020)
REFERENCES = registers()

Row = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """``rows`` and ``joining`` (participants) are what differs from a valid row; ``together`` names the filings of one
    group, its lead first (groups are judged then, and nothing else); ``breaks`` the rules, one a finding."""

    rows: Sequence[Row]
    breaks: Sequence[str] = ()
    joining: Sequence[Row] = ()
    remarks: Sequence[Row] = ()
    totals: Sequence[Row] = ()
    files: Mapping[str, object] = field(default_factory=dict)
    together: Sequence[Sequence[str]] | None = None

    def readings(self) -> Readings:
        """What was read."""
        readings = frames.readings(self.rows, self.joining)
        return replaced(
            readings,
            files=readings.files.assign(**self.files),
            remarks=_frame(REMARKS, self.remarks, {"sheet": "项目申报", "cell": -1}),
            totals=_frame(TOTALS, self.totals, {"sheet": "项目申报", "cell": 7 * 16384 + 19}),
        )

    def findings(self) -> pd.DataFrame:
        """What is found in it."""
        readings = self.readings()
        if self.together is None:
            return validate(readings, NOTICE, REFERENCES)
        members, groups = frames.grouped(readings.filings, *self.together)
        return validate(readings, NOTICE, REFERENCES, scopes=("group",), groups=groups, members=members)

    def __str__(self) -> str:
        said = {
            key: value for row in (*self.rows, *self.joining, *self.remarks, *self.totals) for key, value in row.items()
        }
        return f"{'+'.join(self.breaks) or 'passes'} {said}"[:90]


def filing(*breaks: str, joining: Sequence[Row] = (), **change: object) -> Case:
    """One filing that differs from a valid one by ``change``."""
    return Case([change], breaks, joining)


def group(
    *breaks: str, rows: Sequence[Row], together: Sequence[Sequence[str]] = (), joining: Sequence[Row] = ()
) -> Case:
    """Filings brought together into groups; those not named stay alone."""
    return Case(rows, breaks, joining, together=together)


def holds(case: Case) -> None:
    """The case breaks exactly its rules."""
    assert sorted(case.findings()["rule_id"]) == sorted(case.breaks)


def _frame(schema: object, rows: Sequence[Row], given: Row) -> pd.DataFrame:
    columns = schema.columns
    frame = pd.DataFrame([{"file": "2020/甲.xlsx", **given, **row} for row in rows], columns=list(columns))
    kinds = {name: column.dtype.type for name, column in columns.items()}
    return schema.validate(frame.astype({name: TEXT if str(kind) == "str" else kind for name, kind in kinds.items()}))
