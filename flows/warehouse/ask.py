"""What a night, a reviewer or a command asks of the warehouse."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import sql
from flows.warehouse.frames import frame
from flows.warehouse.open import is_there, read_warehouse
from schemas.tables import (
    DataFrame,
    EarlierFiles,
    JudgedFindings,
    KeptDecisions,
    LastWords,
    Members,
    NumberedNights,
)


@dataclass(frozen=True)
class Night:
    """A night: its id, its place among all nights of the warehouse (from 1), and what the clock said when it began."""

    run_id: str
    number: int
    started_at: datetime


@dataclass(frozen=True)
class LastNight:
    """The night before of the same year: its id (None where there is none), which filing was of which group, the files that
    it found, and how many filings it read and groups it formed."""

    run_id: str | None
    members: DataFrame[Members]
    files: DataFrame[EarlierFiles]
    filings: int
    groups: int


def last_night(connection: duckdb.DuckDBPyConnection, year: int) -> LastNight:
    """What tonight needs to know of the night before."""
    last = connection.execute(sql.statement("ask", "last_run"), {"year": year}).fetchone()
    run_id, filings, groups = last or (None, 0, 0)
    members = connection.execute(sql.statement("ask", "members"), {"run_id": run_id}).df()
    files = connection.execute(sql.statement("ask", "files"), {"run_id": run_id}).df()
    return LastNight(
        run_id,
        Members.validate(members.astype(Members.dtypes())),
        EarlierFiles.validate(files.astype(EarlierFiles.dtypes())),
        filings,
        groups,
    )


def recall(connection: duckdb.DuckDBPyConnection, year: int, asked: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What reading decisions needs to know of earlier nights; ``asked``: ``about``, ``shown_in``, ``saved_at`` of each row
    that was written in. Gives ``nights``, ``decisions``, ``readings``, ``shown`` and ``compared`` (see ``sql/ask``)."""
    remembered: dict[str, pd.DataFrame] = {}
    connection.register("asked", asked)
    for name in ("nights", "decisions", "readings", "shown", "compared"):
        remembered[name] = connection.execute(sql.statement("ask", name), {"year": year}).df()
        if name == "shown":
            connection.register("asked_pairs", remembered["shown"].dropna(subset=["filing_id_l"]))
    for name in ("asked", "asked_pairs"):
        connection.unregister(name)
    return remembered


def kept_decisions(connection: duckdb.DuckDBPyConnection) -> DataFrame[KeptDecisions]:
    """Every decision of every year, in the order in which the nights read them."""
    kept = connection.execute(sql.statement("ask", "kept_decisions")).df()
    return KeptDecisions.validate(kept.astype(KeptDecisions.dtypes())[KeptDecisions.names()])


def bring_back(connection: duckdb.DuckDBPyConnection, lost: DataFrame[KeptDecisions]) -> None:
    """Add decisions that the warehouse has lost."""
    connection.register("lost_decisions", lost)
    connection.execute(sql.statement("ask", "bring_back"))
    connection.unregister("lost_decisions")


def brought_back(connection: duckdb.DuckDBPyConnection, year: int) -> int:
    """How many decisions of a year came back of which no night that the warehouse knows has told yet."""
    return int(connection.execute(sql.statement("ask", "brought_back"), {"year": year}).fetchall()[0][0])


def findings_by_rule(path: Path, year: int) -> dict[tuple[str, str], int] | None:
    """Clause and rule → how many findings they made in the last night of ``year``; None where there was no night.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database, or its version is not the program's.
    """
    if not is_there(path):
        return None
    with read_warehouse(path) as connection:
        if connection.execute(sql.statement("ask", "last_run"), {"year": year}).fetchone() is None:
            return None
        found = connection.execute(sql.statement("ask", "findings_by_rule"), {"year": year}).fetchall()
    return {(clause, rule): findings for clause, rule, findings in found}


@dataclass(frozen=True)
class Judged:
    """What reviewers made of findings in all years: ``words`` the last about each finding and pair; ``findings`` those of the
    notice's rules for which one of these counts, with it, the newest first; ``found`` how many findings each clause and rule
    ever made."""

    words: DataFrame[LastWords]
    findings: DataFrame[JudgedFindings]
    found: dict[tuple[str, str], int]


def judged(path: Path, last_words: Callable[[DataFrame[KeptDecisions]], DataFrame[LastWords]]) -> Judged | None:
    """What reviewers made of findings; None where there was no night yet. ``last_words`` tells those of all decisions.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database, or its version is not the program's.
    """
    if not is_there(path):
        return None
    with read_warehouse(path) as connection:
        if numbered_nights(connection).empty:
            return None
        words = last_words(kept_decisions(connection))
        connection.register("last_words", words)
        findings = connection.execute(sql.statement("ask", "decided_findings")).df()
        found = connection.execute(sql.statement("ask", "findings_ever")).fetchall()
    findings = findings.astype(JudgedFindings.dtypes())[JudgedFindings.names()]
    return Judged(words, JudgedFindings.validate(findings), {(clause, rule): count for clause, rule, count in found})


@dataclass(frozen=True)
class EndedNight:
    """The last night of a year: when it began and ended, its status, how many filings it read, and whether these are the
    sum of where they went."""

    run_id: str
    year: int
    number: int
    started_at: datetime
    ended_at: datetime | None
    status: str
    filings: int
    even: bool


def last_nights(connection: duckdb.DuckDBPyConnection) -> list[EndedNight]:
    """The last night of each year."""
    return [EndedNight(*row) for row in connection.execute(sql.statement("ask", "last_nights")).fetchall()]


def numbered_nights(connection: duckdb.DuckDBPyConnection) -> DataFrame[NumberedNights]:
    """Every night of every year."""
    nights = connection.execute(sql.statement("ask", "numbered_nights")).df()
    return NumberedNights.validate(nights.astype(NumberedNights.dtypes()))


def current_nights(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Plan year → the id of its current night, which is the one with the greatest number."""
    return dict(connection.execute(sql.statement("ask", "current_nights")).fetchall())


def new_night(connection: duckdb.DuckDBPyConnection, started_at: datetime, lost: Iterable[Night] = ()) -> Night:
    """The night that comes after all others, those that the warehouse has ``lost`` among them, with an id that tells its time
    and that none of them has."""
    named = connection.execute(sql.statement("ask", "named_nights")).df()
    taken = {*named["run_id"], *(night.run_id for night in lost)}
    stem = f"{started_at:%Y%m%d-%H%M%S}"
    run_id = next(name for n in count(1) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
    greatest = max([0, *named["number"].dropna(), *(night.number for night in lost)])
    return Night(run_id, int(greatest) + 1, started_at)


def waiting(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What waits for a reviewer in the current night: ``held`` findings, the oldest since the day ``oldest`` (None where there are
    none), ``offered`` pairs; and ``fresh`` findings that this night was the first to see."""
    asked = connection.execute(sql.statement("ask", "waiting"))
    names = [column[0] for column in asked.description or ()]
    return dict(zip(names, asked.fetchone() or (), strict=True))


def view(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """The rows of a table or view as a frame; dates as ``datetime64``, whole numbers as ``Int64`` where one is missing."""
    return frame(connection.table(name))


_COMPARED = {"change", "changed_value", "group_change"}
"""Views of what is otherwise than in the night that the current one is compared with."""


def view_of_alike(connection: duckdb.DuckDBPyConnection, since: int, name: str) -> pd.DataFrame:
    """:func:`view` where the current night and those before it from the number ``since`` on have the same rows: compared with one of
    these, or with none, nothing is otherwise, and nobody needs to look."""
    rows = connection.table(name)
    if name in _COMPARED:
        compared = connection.table("night_before").project("number").fetchall()
        if not compared or compared[0][0] >= since:
            rows = rows.limit(0)
    return frame(rows)
