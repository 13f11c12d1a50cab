"""A case: what was read, and exactly which rules it breaks.

Cases are judged together, each in files of its own, as a night judges them; those that would see each other (budgets of
a country, last year's figures of a unit, groups) are judged alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from functools import cache

import pandas as pd

from flows.link.survivorship.people import people_of
from flows.validate import RULES, validate
from schemas.tables import DataFrame, Groups, Members, Readings, Remarks, Totals, empty
from tests import frames
from tests.rules.registers import registers
from tests.year import BOOK

NOTICE = BOOK.notice
REFERENCES = registers()

Row = Mapping[str, object]

_RATE = 60.0 / (15 * 21)
"""万元 a person and day of a valid filing."""
_OF_UNITS = {rule.id for rule in RULES.values() if rule.over == "units"}


@dataclass(frozen=True, eq=False)
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

    @property
    def alone(self) -> bool:
        """Whether it must not be judged with others."""
        money = any(row.get("budget") is not None for row in self.rows)
        return bool(money or self.files or _OF_UNITS & set(self.breaks))

    def readings(self) -> Readings:
        """What was read."""
        return _readings([self])

    def findings(self) -> pd.DataFrame:
        """What is found in it."""
        return _found([self])

    def __str__(self) -> str:
        parts = (*self.rows, *self.joining, *self.remarks, *self.totals)
        said = {key: value for row in parts for key, value in row.items()}
        return f"{'+'.join(self.breaks) or 'passes'} {said}"[:90]


def filing(*breaks: str, joining: Sequence[Row] = (), **change: object) -> Case:
    """One filing that differs from a valid one by ``change``."""
    return Case([change], breaks, joining)


def group(
    *breaks: str, rows: Sequence[Row], together: Sequence[Sequence[str]] = (), joining: Sequence[Row] = ()
) -> Case:
    """Filings brought together into groups; those not named stay alone."""
    return Case(rows, breaks, joining, together=together)


def judge(cases: Sequence[Case]) -> dict[Case, pd.DataFrame]:
    """What is found in each case."""
    judged = {case: _judged_alone(case) for case in cases if case.alone}
    for of_groups in (False, True):
        many = [case for case in cases if not case.alone and (case.together is not None) == of_groups]
        if many:
            found = _found(many)
            whose = found["file"].str.extract(r"^case(\d+)/", expand=False).fillna("0").astype(int)
            judged |= {case: found[whose.eq(number)] for number, case in enumerate(many)}
    return judged


@cache
def _judged_alone(case: Case) -> pd.DataFrame:
    return case.findings()


def _found(cases: Sequence[Case]) -> pd.DataFrame:
    readings = _readings(cases)
    if cases[0].together is None:
        return validate(readings, BOOK, REFERENCES)
    own = [f"case{number}/" if len(cases) > 1 else "" for number in range(len(cases))]
    together = [[own[n] + name for name in group] for n, case in enumerate(cases) for group in case.together or ()]
    members, groups = frames.grouped(readings.filings, *together)
    groups = counted(groups, members, readings)
    return validate(readings, BOOK, REFERENCES, scopes=("group",), groups=groups, members=members)


def counted(groups: DataFrame[Groups], members: DataFrame[Members], readings: Readings) -> DataFrame[Groups]:
    """The groups with how many people they are."""
    ranked = readings.filings.merge(members, on="filing_id").sort_values("leads", ascending=False, kind="stable")
    people = people_of(ranked, readings.participants, REFERENCES, NOTICE).reindex(groups["group_id"])
    return Groups.validate(
        groups.assign(**{name: people[name].to_numpy() for name in people.columns}).astype(Groups.dtypes())
    )


def _readings(cases: Sequence[Case]) -> Readings:
    """The cases as one reading; several each have their files and ids to themselves, and money in proportion."""
    several = len(cases) > 1
    rows, joining, remarks, totals = [], [], [], []
    for number, case in enumerate(cases):
        own = f"case{number}/" if several else ""

        def mine(row: Row, own: str = own) -> Row:
            told = {"file": "2020/甲.xlsx", **row}
            ids = {"filing_id": own + str(row["filing_id"])} if row.get("filing_id") else {}
            return told | ids | {"file": own + str(told["file"])}

        for place, row in enumerate(case.rows):
            given = {"filing_id": f"f{place}", "row": 4 + place, "seq": place + 1, "otm_no": f"OTM2020{place:04}"}
            rows.append(mine({**given, **(_money(row) if several else {}), **row}))
            if several and case.together is not None:
                rows[-1] |= _apart(rows[-1], own)
        joining += [mine({"filing_id": "f0", "row": 2 + place, **row}) for place, row in enumerate(case.joining)]
        remarks += [mine(row) for row in case.remarks]
        totals += [mine(row) for row in case.totals]
    readings = frames.readings(rows, joining)
    return replaced(
        readings,
        files=readings.files.assign(**{key: value for case in cases for key, value in case.files.items()}),
        remarks=_frame(Remarks, remarks, {"sheet": "项目申报", "cell": -1}),
        totals=_frame(Totals, totals, {"sheet": "项目申报", "cell": 7 * 16384 + 19}),
    )


def _apart(row: Row, own: str) -> Row:
    """Groups of different cases go to different institutions, learn different things and have different numbers."""
    number = row["otm_no"] and f"{own}{row['otm_no']}"
    told = {name: f"{own}{row.get(name, frames.VALID[name])}" for name in ("institution", "content")}
    return {**told, "otm_no": number}


def _money(row: Row) -> Row:
    people, days = row.get("headcount", 15), row.get("days", 21)
    return {"budget": round(_RATE * people * days, 4)} if people and days else {}


def _frame(schema, rows: Sequence[Row], given: Row) -> pd.DataFrame:
    if not rows:
        return empty(schema)
    frame = pd.DataFrame([{**given, **row} for row in rows], columns=schema.names())
    return schema.validate(frame.astype(schema.dtypes()))
