"""What may be a header: which rows, and the columns that stand under them, their groups above their titles."""

import re
from collections.abc import Iterator

from flows.read.tables.heads.header import HeadColumn
from flows.read.tables.heads.hints import are_hints, count_on, is_hint
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.money_units import money_unit
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import LONGEST_TITLE, STRONG, Meanings, unnumbered
from flows.read.values.characters import fold

ROWS_AT_MOST = 3
"""Rows of titles: groups of groups, groups, titles."""

_TITLES_SEEN = 20_000
_NO_TITLE = re.compile(r"\d{3,}|[。；;]$")


def rows_of_headers(sheet: Sheet, row: int, known: Knowledge) -> Iterator[tuple[int, int]]:
    """The first and the last row of every header that ``row`` may be part of."""
    above, below = [row], [row]
    while len(above) < ROWS_AT_MOST and (line := _next_titles(sheet, above[-1], -1, known)):
        above.append(line)
    while len(below) < ROWS_AT_MOST and (line := _next_titles(sheet, below[-1], 1, known)):
        below.append(line)
    ends = [end for end in below if end == row or not are_hints(sheet, end, known) or _units(sheet, end)]
    for number, begin in reversed(list(enumerate(above))):
        for end in ends:
            lines = [*reversed(above[:number]), *below[1 : below.index(end) + 1]]
            if len(lines) < ROWS_AT_MOST and not any(_again(sheet, begin, line) for line in lines):
                yield begin, end


def head_columns(sheet: Sheet, first: int, last: int, known: Knowledge) -> list[HeadColumn]:
    """The columns under a header in rows ``first`` to ``last``, each with its title from the top down and what it may mean."""
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
                text, anchor = _inherited(sheet, row, number, lowest), (row, number)
            if text:
                place = anchor if sheet.text(*anchor) and not (parts and is_hint(text, known)) else place
                if not parts or parts[-1] != text:
                    parts.append(text)
        if not parts:
            continue
        if place in by_anchor and place[1] < number:
            by_anchor[place].more.append(number)
            continue
        columns.append(HeadColumn(number, place[0], parts, meanings=_meant(parts, known)))
        by_anchor[place] = columns[-1]
    return columns


def _next_titles(sheet: Sheet, row: int, step: int, known: Knowledge) -> int | None:
    """The row above or below (by ``step``) that may be one of the header too: the next one, or the one behind an empty row where the
    upper of the two has several cells, as a row of groups has and the heading of a sheet has not."""
    near, far = row + step, row + 2 * step
    if not sheet.top <= near <= sheet.bottom:
        return None
    if sheet.own_cells(near):
        return near if _holds_titles(sheet, near, known) else None
    if not sheet.top <= far <= sheet.bottom or not _holds_titles(sheet, far, known):
        return None
    return far if len(sheet.own_cells(min(row, far))) > 1 else None


def _holds_titles(sheet: Sheet, row: int, known: Knowledge) -> bool:
    """Whether ``row`` may be one of a header: nothing in it is plainly a value, a note or a label."""
    if any(value is not None and type(value) is not str for value in sheet.row(row)):
        return False
    texts = [text for _, _, text in sheet.own_cells(row)]
    if not texts or count_on(texts) or not all(_may_be_part(text, known) for text in texts):
        return False
    labels = any(known.titles.is_unit_label(text) for text in texts)
    return not labels or sum(bool(known.titles.meanings(text)) for text in texts) * 2 > len(texts)


def _units(sheet: Sheet, row: int) -> bool:
    """Whether a row of hints says in what unit amounts are, which the title is then read with."""
    return any(money_unit(text) for _, _, text in sheet.own_cells(row))


def _may_be_part(text: str, known: Knowledge) -> bool:
    if len(text) > LONGEST_TITLE or text.replace(".", "").isdigit():
        return False
    return bool(known.titles.meanings(text)) or not (_NO_TITLE.search(text) or ":" in fold(text))


def _again(sheet: Sheet, row: int, other: int) -> bool:
    """Whether ``other`` says again what ``row`` says: a header printed twice, not a header of two rows."""
    one, two = dict(sheet.filled(row)), dict(sheet.filled(other))
    return sum(two.get(column) == text for column, text in one.items()) * 2 > len(two)


def _inherited(sheet: Sheet, row: int, column: int, lowest: dict[int, int]) -> str:
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


def _plainly_told(meant: list[Meanings]) -> Meanings:
    """By kind of table the first of the meanings that is a name of its field there; what is one for one kind says nothing of the
    other."""
    told: Meanings = {}
    for meanings in meant:
        for table, ones in meanings.items():
            if table not in told and any(one.strength == STRONG for one in ones):
                told[table] = ones
    return told


def _meant(parts: list[str], known: Knowledge) -> Meanings:
    """What a title may mean whose groups stand above it; what was asked once is remembered, since offices copy their forms."""
    key = tuple(parts)
    if key not in known.titles_seen:
        if len(known.titles_seen) >= _TITLES_SEEN:
            known.titles_seen.clear()
        known.titles_seen[key] = _read_together(parts, known)
    return known.titles_seen[key]


def _read_together(parts: list[str], known: Knowledge) -> Meanings:
    """What a title may mean: read together with its groups where that is known, else by itself."""
    titles = known.titles
    parts = [unnumbered(part) if len(parts) > 1 else part for part in parts if not is_hint(part, known)] or parts
    leaf = parts[-1]
    if len(parts) > 1:
        groups = parts[-2::-1]
        told = (known.patterns.group_tail.sub("", group) for group in groups)
        bare_groups = [group for group in told if group and group not in groups]
        joined = ["".join(parts), *(group + leaf for group in groups)]
        asked = [*joined, leaf, leaf + parts[-2], *(group + leaf for group in bare_groups)]
        if plainly := _plainly_told([titles.meanings(title) for title in asked]):
            return titles.meanings(leaf) | plainly
        if known.patterns.name_part.match(fold(leaf)):
            named = (meant for group in (*groups, *bare_groups) if (meant := titles.meanings(group)))
            if meant := next(named, {}):
                return meant
    by_itself = titles.meanings(leaf)
    if by_itself or len(parts) == 1:
        return by_itself
    return titles.meanings("".join(parts))
