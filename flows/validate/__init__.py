"""Validate: the notice as a rule book. Every clause that columns can decide is a check; each failing row is a finding.

One module a part of the notice; a rule stands there with its declaration, and nothing else needs to know of it. The
numbers, words and severities are the year's (:mod:`schemas.notice`).
"""

import traceback
from collections.abc import Collection
from functools import partial
from typing import get_args

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason, SchemaErrors

import flows.validate.rules  # noqa: F401 declares them
from flows.errors import ProgramFaultError
from flows.references import References
from flows.validate.doubts import judged
from flows.validate.findings import failing, gather
from flows.validate.rule import OF_ONE_FILE, RULES, SCOPES, Over, Rule, RuleCheck, rule_book
from flows.validate.tables import Tables
from schemas.tables import (
    Cells,
    DataFrame,
    Files,
    Filings,
    Findings,
    Groups,
    Members,
    Pairs,
    Participants,
    Readings,
    Remarks,
    Totals,
)
from schemas.yearbook import Yearbook

__all__ = ["ACROSS_FILES", "OF_ONE_FILE", "RULES", "Rule", "RuleCheck", "rule_book", "validate"]

ACROSS_FILES = tuple(over for over in get_args(Over) if over not in OF_ONE_FILE)
"""The tables whose rows look at other files too."""


def validate(
    readings: Readings,
    book: Yearbook,
    references: References,
    scopes: tuple[str, ...] = ("file", "filing", "participant", "unit"),
    groups: DataFrame[Groups] | None = None,
    members: DataFrame[Members] | None = None,
    offered: DataFrame[Pairs] | None = None,
    only: Collection[Over] = get_args(Over),
) -> DataFrame[Findings]:
    """Every problem of ``scopes``, all open; where that is said, ``only`` those in the rows of these tables.

    ``groups`` and ``members`` are needed for the scope ``group`` alone; ``offered`` are the pairs that a reviewer has yet
    to judge, in which one group is not called two. Older versions of filings are not judged. A finding about a sheet or
    file (a missing column, a wrong total) has no ``filing_id``; one about an organiser stands at its first filing; one
    about a group at its lead's filing. What rests on a doubt of ``references`` is held.

    Raises:
        DataFileError: the year's file and the rules do not fit together.
        ProgramFaultError: a rule itself breaks; says which.
    """
    _take_in(readings, groups, members)
    judge = partial(_judge, book, scopes, (groups, members, offered))
    overs = tuple(dict.fromkeys(over for scope in scopes for over in SCOPES[scope] if over in only))
    return judged(judge, readings, references, book.notice, overs, members)


def _judge(
    book: Yearbook,
    scopes: tuple[str, ...],
    formed: tuple[DataFrame[Groups] | None, DataFrame[Members] | None, DataFrame[Pairs] | None],
    readings: Readings,
    references: References,
    overs: tuple[Over, ...],
) -> DataFrame[Findings]:
    """What is found in the rows of the tables ``overs`` if the registers are as they say."""
    tables = Tables(readings, book, references, scopes, *formed)
    checks = rule_book(book.notice)
    found: list[pd.DataFrame] = []
    for over in overs:
        rows = getattr(tables, over)
        for check, places in _failures(rows, [check for check in checks if check.rule.over == over]):
            found.append(failing(check, rows, places, tables.lineage, book.form.titles))
    return gather(found)


def _failures(rows: pd.DataFrame, checks: list[RuleCheck]) -> list[tuple[RuleCheck, pd.Series]]:
    """The rules that some of ``rows`` do not meet, and the places of these, in one lazy pass of pandera."""
    if rows.empty or not checks:
        return []
    try:
        pa.DataFrameSchema(checks=checks).validate(rows, lazy=True, inplace=True)
    except SchemaErrors as errors:
        broken = [e.check for e in errors.schema_errors if e.reason_code is not SchemaErrorReason.DATAFRAME_CHECK]
        if broken:
            told = "、".join(dict.fromkeys(check.rule.id for check in broken))
            story = "".join(traceback.format_exception(errors))
            raise ProgramFaultError(f"规则 {told} 自身出错，不是申报文件的问题，请告知维护人员", story) from errors
        return [(error.check, error.failure_cases["failure_case"]) for error in errors.schema_errors]
    return []


def _take_in(readings: Readings, groups: DataFrame[Groups] | None, members: DataFrame[Members] | None) -> None:
    """Check what comes in against its schemas."""
    for schema, frame in (
        (Files, readings.files),
        (Filings, readings.filings),
        (Participants, readings.participants),
        (Cells, readings.cells),
        (Remarks, readings.remarks),
        (Totals, readings.totals),
        (Groups, groups),
        (Members, members),
    ):
        if frame is not None:
            schema.validate(frame)
