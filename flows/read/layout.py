"""Where the tables of a file are: headers with the rows below them, cards, and what goes on in the next sheet."""

import re
from dataclasses import dataclass, field, replace

from flows.read.cards import CardRecords, card_rows, cards
from flows.read.characters import fold
from flows.read.fits import Fits
from flows.read.header import Header, Title, header_at
from flows.read.sheet import Sheet
from flows.read.titles import FILINGS, Titles

_OTHER_SHEET = re.compile(
    r"(?:填报说明|填表说明|填写说明|代码表|填写示例|填表示例|填报示例|样表|字典|下拉选项|修改意见)(?:\d*|[（(].*[)）])$"
)
SEARCH_ROWS = 3_000
"""Rows at the top of a sheet in which its first table or card begins."""

RETURNED = "修改意见"
"""The sheet that was added to a copy sent back to the unit."""


@dataclass
class Table:
    """A header and the rows below it that may hold records; ``goes_on`` where it has no header of its own and goes on
    from the table before; ``again`` are the rows where its header is printed again."""

    sheet: Sheet
    header: Header
    rows: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    goes_on: bool = False


@dataclass
class Layout:
    """What stands where in a file: tables and cards in the order of the file, and the rows of each sheet that belong to
    none; ``others`` are sheets that by their name hold something else."""

    parts: list[Table | tuple[Sheet, CardRecords]] = field(default_factory=list)
    loose: list[tuple[Sheet, list[int]]] = field(default_factory=list)
    others: list[Sheet] = field(default_factory=list)

    def tables(self, kind: str) -> list[Table]:
        """The tables of ``kind``."""
        return [part for part in self.parts if isinstance(part, Table) and part.header.table == kind]


def layout(sheets: list[Sheet], titles: Titles, fits: Fits) -> Layout:
    """Find the tables and cards of a file.

    Sheets that by their name hold something else are looked at only where no other holds filings.
    """
    other = [sheet for sheet in sheets if _is_other(sheet.name, titles)]
    found = _layout([sheet for sheet in sheets if sheet not in other], titles, fits)
    if not found.tables(FILINGS) and not any(isinstance(part, tuple) for part in found.parts):
        found = _layout([sheet for sheet in sheets if fold(sheet.name) != RETURNED], titles, fits)
    found.others = [sheet for sheet in other if fold(sheet.name) != RETURNED]
    return found


def _is_other(name: str, titles: Titles) -> bool:
    folded = fold(name)
    return folded in titles.other_sheets or bool(_OTHER_SHEET.search(folded))


def _layout(sheets: list[Sheet], titles: Titles, fits: Fits) -> Layout:
    found = Layout()
    for sheet in sheets:
        tables, before = _tables(sheet, titles, fits)
        taken = {row for table in tables for row in (*range(table.header.first, table.header.last + 1), *table.rows)}
        if card_rows(sheet, before, titles):
            for card in cards(sheet, before, titles, fits):
                found.parts.append((sheet, card))
        elif not tables and (goes_on := _going_on(sheet, found, fits)):
            tables = [goes_on]
            taken |= set(goes_on.rows)
        found.parts += tables
        loose = [row for row in range(sheet.top, sheet.bottom + 1) if row not in taken]
        found.loose.append((sheet, loose))
    return found


def _tables(sheet: Sheet, titles: Titles, fits: Fits) -> tuple[list[Table], range]:
    """The tables of ``sheet`` and the rows before the first of them."""
    tables: list[Table] = []
    side_by_side: list[Table] = []
    first_header = sheet.bottom + 1
    row = sheet.top
    while row <= sheet.bottom:
        if not tables and row - sheet.top > SEARCH_ROWS:
            break
        headers = (
            []
            if side_by_side and _plainly_body(side_by_side[0], row)
            else header_at(sheet, row, titles, fits, further=bool(tables))
        )
        if headers:
            first_header = min(first_header, headers[0].first)
            for table in side_by_side:
                table.rows = [kept for kept in table.rows if kept < headers[0].first]
            if len(headers) != len(side_by_side) or not all(
                header.same_as(table.header) for header, table in zip(headers, side_by_side, strict=True)
            ):
                side_by_side = [Table(part, header) for part, header in _parts(sheet, headers)]
                tables += side_by_side
            else:
                for table in side_by_side:
                    table.again.append(row)
            row = headers[0].last + 1
            continue
        for table in side_by_side:
            table.rows.append(row)
        row += 1
    return tables, range(sheet.top, min(first_header, sheet.top + SEARCH_ROWS))


def _parts(sheet: Sheet, headers: list[Header]) -> list[tuple[Sheet, Header]]:
    """Each header with the columns that are its own, where several stand side by side."""
    if len(headers) == 1:
        return [(sheet, headers[0])]
    begins = [header.left for header in headers]
    ends = [*(begin - 1 for begin in begins[1:]), sheet.width - 1]
    begins[0] = sheet.left
    return [(sheet.within(*span), header) for span, header in zip(zip(begins, ends, strict=True), headers, strict=True)]


def _plainly_body(table: Table, row: int) -> bool:
    """Whether ``row`` begins with a number where the table has its 序号: no header."""
    seq = table.header.fields.get("seq")
    value = table.sheet.value(row, seq.column) if seq else None
    return type(value) in (int, float) or (type(value) is str and value.isdecimal())


def _going_on(sheet: Sheet, found: Layout, fits: Fits) -> Table | None:
    """The rows of a sheet without a header as the rest of the table before it, where its values say so."""
    before = next(
        (part for part in reversed(found.parts) if isinstance(part, Table) and part.header.table == FILINGS), None
    )
    if before is None or sheet.bottom < sheet.top or not before.sheet.width:
        return None
    shift = sheet.left - min(title.column for title in before.header.fields.values())
    for by in dict.fromkeys((0, shift)):
        header = _moved(before.header, by)
        if _fits_header(sheet, header, fits):
            return Table(sheet, header, list(range(sheet.top, sheet.bottom + 1)), goes_on=True)
    return None


def _moved(header: Header, by: int) -> Header:
    def moved(title: Title) -> Title:
        return replace(title, column=title.column + by, more=tuple(column + by for column in title.more))

    return Header(
        header.table,
        0,
        0,
        {name: moved(title) for name, title in header.fields.items()},
        lines={name: moved(title) for name, title in header.lines.items()},
    )


def _fits_header(sheet: Sheet, header: Header, fits: Fits) -> bool:
    """Whether most rows hold values such as the header's columns want."""
    rows = [row for row in range(sheet.top, min(sheet.bottom, sheet.top + 60) + 1) if len(sheet.filled(row)) >= 3]
    told = [
        fit
        for row in rows
        for name, title in header.fields.items()
        if (text := sheet.text(row, title.column)) and (fit := fits(name, text)) is not None
    ]
    titled = "title" not in header.fields or any(sheet.text(row, header.fields["title"].column) for row in rows)
    return len(told) >= 3 and titled and sum(told) >= 0.7 * len(told)
