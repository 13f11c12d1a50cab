"""The warehouse's tables: every column with its SQL type, as the schemas of the frames that fill them say.

A table of ``sql/tables`` has the columns of its frame and :data:`OF_A_NIGHT`, of the SQL type of their dtype, and NOT NULL
where the frame's schema lets nothing be missing. A test holds the SQL against this; a night checks it once more before it
begins.
"""

from dataclasses import dataclass

from schemas.tables import (
    AppliedDecisions,
    Countries,
    DecidedFindings,
    DecidedPairs,
    DecisionReadings,
    DecisionWorkbooks,
    Files,
    FilingCells,
    Frame,
    Institutions,
    KeptParticipants,
    LastYearProjects,
    NoticeLimits,
    Quotas,
    RankedGroups,
    ReferenceProblems,
    Runs,
    SettledFilings,
    Standings,
    Steps,
    Units,
    VocabularyWords,
)


@dataclass(frozen=True)
class Kept:
    """A column of a table: its SQL ``type``, and whether it may be missing."""

    type: str
    nullable: bool

    def __str__(self) -> str:
        return self.type if self.nullable else f"{self.type} NOT NULL"


OF_A_NIGHT = {"run_id": Kept("VARCHAR", nullable=False), "year": Kept("INTEGER", nullable=False)}
"""What every table has besides the columns of its frame: the night that the row is of, and the plan year."""

_TYPES = {
    "str": "VARCHAR",
    "int64": "BIGINT",
    "Int64": "BIGINT",
    "float64": "DOUBLE",
    "Float64": "DOUBLE",
    "bool": "BOOLEAN",
    "boolean": "BOOLEAN",
    "datetime64[s]": "DATE",
    "datetime64[us]": "TIMESTAMP",
}
"""Dtype of a frame's column → SQL type: what is known to the second is a day, to the microsecond a moment."""


def _table(frame: type[Frame], of_a_workbook: bool = False) -> dict[str, Kept]:
    """The columns of ``frame``'s table. Those of a reference workbook may all be missing: nights of years ago had other
    columns in it."""
    schema = frame.to_schema().columns
    return OF_A_NIGHT | {
        name: Kept(_TYPES[str(dtype)], nullable=of_a_workbook or schema[name].nullable)
        for name, dtype in frame.dtypes().items()
        if name not in OF_A_NIGHT
    }


TABLES: dict[str, dict[str, Kept]] = {
    "run": _table(Runs),
    "file": _table(Files),
    "filing": _table(SettledFilings),
    "filing_cell": _table(FilingCells),
    "participant": _table(KeptParticipants),
    "finding": _table(DecidedFindings),
    "pair": _table(DecidedPairs),
    "training_group": _table(RankedGroups),
    "decision": _table(AppliedDecisions),
    "decision_standing": _table(Standings),
    "decision_reading": _table(DecisionReadings),
    "decision_workbook": _table(DecisionWorkbooks),
    "unit": _table(Units, of_a_workbook=True),
    "institution": _table(Institutions, of_a_workbook=True),
    "country": _table(Countries, of_a_workbook=True),
    "last_year": _table(LastYearProjects, of_a_workbook=True),
    "quota": _table(Quotas, of_a_workbook=True),
    "reference_problem": _table(ReferenceProblems),
    "notice_limit": _table(NoticeLimits),
    "word": _table(VocabularyWords),
    "step": _table(Steps),
}
"""Every table that a night adds rows to → its columns."""

VERSION_TABLE = "warehouse_version"
"""The table that says which version the warehouse is; no night adds rows to it."""


def differences(found: dict[str, dict[str, Kept]]) -> list[str]:
    """How the tables ``found`` in a database differ from :data:`TABLES`, in Chinese, one difference a line."""
    told = [f"没有表 {table}" for table in TABLES if table not in found]
    for table in TABLES.keys() & found.keys():
        for name, declared in TABLES[table].items():
            if name not in found[table]:
                told.append(f"表 {table} 没有栏目 {name}（应为 {declared}）")
            elif found[table][name] != declared:
                told.append(f"表 {table} 的栏目 {name} 是 {found[table][name]}，应为 {declared}")
        told += [f"表 {table} 多出栏目 {name}" for name in found[table] if name not in TABLES[table]]
    return sorted(told)
