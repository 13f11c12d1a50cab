"""Which night is meant."""

import re
import unicodedata
from datetime import date

import duckdb

from flows.errors import SettingError
from flows.nights.listed import Night, of_warehouse
from sql import statement

_DAY = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"(?:第\s*)?(\d{1,6})\s*夜?")
_MOST_NAMED = 8


def two_nights(
    connection: duckdb.DuckDBPyConnection, year: int, before: str | None, now: str | None
) -> tuple[Night, Night]:
    """The nights to compare: those that are named; the current one where only one is, and with it the one that it is compared
    with elsewhere where none is.

    Raises:
        SettingError: the year has no night, or no such night, or none to compare with.
    """
    known = of_warehouse(connection, year)
    if not known:
        raise SettingError(f"数据库里没有 {year} 年的任何一夜，请先运行 huizong nightly。")
    last = night_of(known, now, year) if now else known[-1]
    if before is not None:
        return night_of(known, before, year), last
    found = connection.execute(statement("nights", "before"), {"now": last.run_id}).fetchone()
    if found is None:
        raise SettingError(f"{year} 年只有一夜（{last.run_id}），没有可比较的。")
    return next(night for night in known if night.run_id == found[0]), last


def night_of(known: list[Night], said: str, year: int) -> Night:
    """The night of ``known`` (the first one first) that ``said`` names: by its id, its number, or a day, whose last night is meant.

    Raises:
        SettingError: there is none.
    """
    asked = unicodedata.normalize("NFKC", said).strip()
    by_id = [night for night in known if night.run_id == asked]
    by_number = [night for night in known if (m := _NUMBER.fullmatch(asked)) and night.number == int(m[1])]
    day = _day(asked)
    by_day = [night for night in known if day and night.started_at and night.started_at.date() == day]
    for found in (by_id, by_number, by_day):
        if found:
            return found[-1]
    last = "、".join(f"第 {night.number} 夜 {night.run_id}" for night in known[-_MOST_NAMED:])
    raise SettingError(
        f"{year} 年没有“{said}”这一夜：请写批次（如 {known[-1].run_id}）、第几夜（如 12）或日期（年-月-日）。最近的有：{last}。"
    )


def _day(asked: str) -> date | None:
    found = _DAY.fullmatch(asked)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
