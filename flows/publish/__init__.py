"""Publish: the workbooks that officials see, made from the warehouse's views and nothing else.

Workers that mark workbooks import this package, so it imports nothing itself before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.cache import NOTHING_KEPT, Cache

if TYPE_CHECKING:
    from flows.publish.night import View
    from flows.publish.returned import Copy, write_returns
    from flows.publish.template import form_name, write_for_every_unit, write_reference_books, write_submission
    from flows.publish.workbook import CUT_FROM, Placed, Table, new_book, safe
    from flows.settings import Settings
    from schemas.yearbook import Yearbook

__all__ = [
    "CUT_FROM",
    "EXCEPTIONS",
    "Copy",
    "Placed",
    "Table",
    "View",
    "form_name",
    "new_book",
    "publish",
    "safe",
    "write_for_every_unit",
    "write_reference_books",
    "write_returns",
    "write_submission",
]

PLAN, EXCEPTIONS = "全省计划.xlsx", "异常清单.xlsx"

_ROOMS = {
    "View": "night",
    **dict.fromkeys(("form_name", "write_for_every_unit", "write_reference_books", "write_submission"), "template"),
    **dict.fromkeys(("Copy", "write_returns"), "returned"),
    **dict.fromkeys(("CUT_FROM", "Placed", "Table", "new_book", "safe"), "workbook"),
}
"""Where what the package gives is kept."""


def publish(view: View, staging: Path, settings: Settings, book: Yearbook, cache: Cache = NOTHING_KEPT) -> list[Placed]:
    """Write the night's workbooks into the folder ``staging``, from where they are handed over to ``settings.published``. Rows
    that ``cache`` knows are not made again. What was written where in that of exceptions."""
    from flows.publish.exceptions import write_exceptions
    from flows.publish.plan import write_plan

    write_plan(staging / PLAN, view, book.notice, cache=cache, paper=settings.paper)
    return write_exceptions(staging / EXCEPTIONS, view, settings, book, cache=cache)


def __getattr__(name: str) -> Any:
    """What the package gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.publish.{_ROOMS[name]}"), name)
