"""Which rows are the header of a table: one, or several with group titles, merged or not, over their parts."""

import re
from itertools import pairwise

from flows.read.tables.columns import HeaderColumns, side_by_side
from flows.read.tables.header import HeadColumn, Header
from flows.read.tables.hints import are_hints, skip_hints
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import LONGEST_TITLE, TitleMeaning, Titles, is_strong
from flows.read.values.characters import fold

ROWS_AT_MOST = 3


def header_at(sheet: Sheet, row: int, known: Knowledge, *, further: bool = False) -> list[Header]:
    """The header that begins at ``row`` or just above it; several where tables stand side by side, none where none does.

    ``further``: a table stands above, so that a row of titles may also head the rest of its columns.
    """
    titles, patterns = known.titles, known.patterns
    if not _may_begin(sheet, row, titles):
        return []
    last = _extend_down(sheet, row, known)
    first = _extend_up(sheet, row, last, titles)
    seen = _as_seen(sheet, first, last, further)
    if seen is not None and (before := known.headers_seen.get(seen)):
        columns, headers = before
        return [header.moved_down(skip_hints(sheet, last, columns, patterns)) for header in headers]
    columns = _columns(sheet, first, last)
    for column in columns:
        column.meanings = _meant(column.parts, known)
    settling = HeaderColumns(sheet, first, skip_hints(sheet, last, columns, patterns), known, _may_begin)
    sides = (settling.settled(side, further=further) for side in side_by_side(columns))
    found = [header for header in sides if header]
    if seen is not None and not settling.looked:
        known.headers_seen.clear()
        known.headers_seen[seen] = columns, [header.moved_down(header.last) for header in found]
    return found


def _as_seen(sheet: Sheet, first: int, last: int, further: bool) -> tuple[object, ...] | None:
    """What a header of one row without merged cells is known by: offices copy their forms, and one seen is known again."""
    if first != last or any((first, column) in sheet.areas for column in range(sheet.left, sheet.width)):
        return None
    return (first, sheet.left, further, *sheet.row(first))


def known_cells(sheet: Sheet, row: int, titles: Titles) -> list[tuple[int, dict[str, tuple[TitleMeaning, ...]]]]:
    """The cells of ``row`` that are titles, by column."""
    known = []
    for place, value in enumerate(sheet.row(row)):
        if type(value) is str and 0 < len(value) <= LONGEST_TITLE and (meanings := titles.meanings(value)):
            known.append((sheet.left + place, meanings))
    return known


def _may_begin(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` looks like titles side by side, not like labels with their values."""
    known = known_cells(sheet, row, titles)
    strong = sum(is_strong(meant) for _, meant in known)
    if len(known) < 2 or not strong:
        return False
    cells = sheet.distinct(row)
    are_known = {column for column, _ in known}
    filled = [(first in are_known) for first, _, text in cells if text]
    pairs = sum(a[0] in are_known and b[0] in are_known for a, b in pairwise(cells))
    many = len(known) >= 7 or (len(known) >= 5 and pairs >= 2)
    return many or (pairs >= (len(known) - 1) / 2 and 2 * sum(filled) >= len(filled))


def _extend_down(sheet: Sheet, row: int, known: Knowledge) -> int:
    """The last row of titles: rows of parts below group titles, and of units, belong to the header."""
    last = row
    while last - row + 1 < ROWS_AT_MOST and last < sheet.bottom:
        cells = sheet.own_cells(last + 1)
        if not cells or not (are_hints(cells, known.patterns) or _are_parts(sheet, row, last, cells, known.titles)):
            break
        last += 1
    return last


def _are_parts(sheet: Sheet, first: int, last: int, cells: list[tuple[int, int, str]], titles: Titles) -> bool:
    """Whether ``cells``, in the row after ``last``, are titles under the groups of rows ``first`` to ``last``."""
    if len(cells) < 2 or not all(_may_be_part(text) for _, _, text in cells) or _repeats(sheet, first, last + 1):
        return False
    if any(sum(bool(sheet.text(last, column)) for column in range(start, end + 1)) > 1 for start, end, _ in cells):
        return False
    known = 0
    for column, _, text in cells:
        group = _group_above(sheet, first, last, column)
        known += bool(
            titles.meanings(text) or (group and (titles.meanings(group + text) or titles.meanings(text + group)))
        )
    return known * 2 >= len(cells) and known >= 2


def _extend_up(sheet: Sheet, row: int, last: int, titles: Titles) -> int:
    """The first row of titles: a row of group titles above belongs to the header."""
    first = row
    while last - first + 1 < ROWS_AT_MOST and first > sheet.top and _are_groups(sheet, first, titles):
        first -= 1
    return first


def _are_groups(sheet: Sheet, first: int, titles: Titles) -> bool:
    """Whether the row above ``first`` belongs to the header: it holds titles that reach down, or groups that tell more."""
    cells = [cell for cell in sheet.distinct(first - 1) if cell[2]]
    if not cells or not all(_may_be_part(text) for _, _, text in cells):
        return False
    if any(":" in fold(text) or titles.is_unit_label(text) for _, _, text in cells):
        return False
    reaching = [
        column
        for column, _, text in cells
        if titles.meanings(text) and (sheet.anchor(first, column)[0] < first or not sheet.text(first, column))
    ]
    if len(reaching) * 2 >= len(cells) or len(reaching) >= 3:
        return True
    return any(
        is_strong(titles.meanings(group + leaf)) and not is_strong(titles.meanings(leaf))
        for column, leaf in sheet.filled(first)
        if (group := _group_above(sheet, first - 1, first - 1, column))
    )


def _may_be_part(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE and not re.search(r"\d{3,}|[。；;]$", text) and not text.replace(".", "").isdigit()
    )


def _repeats(sheet: Sheet, row: int, other: int) -> bool:
    """Whether ``other`` says again what ``row`` says: a header printed twice, not a header of two rows."""
    one, two = dict(sheet.filled(row)), dict(sheet.filled(other))
    return sum(two.get(column) == text for column, text in one.items()) * 2 > len(two)


def _group_above(sheet: Sheet, first: int, last: int, column: int) -> str:
    """The group title over ``column`` in rows ``first`` to ``last``, if its own column has no title there."""
    for row in range(last, first - 1, -1):
        anchor_row, anchor_column = sheet.anchor(row, column)
        text = sheet.text(anchor_row, anchor_column)
        if text:
            return text
        left = next((c for c in range(column - 1, sheet.left - 1, -1) if sheet.text(row, c)), None)
        if left is not None and sheet.end(row, left) == left and column - left <= 6:
            return sheet.text(row, left)
    return ""


def _columns(sheet: Sheet, first: int, last: int) -> list[HeadColumn]:
    """The columns under a header in rows ``first`` to ``last``, each with its title from the top down."""
    columns: list[HeadColumn] = []
    by_anchor: dict[tuple[int, int], HeadColumn] = {}
    lowest = {
        column: max((r for r in range(first, last + 1) if sheet.text(r, column)), default=0)
        for column in range(sheet.left, sheet.width)
    }
    for number in range(sheet.left, sheet.width):
        parts: list[str] = []
        place = (first, number)
        for row in range(first, last + 1):
            anchor = sheet.anchor(row, number)
            text = sheet.text(*anchor) if anchor[0] >= first else ""
            if not text and row < last and anchor == (row, number):
                text, anchor = _inherited(sheet, row, number, last, lowest), (row, number)
            if text:
                place = anchor if sheet.text(*anchor) else place
                if not parts or parts[-1] != text:
                    parts.append(text)
        if not parts:
            continue
        if place in by_anchor and place[1] < number:
            by_anchor[place].more.append(number)
            continue
        columns.append(HeadColumn(number, place[0], parts))
        by_anchor[place] = columns[-1]
    return columns


def _inherited(sheet: Sheet, row: int, column: int, last: int, lowest: dict[int, int]) -> str:
    """The group title that stands, unmerged, over the first of its columns only."""
    if lowest[column] <= row:
        return ""
    for left in range(column - 1, sheet.left - 1, -1):
        if lowest.get(left, 0) <= row:
            return ""
        text = sheet.text(row, left)
        if text:
            return text if (row, left) not in sheet.areas else ""
    return ""


def _meant(parts: list[str], known: Knowledge) -> dict[str, tuple[TitleMeaning, ...]]:
    """What a title may mean whose groups stand above it: read together where that is known, else by itself."""
    titles = known.titles
    parts = [part for part in parts if not known.patterns.hint.match(fold(part))] or parts
    leaf = parts[-1]
    if len(parts) > 1:
        joined = ["".join(parts), *(parts[place] + leaf for place in range(len(parts) - 2, -1, -1))]
        for title in [*joined, leaf, leaf + parts[-2]]:
            meant = titles.meanings(title)
            if is_strong(meant):
                return meant
    by_itself = titles.meanings(leaf)
    if by_itself or len(parts) == 1:
        return by_itself
    return titles.meanings("".join(parts))
