"""The unit of an amount of money that its cell does not name: from the title of its column or a note above the table."""

import re
from collections.abc import Sequence

from flows.read.tables.records import NOT_READ, Records
from flows.read.tables.sheet import Sheet
from flows.read.values.characters import fold
from flows.read.values.numbers import EITHER, amount, has_unit

_MONEY = re.compile(r"(万元|千元|亿元|元)")


def money_unit(title: str) -> str | None:
    """The unit of money that a title or a note names: 万元, 千元, 元; None where it names none."""
    found = _MONEY.findall(fold(title))
    return found[-1] if found else None


def noted_unit(sheet: Sheet, rows: Sequence[int]) -> str | None:
    """The unit of money that a note above a table names: 单位：万元."""
    for row in rows:
        for _, text in sheet.filled(row):
            folded = fold(text)
            if "单位:" in folded or "单位(" in folded or folded.startswith(("(单位", "金额单位", "(金额")):
                after = folded[folded.rindex("单位") :]
                if len(after) <= 12 and (unit := money_unit(after)):
                    return unit
    return None


def say_units(records: Records, unit: str | None, unlikely_budget: tuple[float, float]) -> None:
    """Put the unit behind amounts that do not say theirs; those that no group costs in 万元 may be in 元 as well.

    ``unlikely_budget``: the amount in 万元 from which on that is so, and the one where no ``unit`` is said.
    """
    if "budget" not in records.texts:
        return
    said = {record: text for record in range(len(records)) if (text := records.meant("budget", record))}
    bare = {
        record: text for record, text in said.items() if text.isdecimal() or (text != NOT_READ and not has_unit(text))
    }
    if unit in ("万元", None):
        figures = {record: _wan(text) for record, text in bare.items()}
        unlikely, limit = unlikely_budget
        if unit and max(figures.values(), default=0.0) < unlikely:
            limit = unlikely
        records.said |= {("budget", record): f"{bare[record]}{EITHER}" for record, n in figures.items() if n >= limit}
    else:
        records.said |= {("budget", record): f"{text}{unit}" for record, text in bare.items()}


def _wan(text: str) -> float:
    """An amount as a number of 万元; 0 where it is none or unclear."""
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    found = float(text) if text.isdecimal() else amount(text)
    return found if isinstance(found, float) else 0.0
