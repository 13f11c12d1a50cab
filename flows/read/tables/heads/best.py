"""The header at a place: of all that its rows may be, the one that explains best what stands there."""

from dataclasses import dataclass
from itertools import pairwise

from flows.read.tables.heads.candidates import head_columns, rows_of_headers
from flows.read.tables.heads.columns import HeaderColumns, side_by_side
from flows.read.tables.heads.header import HeadColumn, Header
from flows.read.tables.heads.hints import skip_hints
from flows.read.tables.heads.score import NEARLY, score
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import LONGEST_TITLE, Meanings, Titles, is_strong


@dataclass(frozen=True)
class _Explanation:
    """What the rows ``first`` to ``last`` are as a header: its ``columns``, the ``headers`` that they make (several where
    tables stand side by side), and how well that explains them."""

    first: int
    last: int
    columns: list[HeadColumn]
    headers: list[Header]
    score: float
    looked: bool


def header_at(sheet: Sheet, row: int, known: Knowledge, *, further: bool = False) -> list[Header]:
    """The header that ``row`` is part of; several where tables stand side by side, none where none does.

    ``further``: a table stands above, so that a row of titles may also head the rest of its columns.
    """
    if not _may_begin(sheet, row, known.titles):
        return []
    candidates = list(rows_of_headers(sheet, row, known))
    seen = _as_seen(sheet, row, further) if len(candidates) == 1 else None
    if seen is not None and (before := known.headers_seen.get(seen)):
        columns, headers = before
        return [header.moved_down(skip_hints(sheet, row, columns, known)) for header in headers]
    alone = len(candidates) == 1
    explained = (_explain(sheet, rows, known, further=further, alone=alone) for rows in candidates)
    ranked = sorted((one for one in explained if one.headers), key=lambda one: -one.score)
    if not ranked:
        return []
    best = ranked[0]
    if seen is not None and not best.looked:
        known.headers_seen.clear()
        known.headers_seen[seen] = best.columns, [header.moved_down(header.last) for header in best.headers]
    for other in ranked[1:]:
        if best.score - other.score < NEARLY and (doubt := _otherwise(best, other)):
            best.headers[0].doubt = doubt
            break
    return best.headers


def known_cells(sheet: Sheet, row: int, titles: Titles) -> list[tuple[int, Meanings]]:
    """The cells of ``row`` that are titles, by column."""
    known = []
    for place, value in enumerate(sheet.row(row)):
        if type(value) is str and 0 < len(value) <= LONGEST_TITLE and (meanings := titles.meanings(value)):
            known.append((sheet.left + place, meanings))
    return known


def _explain(sheet: Sheet, rows: tuple[int, int], known: Knowledge, *, further: bool, alone: bool) -> _Explanation:
    first, last = rows
    columns = head_columns(sheet, first, last, known)
    end = skip_hints(sheet, last, columns, known)
    settling = HeaderColumns(sheet, first, end, known, _may_begin, len(columns))
    sides = (settling.settled(side, further=further) for side in side_by_side(columns))
    headers = [header for header in sides if header]
    for header in headers:
        header.titled = last
    weight = 0.0 if alone else score(sheet, rows, columns, headers, known, settling.fit)
    return _Explanation(first, last, columns, headers, weight, settling.looked)


def _as_seen(sheet: Sheet, row: int, further: bool) -> tuple[object, ...] | None:
    """What a header of one row without merged cells is known by: offices copy their forms, and one seen is known again."""
    if any((row, column) in sheet.areas for column in range(sheet.left, sheet.width)):
        return None
    return (row, sheet.left, further, *sheet.row(row))


def _may_begin(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` looks like titles side by side, not like labels with their values."""
    known = known_cells(sheet, row, titles)
    if len(known) < 2 or not any(is_strong(meant) for _, meant in known):
        return False
    cells = sheet.distinct(row)
    are_known = {column for column, _ in known}
    filled = [(first in are_known) for first, _, text in cells if text]
    pairs = sum(a[0] in are_known and b[0] in are_known for a, b in pairwise(cells))
    many = len(known) >= 7 or (len(known) >= 5 and pairs >= 2)
    return many or (pairs >= (len(known) - 1) / 2 and 2 * sum(filled) >= len(filled))


def _otherwise(best: _Explanation, other: _Explanation) -> str | None:
    """In Chinese, what ``other`` takes otherwise than ``best``; None where it is nothing that is read."""
    ours, theirs = _read(best), _read(other)
    differ = [
        title for column, (name, title) in {**theirs, **ours}.items() if _name(ours, column) != _name(theirs, column)
    ]
    if not differ:
        return None
    rows = f"第 {other.first} 行" if other.first == other.last else f"第 {other.first}–{other.last} 行"
    return f"{rows}（{'、'.join(dict.fromkeys(differ))}会另作理解）"


def _read(one: _Explanation) -> dict[int, tuple[str, str]]:
    return {title.column: (name, title.text) for header in one.headers for name, title in header.titles.items()}


def _name(read: dict[int, tuple[str, str]], column: int) -> str | None:
    return read[column][0] if column in read else None
