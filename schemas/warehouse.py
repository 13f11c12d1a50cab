"""The warehouse's tables: every column with its SQL type, as the schemas of the frames that fill them say.

A table of ``sql/tables`` has the columns of its frame and :data:`OF_A_NIGHT`, of the SQL type of their dtype, and NOT NULL
where the frame's schema lets nothing be missing. A test holds the SQL against this; a night checks it once more before it
begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandera.pandas as pa

from schemas.columns import FILING, PARTICIPANT
from schemas.tables import (
    COUNTRIES,
    DECISIONS,
    DISPOSED,
    FILES,
    FILINGS,
    FINDINGS,
    GROUPS,
    INSTITUTIONS,
    LAST_YEARS,
    PAIRS,
    PARTICIPANTS,
    READINGS,
    STANDINGS,
    TEXT,
    UNITS,
    WORKBOOKS,
    cell,
    filed,
)
from schemas.words import DISPOSITIONS


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
    "string[pyarrow]": "VARCHAR",
    "int64": "BIGINT",
    "Int64": "BIGINT",
    "float64": "DOUBLE",
    "Float64": "DOUBLE",
    "bool": "BOOLEAN",
    "boolean": "BOOLEAN",
    "datetime64[ns]": "TIMESTAMP",
}
"""Dtype of a frame's column → SQL type."""

_LINEAGE = {of(column.name) for column in (*FILING, *PARTICIPANT) for of in (filed, cell)}
_DAYS = {column.name for column in FILING if column.kind == "date"}


def _table(*schemas: pa.DataFrameSchema, of_a_workbook: bool = False) -> dict[str, Kept]:
    """The columns of the frames ``schemas``. Of a reference workbook, any may be missing: the form that it had in an earlier
    night is not tonight's."""
    return OF_A_NIGHT | {
        name: Kept("DATE" if name in _DAYS else _TYPES[str(column.dtype)], nullable=of_a_workbook or column.nullable)
        for schema in schemas
        for name, column in schema.columns.items()
        if name not in OF_A_NIGHT and name not in _LINEAGE
    }


def _also(nullable: Iterable[str] = (), **required: object) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {name: pa.Column(dtype) for name, dtype in required.items()}
        | {name: pa.Column(TEXT, nullable=True) for name in nullable}
    )


TABLES: dict[str, dict[str, Kept]] = {
    "run": _table(
        _also(started_at="datetime64[us]"),
        pa.DataFrameSchema({"ended_at": pa.Column("datetime64[us]", nullable=True)}),
        _also(status=TEXT, files="int64", filings="int64"),
        _also(**dict.fromkeys((*DISPOSITIONS, "findings", "groups"), "int64")),
    ),
    "file": _table(FILES, _also(filings="int64")),
    "filing": _table(FILINGS, DISPOSED, _also(["group_id"])),
    "filing_cell": _table(_also(filing_id=TEXT, column=TEXT), _also(["cell"]), _also(value=TEXT)),
    "participant": _table(PARTICIPANTS),
    "finding": _table(FINDINGS, _also(["verdict", "note", "reviewer"])),
    "pair": _table(PAIRS, _also(["evidence", "verdict", "note", "reviewer"])),
    "training_group": _table(
        GROUPS,
        pa.DataFrameSchema({name: pa.Column("Int64", nullable=True) for name in ("participants_sum", "shares_sum")}),
        _also(["value_sources", "lead_reason"]),
    ),
    "decision": _table(DECISIONS, STANDINGS),
    "decision_standing": _table(STANDINGS),
    "decision_reading": _table(READINGS),
    "decision_workbook": _table(WORKBOOKS),
    "unit": _table(UNITS, of_a_workbook=True),
    "institution": _table(INSTITUTIONS, of_a_workbook=True),
    "country": _table(COUNTRIES, of_a_workbook=True),
    "last_year": _table(LAST_YEARS, of_a_workbook=True),
    "notice_limit": _table(_also(name=TEXT, value="float64")),
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
