"""``异常清单.xlsx``: the exceptions workbook, in which reviewers read what is wrong and write what to do."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from flows.cache import NOTHING_KEPT, UNLIKE, Alike, Cache
from flows.publish.exceptions.account import file_list, reconciled
from flows.publish.exceptions.changes import changes
from flows.publish.exceptions.decided import decided
from flows.publish.exceptions.duplicates import duplicates
from flows.publish.exceptions.findings import findings
from flows.publish.exceptions.guide import write_guide
from flows.publish.exceptions.links import Links
from flows.publish.exceptions.registers import registers
from flows.publish.exceptions.todo import todo
from flows.publish.night import Night, View, as_the_view_is
from flows.publish.workbook import Placed, Table, new_book
from flows.settings import Settings
from schemas.form import Form
from schemas.sheets import EXCEPTIONS, Sheet
from schemas.sheets.exceptions import CHANGES
from schemas.yearbook import Yearbook


def write_exceptions(
    path: Path,
    view: View,
    settings: Settings,
    book: Yearbook,
    sheets: Sequence[Sheet] = EXCEPTIONS,
    cache: Cache = NOTHING_KEPT,
    alike: Alike = UNLIKE,
) -> list[Placed]:
    """Write the exceptions of the current night to ``path``; links lead from ``settings.published`` to the submissions. Rows
    that ``cache`` knows are not made again, nor sheets that nights ``alike`` have made. What was written where."""
    night = Night(view, book.notice.title, "核对日期", alike=alike)
    tables = _tables(Links(settings), book.form)
    title = f"{book.notice.title}异常清单"
    with new_book(
        path, title, "因公出国（境）培训项目申报核对", night.made, many_rows=True, cache=cache, foot=""
    ) as workbook:
        write_guide(workbook, night)
        written: list[Placed] = []
        for sheet in sheets:
            make = partial(tables.get(sheet.view, as_the_view_is), sheet, night)
            # What changed since another night is told of that night.
            written += workbook.write(make()) if sheet == CHANGES else night.write(workbook, sheet, make)
        return written


def _tables(links: Links, form: Form) -> Mapping[str, Callable[[Sheet, Night], Table]]:
    """View → what makes the table of it; a sheet whose view is not named here shows the view as it is."""
    return {
        "to_decide": partial(todo, links=links),
        "open_finding": partial(findings, links=links),
        "possible_duplicate": duplicates,
        "register_problem": partial(registers, links=links),
        "file_account": partial(file_list, links=links),
        "reconciliation": reconciled,
        "reconciliation_by_unit": reconciled,
        "decision_state": decided,
        "change": partial(changes, form=form),
    }
