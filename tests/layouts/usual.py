"""The template's table on a page, and the pieces that layouts are made of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tests.layouts.page import Page, Value
from tests.layouts.truth import FILINGS, TAKING_PART, TEMPLATE, TITLES, UNIT, Filing
from tests.year import PARTICIPANT, PARTICIPANT_SHEET

COLUMNS = tuple(column.name for column in TEMPLATE)
HEADING = "2020年因公出国（境）培训项目申报表"
Written = Mapping[str, Callable[[Value], Value] | Mapping[int, Value]]
"""How cells of a column are written: from the true value, or by 序号."""


def shown(filing: Filing, column: str, written: Written | None = None) -> Value:
    """What a cell of the template holds for a filing."""
    value = filing.get(column)
    how = (written or {}).get(column)
    if callable(how):
        return how(value)
    if how is not None and filing["seq"] in how:
        return how[filing["seq"]]  # type: ignore[index]
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


def heading(page: Page, unit: str | None = UNIT, row: int = 1, column: int = 0, columns: int = 28) -> int:
    """The title and the 填报单位 row; gives the next row."""
    page.span(row, column, HEADING, columns=columns)
    if unit is None:
        return row + 1
    page.put(row + 1, column, f"填报单位：{unit}")
    return row + 2


def table(
    page: Page,
    row: int,
    left: int = 0,
    columns: Sequence[str] = COLUMNS,
    filings: Sequence[Filing] = FILINGS,
    titles: Mapping[str, str] | None = None,
    written: Written | None = None,
) -> int:
    """A header in one row and a row a filing; gives the next row."""
    page.put(row, left, *[(titles or {}).get(column, TITLES.get(column, column)) for column in columns])
    return body(page, row + 1, left, columns, filings, written)


def body(
    page: Page,
    row: int,
    left: int = 0,
    columns: Sequence[str] = COLUMNS,
    filings: Sequence[Filing] = FILINGS,
    written: Written | None = None,
) -> int:
    """A row a filing; gives the next row."""
    for filing in filings:
        page.put(row, left, *[shown(filing, column, written) for column in columns])
        row += 1
    return row


def form(**more: object) -> Page:
    """The template's sheet, filled in."""
    page = Page()
    table(page, heading(page), **more)  # type: ignore[arg-type]
    return page


def taking_part_page(
    titles: Sequence[str] = tuple(column.title for column in PARTICIPANT), name: str = PARTICIPANT_SHEET
) -> Page:
    """The template's sheet of participants."""
    page = Page(name)
    page.put(1, 0, *titles)
    for number, (seq, unit, count) in enumerate(TAKING_PART):
        page.put(2 + number, 0, seq, unit, "绵阳市" if "绵阳" in unit else "宜宾市", "水利", count, "是")
    return page


def day(value: Value, pattern: str) -> str:
    """A day written by hand: 2020年3月5日 by ``{y}年{m}月{d}日``."""
    assert isinstance(value, date)
    return pattern.format(y=value.year, m=value.month, d=value.day, mm=f"{value.month:02}", dd=f"{value.day:02}")
