"""Publish: the workbooks that officials see, made from the warehouse's views and nothing else."""

from pathlib import Path

from flows.publish.exceptions import write_exceptions
from flows.publish.night import View
from flows.publish.plan import write_plan
from flows.publish.returned import FOLDER as RETURNED
from flows.publish.returned import write_returns
from flows.publish.template import write_submission
from flows.publish.workbook import CUT_FROM, Table, new_book, safe
from flows.settings import Settings
from schemas.yearbook import Yearbook

__all__ = ["CUT_FROM", "RETURNED", "Table", "View", "new_book", "publish", "safe", "write_returns", "write_submission"]

PLAN, EXCEPTIONS = "全省计划.xlsx", "异常清单.xlsx"


def publish(view: View, staging: Path, settings: Settings, book: Yearbook) -> None:
    """Write the night's workbooks into the folder ``staging``, from where they are handed over to ``settings.published``."""
    write_plan(staging / PLAN, view, book.notice)
    write_exceptions(staging / EXCEPTIONS, view, settings, book)
