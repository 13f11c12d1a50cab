"""Publish: the workbooks that officials see, made from the warehouse's views and nothing else.

Workers that mark workbooks import this package, so it imports nothing itself before it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache as remembered
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.cache import NOTHING_KEPT, UNLIKE, Alike, Cache
from schemas.datasets import FOLDER as DATA
from schemas.words import SEVERITIES

if TYPE_CHECKING:
    from flows.publish.night import View
    from flows.publish.returned import Copy, Mark, Marked, Marking, mark, write_returns
    from flows.publish.template import form_name, write_for_every_unit, write_reference_books, write_submission
    from flows.publish.workbook import CUT_FROM, Placed, Table, new_book, safe
    from flows.settings import Settings
    from schemas.yearbook import Yearbook

__all__ = [
    "BRIEFING",
    "CUT_FROM",
    "EXCEPTIONS",
    "NOT_DECIDED_IN",
    "Copy",
    "Mark",
    "Marked",
    "Marking",
    "Placed",
    "Published",
    "Table",
    "View",
    "form_name",
    "mark",
    "new_book",
    "publish",
    "safe",
    "write_for_every_unit",
    "write_reference_books",
    "write_returns",
    "write_submission",
]

PLAN, EXCEPTIONS, BRIEFING, STORIES = "全省计划.xlsx", "异常清单.xlsx", "简报.html", "说明页"
NOT_DECIDED_IN = (PLAN, BRIEFING, SEVERITIES["return"], DATA, STORIES)
"""The outputs in which nobody decides anything, whatever tables they hold."""

_ROOMS = {
    "View": "night",
    **dict.fromkeys(("form_name", "write_for_every_unit", "write_reference_books", "write_submission"), "template"),
    **dict.fromkeys(("Copy", "Mark", "Marked", "Marking", "mark", "write_returns"), "returned"),
    **dict.fromkeys(("CUT_FROM", "Placed", "Table", "new_book", "safe"), "workbook"),
}
"""Where what the package gives is kept."""


@dataclass(frozen=True)
class Published:
    """What was written: ``placed`` what stands where in the workbook of exceptions, ``briefing`` the figures of the briefing in
    Markdown."""

    placed: list[Placed]
    briefing: str


def publish(
    view: View,
    staging: Path,
    settings: Settings,
    book: Yearbook,
    cache: Cache = NOTHING_KEPT,
    alike: Alike = UNLIKE,
) -> Published:
    """Write the night's workbooks and what other programs get into the folder ``staging``, from where they are handed over to
    ``settings.published``. Rows that ``cache`` knows are not made again, nor what nights ``alike`` have made."""
    from flows.publish.briefing import write_briefing
    from flows.publish.data import write_data
    from flows.publish.exceptions import write_exceptions
    from flows.publish.plan import write_plan
    from flows.publish.stories import write_stories

    held = remembered(view)  # what several sheets tell of is read once, and let go before the next is written
    write_plan(staging / PLAN, held, book.notice, cache=cache, paper=settings.paper, alike=alike)
    held.cache_clear()
    placed = write_exceptions(staging / EXCEPTIONS, held, settings, book, cache=cache, alike=alike)
    briefing = write_briefing(staging / BRIEFING, held, book.notice)
    held.cache_clear()
    write_data(staging, view, book.form, alike)
    write_stories(staging, settings.published, held, book.notice, book.form, alike)
    return Published(placed, briefing)


def __getattr__(name: str) -> Any:
    """What the package gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.publish.{_ROOMS[name]}"), name)
