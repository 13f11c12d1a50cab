"""What is otherwise between two nights, group by group."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from flows.nights.causes import Cause, Causes
from flows.nights.listed import Night
from flows.nights.named import two_nights
from flows.warehouse import read_warehouse, see_that_it_is_there
from schemas.form import Form
from schemas.tables import as_objects
from sql import statement


@dataclass(frozen=True)
class Value:
    """A value of a group as text: its ``column`` with the ``title``, what it was and is; ``as_filed``: the unit itself filled
    it in otherwise."""

    column: str
    title: str
    before: str | None
    now: str | None
    as_filed: bool


@dataclass(frozen=True)
class Moved:
    """A filing that came into a group, or left it: where it stands, and the group it was of or is of now, if any."""

    filing_id: str
    file: str
    row: int
    other_group: str | None


@dataclass(frozen=True)
class GroupChange:
    """A group that is ``new``, ``gone``, ``moved`` (ends elsewhere) or ``changed`` (some value): where its lead was and is, by
    disposition and with the reason in Chinese; its ``values`` that are otherwise; the filings that ``came`` and ``left``; the
    messages of findings that are ``found`` and no longer found; ``why``."""

    group_id: str
    change: str
    title: str | None
    organiser: str | None
    went_before: str | None
    because_before: str | None
    went_now: str | None
    because_now: str | None
    values: tuple[Value, ...]
    came: tuple[Moved, ...]
    left: tuple[Moved, ...]
    found: tuple[str, ...]
    no_longer_found: tuple[str, ...]
    why: tuple[Cause, ...]


@dataclass(frozen=True)
class Crossing:
    """A group of the plan in both nights that stands on another side of the line of 指标控制数: which numbers left, and leave, no
    room for it, in Chinese; None above the line."""

    group_id: str
    title: str | None
    organiser: str | None
    beyond_before: str | None
    beyond_now: str | None


@dataclass(frozen=True)
class Comparison:
    """Two nights of ``year`` and what is otherwise in ``now``: the ``causes`` that there can be at all, the groups, and those that
    crossed the line of 指标控制数."""

    year: int
    before: Night
    now: Night
    causes: Causes
    groups: tuple[GroupChange, ...]
    line: tuple[Crossing, ...] = ()


def compare(warehouse: Path, year: int, form: Form, before: str | None = None, now: str | None = None) -> Comparison:
    """What is otherwise from the night that ``before`` names to the one that ``now`` names (see :mod:`flows.nights.named`).

    Raises:
        SettingError: there is no warehouse, or no such night.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
        NightError: the warehouse cannot be read.
    """
    see_that_it_is_there(warehouse)
    with read_warehouse(warehouse) as connection:
        nights = two_nights(connection, year, before, now)
        asked = {"before": nights[0].run_id, "now": nights[1].run_id}
        found = {name: _ask(connection, name, asked) for name in _ASKED}
        line = tuple(Crossing(*row) for row in _ask(connection, "line", asked).itertuples(index=False))
        made_with = connection.execute(statement("nights", "made_with"), asked).fetchone()
    causes = Causes.between(found, made_with)
    return Comparison(year, *nights, causes, tuple(_groups(found, causes, form.filing_titles | _MADE)), line)


_ASKED = ("groups", "values", "members", "files", "decisions", "references", "bound", "findings")
_MADE = {"participant_units": "参团单位", "people": "人数（合并后）"}
"""Columns of groups that no form has."""


def _ask(connection: duckdb.DuckDBPyConnection, name: str, asked: Mapping[str, str]) -> pd.DataFrame:
    return as_objects(connection.execute(statement("nights", name), asked).df())


def _groups(found: Mapping[str, pd.DataFrame], causes: Causes, titles: Mapping[str, str]) -> list[GroupChange]:
    values, members, findings = found["values"], found["members"], found["findings"]
    by = {
        "values": _by_group(values, "group_id"),
        "came": _by_group(members, "group_now"),
        "left": _by_group(members, "group_before"),
        "findings": _by_group(findings, "group_id"),
    }
    told = []
    for group in found["groups"].itertuples():
        own = {what: rows.get(group.group_id, []) for what, rows in by.items()}
        otherwise = tuple(
            Value(v["column"], titles.get(v["column"], v["column"]), v["before"], v["now"], bool(v["as_filed"]))
            for v in own["values"]
        )
        told.append(
            GroupChange(
                group.group_id,
                group.change,
                group.title,
                group.organiser,
                group.went_before,
                group.because_before,
                group.went_now,
                group.because_now,
                otherwise,
                tuple(Moved(m["filing_id"], m["file"], m["row"], m["group_before"]) for m in own["came"]),
                tuple(Moved(m["filing_id"], m["file"], m["row"], m["group_now"]) for m in own["left"]),
                tuple(f["message"] for f in own["findings"] if f["change"] != "gone"),
                tuple(f["message"] for f in own["findings"] if f["change"] == "gone"),
                causes.of_group(
                    group.group_id,
                    group.change,
                    as_filed=bool(otherwise) and all(value.as_filed for value in otherwise),
                    same_filings=not own["came"] and not own["left"],
                    same_findings=not own["findings"],
                ),
            )
        )
    return told


def _by_group(rows: pd.DataFrame, group: str) -> dict[str, list[dict[str, Any]]]:
    kept = rows[rows[group].notna()] if len(rows) else rows
    return {str(name): own.to_dict("records") for name, own in kept.groupby(group)} if len(kept) else {}
