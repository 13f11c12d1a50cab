"""One pandera schema per idea that the rooms hand to each other.

Text is pandas' ``str`` (missing: NaN), whole numbers ``Int64``, decimals ``Float64``, dates ``datetime64[s]``, 是/否
``boolean``; missing is missing, never an empty string. Frames may carry more columns than their schema names.

Lineage: a frame read from sheets has, for each column ``headcount`` of the template, two more: ``headcount_filed``, the
text as the office wrote it (missing where the cell was empty), and ``headcount_cell``, where it stands, as a cell code
(``row * 16384 + column``, the row as Excel counts, the column from 0; -1 where there is no such cell).
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.cells import COLUMNS_A_SHEET as COLUMNS_A_SHEET
from schemas.cells import a1 as a1
from schemas.cells import cell_code as cell_code
from schemas.columns import COUNTRY, FILING, INSTITUTION, LAST_YEAR, PARTICIPANT, UNIT, Column
from schemas.decisions import KINDS
from schemas.words import DISPOSITIONS, FILE_STATUSES, FINDING_STATUSES, PAIR_OUTCOMES, SEVERITIES

TEXT = pd.StringDtype(na_value=np.nan)
DTYPES: dict[str, object] = {
    "text": TEXT,
    "whole": "Int64",
    "number": "Float64",
    "date": "datetime64[s]",
    "flag": "boolean",
    "choice": TEXT,
    "choices": TEXT,
    "unit": TEXT,
    "country": TEXT,
    "institution": TEXT,
}
"""Kind of a column → dtype of its values once read."""


def filed(name: str) -> str:
    """The column that holds ``name`` as the office wrote it."""
    return f"{name}_filed"


def cell(name: str) -> str:
    """The column that holds the cell code of ``name``."""
    return f"{name}_cell"


def _required(dtype: object, *checks: pa.Check) -> pa.Column:
    return pa.Column(dtype, list(checks), nullable=False)


def _optional(dtype: object, *checks: pa.Check) -> pa.Column:
    return pa.Column(dtype, list(checks), nullable=True)


def _one_of(words: dict[str, str]) -> pa.Check:
    return pa.Check.isin(list(words))


def _read_from_sheet(columns: tuple[Column, ...]) -> dict[str, pa.Column]:
    read: dict[str, pa.Column] = {}
    for column in columns:
        read[column.name] = _optional(DTYPES[column.kind])
        read[filed(column.name)] = _optional(TEXT)
        read[cell(column.name)] = _required("int64")
    return read


FILES = pa.DataFrameSchema(
    {
        "path": pa.Column(TEXT, unique=True),
        "sha256": _optional(TEXT),
        "size": _optional("Int64"),
        "unit": _optional(TEXT),
        "status": _required(TEXT, _one_of(FILE_STATUSES)),
        "reason": _optional(TEXT),
    },
    name="file",
)
"""One row a path found below ``inputs/<year>/``: ``path`` relative to ``inputs/`` with ``/``, ``size`` in bytes,
``unit`` that filed it, ``status`` of :data:`schemas.words.FILE_STATUSES`, ``reason`` in Chinese where not simply read."""

FILINGS = pa.DataFrameSchema(
    {
        "filing_id": pa.Column(TEXT, unique=True),
        "file": _required(TEXT),
        "sheet": _required(TEXT),
        "row": _required("int64"),
        "unit": _optional(TEXT),
        "superseded_by": _optional(TEXT),
        **_read_from_sheet(FILING),
    },
    name="filing",
)
"""One row a project row read. ``row`` as Excel counts; ``unit`` who filed, by its name in 单位名录 where known;
``superseded_by`` why an older version no longer counts, in Chinese (missing where the filing is current)."""

PARTICIPANTS = pa.DataFrameSchema(
    {
        "filing_id": _optional(TEXT),
        "file": _required(TEXT),
        "sheet": _required(TEXT),
        "row": _required("int64"),
        **_read_from_sheet(PARTICIPANT),
    },
    name="participant",
)
"""One row a unit taking part in a filing; ``filing_id`` is missing where the row's 序号 belongs to no filing."""

REMARKS = pa.DataFrameSchema(
    {
        "file": _required(TEXT),
        "sheet": _optional(TEXT),
        "cell": _required("int64"),
        "column": _optional(TEXT),
        "value": _optional(TEXT),
        "kind": _required(TEXT),
        "detail": _optional(TEXT),
        "filing_id": _optional(TEXT),
    },
    name="remark",
)
"""One row a thing that reading wants said: ``kind`` names what (see the rules of 四（二）), ``column`` the column's name,
``value`` as filed, ``detail`` what the sentence needs besides, ``filing_id`` where it is about one filing."""

TOTALS = pa.DataFrameSchema(
    {
        "file": _required(TEXT),
        "sheet": _required(TEXT),
        "cell": _required("int64"),
        "column": _required(TEXT),
        "value": _required(TEXT),
        "stated": _optional("Float64"),
        "computed": _required("Float64"),
    },
    name="total",
)
"""One row a figure of a 合计 or 小计 row: ``stated`` there (missing where unreadable), ``computed`` from the rows above."""

FINDINGS = pa.DataFrameSchema(
    {
        "finding_id": pa.Column(TEXT, unique=True),
        "rule_id": _required(TEXT),
        "clause": _required(TEXT),
        "severity": _required(TEXT, _one_of(SEVERITIES)),
        "unit": _optional(TEXT),
        "file": _optional(TEXT),
        "sheet": _optional(TEXT),
        "cell": _optional(TEXT),
        "column": _optional(TEXT),
        "value": _optional(TEXT),
        "message": _required(TEXT),
        "advice": _required(TEXT),
        "filing_id": _optional(TEXT),
        "group_id": _optional(TEXT),
        "status": _required(TEXT, _one_of(FINDING_STATUSES)),
    },
    name="finding",
)
"""One row a problem: ``cell`` in A1 form, ``column`` the title on paper, ``value`` as filed, ``message`` and ``advice``
whole Chinese sentences."""


def finding_id(*about: str) -> str:
    """The id of a finding: the same tomorrow for the same rule about the same thing."""
    return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:16]


PAIRS = pa.DataFrameSchema(
    {
        "pair_id": pa.Column(TEXT, unique=True),
        "filing_id_l": _required(TEXT),
        "filing_id_r": _required(TEXT),
        "match_probability": _required("float64", pa.Check.in_range(0, 1)),
        "match_weight": _required("float64"),
        "outcome": _required(TEXT, _one_of(PAIR_OUTCOMES)),
        "reasons": _required(TEXT),
    },
    name="pair",
)
"""One row two filings compared and found alike (``filing_id_l`` < ``filing_id_r``); ``match_weight`` in bits;
``reasons`` in Chinese what agreed and what did not."""

GROUPS = pa.DataFrameSchema(
    {
        "group_id": pa.Column(TEXT, unique=True),
        "lead_filing_id": pa.Column(TEXT, unique=True),
        "filings": _required("int64", pa.Check.ge(1)),
        **{column.name: _optional(DTYPES[column.kind]) for column in FILING if column.name != "seq"},
        "participant_units": _optional(TEXT),
    },
    name="training_group",
)
"""One row a real group with its merged values; ``filings`` how many describe it; ``participant_units`` joined by 、."""

MEMBERS = pa.DataFrameSchema(
    {"filing_id": pa.Column(TEXT, unique=True), "group_id": _required(TEXT)},
    name="member",
)
"""One row a current filing: the group it belongs to (a filing alike no other is a group of one)."""

DISPOSED = pa.DataFrameSchema(
    {
        "filing_id": pa.Column(TEXT, unique=True),
        "disposition": _required(TEXT, _one_of(DISPOSITIONS)),
        "because": _optional(TEXT),
    },
    name="disposition",
)
"""One row a filing read: where it ended up and, in Chinese, why."""


DECISIONS = pa.DataFrameSchema(
    {
        "decision_id": pa.Column(TEXT, unique=True),
        "about": _optional(TEXT),
        "kind": _optional(TEXT, _one_of(KINDS)),
        "verdict": _optional(TEXT),
        "note": _optional(TEXT),
        "reviewer": _optional(TEXT),
        "decided_at": _required("datetime64[us]"),
        "value": _optional(TEXT),
        "filing_id_l": _optional(TEXT),
        "filing_id_r": _optional(TEXT),
        "shown_in": _optional(TEXT),
        "source": _required(TEXT),
        "sheet": _required(TEXT),
        "row": _required("int64"),
        "problem": _optional(TEXT),
        "reason": _optional(TEXT),
        "run_id": _required(TEXT),
    },
    name="decision",
)
"""One row a thing that a reviewer typed. ``about`` the finding_id or pair_id; ``decided_at`` when the workbook it stands
in was last saved; ``value`` what it was made about (a finding's value as filed, a pair's compared fields);
``filing_id_l`` and ``filing_id_r`` the filings of a pair; ``shown_in`` the night that wrote the workbook it was typed
into; ``source``, ``sheet``, ``row`` where it was read; ``problem`` a key of :data:`schemas.decisions.PROBLEMS` where it is
not understood, ``reason`` the sentence; ``run_id`` the night that read it."""

STANDINGS = pa.DataFrameSchema(
    {
        "decision_id": pa.Column(TEXT, unique=True),
        "applied": _required("bool"),
        "why_not": _optional(TEXT),
    },
    name="decision_standing",
)
"""One row a decision in one night: whether it holds and, where not, why, in Chinese."""

READINGS = pa.DataFrameSchema(
    {
        "source": _required(TEXT),
        "sheet": _required(TEXT),
        "row": _required("int64"),
        "shown_in": _optional(TEXT),
        "about": _optional(TEXT),
        "verdict": _optional(TEXT),
        "note": _optional(TEXT),
        "reviewer": _optional(TEXT),
    },
    name="decision_reading",
)
"""One row a row of a workbook in which the night found something typed, new or not."""

WORKBOOKS = pa.DataFrameSchema(
    {
        "path": pa.Column(TEXT, unique=True),
        "sha256": _optional(TEXT),
        "shown_in": _optional(TEXT),
        "typed": _required("int64"),
        "problem": _optional(TEXT),
    },
    name="decision_workbook",
)
"""One row a workbook looked through for decisions: ``path`` relative to the year's outputs or to ``inputs``; ``typed`` the
rows with something in the three columns; ``problem`` what is wrong with it, in Chinese."""


def _reference(columns: tuple[Column, ...], name: str) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({c.name: pa.Column(DTYPES[c.kind], nullable=not c.required) for c in columns}, name=name)


UNITS = _reference(UNIT, "units")
INSTITUTIONS = _reference(INSTITUTION, "institutions")
COUNTRIES = _reference(COUNTRY, "countries")
LAST_YEARS = _reference(LAST_YEAR, "last_year")


def empty(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame of no rows that satisfies ``schema``."""
    return pd.DataFrame({name: _no_values(column) for name, column in schema.columns.items()})


def _no_values(column: pa.Column) -> pd.Series:
    values = pd.Series(dtype=column.dtype.type)
    return values.astype("datetime64[s]") if values.dtype.kind == "M" else values


@dataclass(frozen=True)
class Readings:
    """What a set of files gave: ``files`` (FILES), ``filings`` (FILINGS), ``participants`` (PARTICIPANTS), ``remarks``
    (REMARKS), ``totals`` (TOTALS). Until the filings are identified their ``filing_id`` is provisional."""

    files: pd.DataFrame
    filings: pd.DataFrame
    participants: pd.DataFrame
    remarks: pd.DataFrame
    totals: pd.DataFrame
