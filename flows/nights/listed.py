"""Every night of a year that anything knows of, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows import handover
from flows.attempts import Attempt
from flows.settings import WAREHOUSE
from flows.warehouse import is_there, read_warehouse
from schemas.words import DISPOSITIONS
from sql import statement

ENDED = {
    "complete": "完成",
    "unfinished": "未完成（被中止或出错，没有发布）",
    "lost": "数据库中没有（已丢失），处理意见提到过",
    "kept": "数据库中没有（已丢失），历史中有输出",
    "current": "完成，现行",
    "failed": "未完成",
    "wrong": "没有运行",
    "stopped": "被中止",
    "killed": "被强行结束，没有发布",
    "running": "正在运行",
}
"""How a night ended → in words."""


@dataclass(frozen=True)
class Night:
    """A night: its id, number and beginning where known, how it ``ended`` (a key of :data:`ENDED`) and ``why`` in a sentence,
    and its counts: files, filings, findings, groups and where the filings went, none where nobody knows them. ``run_id`` is
    empty where an attempt came to its end before it was a night."""

    run_id: str
    number: int | None
    started_at: datetime | None
    ended_at: datetime | None
    ended: str
    counts: dict[str, int] = field(default_factory=dict)
    why: str | None = None


_COUNTS = ("files", "filings", "findings", "groups", *DISPOSITIONS)


def nights(outputs: Path, year: int, tried: Sequence[Attempt] = ()) -> list[Night]:
    """The nights of ``year``, the first one first: those of the warehouse; those that it has lost and that decisions or the
    history name; those that left an unfinished folder behind; and of the attempts that were ``tried`` those of which no night
    came.

    Raises:
        WarehouseBusyError: a night is running, or another program has the warehouse open.
        NightError: the warehouse cannot be read.
    """
    path, published = outputs / WAREHOUSE, outputs / str(year)
    known: dict[str, Night] = {}
    if is_there(path):
        with read_warehouse(path) as connection:
            known = {night.run_id: night for night in of_warehouse(connection, year)}
            for row in _rows(connection, "mentioned", year):
                known[row["run_id"]] = _unknown(row["run_id"], row["number"], "lost")
    for run_id in handover.published_nights(published):
        if known.get(run_id) is None or known[run_id].ended == "lost":
            known[run_id] = _unknown(run_id, known[run_id].number if run_id in known else None, "kept")
    for run_id in handover.unfinished_nights(published):
        known.setdefault(run_id, _unknown(run_id, None, "unfinished"))
    return sorted(_with_attempts([*known.values()], outputs, year, tried), key=_in_order)


def _with_attempts(known: list[Night], outputs: Path, year: int, tried: Sequence[Attempt]) -> list[Night]:
    """The nights that are ``known``, those that did not end with what their attempts tell; and the attempts of which no night
    came."""
    by_id = {night.run_id: night for night in known}
    alone = []
    for place, attempt in enumerate(tried):
        mine = attempt.year in (None, year) and attempt.outputs in (None, str(outputs.absolute()))
        if not mine or (attempt.ended and attempt.ended.run_id in by_id):
            continue
        until = attempt.end_of_it or (tried[place + 1].began if place + 1 < len(tried) else datetime.max)
        began = [night for night in by_id.values() if night.started_at and attempt.began <= night.started_at <= until]
        told = _of_attempt(attempt)
        unfinished = [night for night in began if night.ended == "unfinished"]
        for night in unfinished:
            by_id[night.run_id] = replace(told, run_id=night.run_id, number=night.number, started_at=night.started_at)
        if not began:
            alone.append(told)
    return [*by_id.values(), *alone]


def _of_attempt(attempt: Attempt) -> Night:
    """An attempt as a night that has no id."""
    if attempt.ended is None:
        return Night("", None, attempt.began, None, "running" if attempt.at_work else "killed")
    how = "lost" if attempt.ended.how == "done" else attempt.ended.how
    counts = {name: attempt.ended.counts[name] for name in _COUNTS if name in attempt.ended.counts}
    whole = counts if counts.keys() == {*_COUNTS} else {}
    why = None if how == "lost" else attempt.ended.told
    return Night(attempt.ended.run_id or "", None, attempt.began, attempt.end_of_it, how, whole, why)


def of_warehouse(connection: duckdb.DuckDBPyConnection, year: int) -> list[Night]:
    """The nights of ``year`` that the warehouse has, the first one first."""
    rows = _rows(connection, "ended", year)
    return [
        Night(
            row["run_id"],
            row["number"],
            row["started_at"],
            row["ended_at"],
            ("current" if row is rows[-1] else "complete") if row["status"] == "complete" else "unfinished",
            {name: row[name] for name in _COUNTS},
        )
        for row in rows
    ]


def _rows(connection: duckdb.DuckDBPyConnection, name: str, year: int) -> list[dict[str, Any]]:
    asked = connection.execute(statement("nights", name), {"year": year})
    titles = [column[0] for column in asked.description or ()]
    return [dict(zip(titles, row, strict=True)) for row in asked.fetchall()]


def _unknown(run_id: str, number: int | None, ended: str) -> Night:
    """A night of which only its id tells something: when it began."""
    try:
        began = datetime.strptime(run_id[:15], "%Y%m%d-%H%M%S")
    except ValueError:
        began = None
    return Night(run_id, number, began, None, ended)


def _in_order(night: Night) -> tuple[datetime, int, str]:
    """By when they began; the number tells those apart that the clock does not."""
    return night.started_at or datetime.min, night.number or 0, night.run_id
