"""Validate: the notice as a rule book. Every clause that columns can decide is a check; each failing row is a finding.

One module a part of the notice; a rule stands there with its declaration, and nothing else needs to know of it. The
numbers, words and severities are the year's (:mod:`schemas.notice`).
"""

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrorReason, SchemaErrors

from flows.references import References
from flows.validate import (  # noqa: F401 the parts of the notice declare their rules, in this order
    budgets,
    classes,
    closing,
    control,
    extent,
    form,
    funding,
    partners,
    prohibited,
    requirements,
    system,
)
from flows.validate.facts import Facts
from flows.validate.findings import failing, gather
from flows.validate.rule import RULES, SCOPES, Rule, RuleCheck, rule_book
from schemas.tables import (
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

__all__ = ["RULES", "Rule", "RuleCheck", "rule_book", "validate"]


def validate(
    readings: Readings,
    book: Yearbook,
    references: References,
    scopes: tuple[str, ...] = ("file", "filing", "participant", "unit"),
    groups: DataFrame[Groups] | None = None,
    members: DataFrame[Members] | None = None,
    offered: DataFrame[Pairs] | None = None,
) -> DataFrame[Findings]:
    """Every problem of ``scopes``, all open.

    ``groups`` and ``members`` are needed for the scope ``group`` alone; ``offered`` are the pairs that a reviewer has yet
    to judge, in which one group is not called two. Older versions of filings are not judged. A finding about a sheet or
    file (a missing column, a wrong total) has no ``filing_id``; one about an organiser stands at its first filing; one
    about a group at its lead's filing.

    Raises:
        NoticeError: the year's file and the rules do not fit together.
    """
    _take_in(readings, groups, members)
    facts = Facts(readings, book.notice, book.form, references, scopes, groups, members, offered)
    checks = rule_book(book.notice)
    tables = dict.fromkeys(over for scope in scopes for over in SCOPES[scope])
    found: list[pd.DataFrame] = []
    for over in tables:
        rows = getattr(facts, over)
        found += _judge(rows, [check for check in checks if check.rule.over == over], over, book.form.titles)
    return gather(found)


def _judge(rows: pd.DataFrame, checks: list[RuleCheck], over: str, titles: dict[str, str]) -> list[pd.DataFrame]:
    """The findings of every rule over one table, in one lazy pass of pandera."""
    if rows.empty or not checks:
        return []
    try:
        pa.DataFrameSchema(checks=checks, name=over).validate(rows, lazy=True, inplace=True)
    except SchemaErrors as errors:
        if any(error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK for error in errors.schema_errors):
            raise
        return [
            failing(error.check, rows, error.failure_cases["failure_case"], titles) for error in errors.schema_errors
        ]
    return []


def _take_in(readings: Readings, groups: DataFrame[Groups] | None, members: DataFrame[Members] | None) -> None:
    for schema, frame in (
        (Files, readings.files),
        (Filings, readings.filings),
        (Participants, readings.participants),
        (Remarks, readings.remarks),
        (Totals, readings.totals),
        (Groups, groups),
        (Members, members),
    ):
        if frame is not None and len(frame):
            schema.validate(frame, inplace=True)
