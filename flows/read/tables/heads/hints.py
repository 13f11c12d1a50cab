"""Rows and cells of a header that say how to fill in a column, in what unit, or only number the columns."""

import re
from itertools import takewhile

from flows.read.tables.heads.header import HeadColumn
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import is_strong
from flows.read.values.characters import fold

_FIRST, _COUNTED = 5, 8
"""Cells at the beginning of a row that must count on, and how long they are at most."""

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_REACH = 6
"""Rows below its own that a title may reach down to."""

_ASKED = 6
"""Cells at the beginning of a row of which one must be a hint."""

_BRACKETED = re.compile(r"\([^()]*\)")


def is_hint(text: str, known: Knowledge) -> bool:
    """Whether a cell says how to fill in its column and is no title, nor a title with that in brackets behind it."""
    folded = fold(text)
    if not known.patterns.hint.match(folded) or is_strong(known.titles.meanings(text)):
        return False
    bare = _BRACKETED.sub("", folded)
    if bare in ("", folded):
        return True
    return bool(known.patterns.hint.match(bare)) and not known.titles.meanings(bare)


def are_hints(sheet: Sheet, row: int, known: Knowledge) -> bool:
    """Whether every cell of a row says how to fill in its column."""
    return all(is_hint(text, known) for _, _, text in sheet.own_cells(row))


def skip_hints(sheet: Sheet, last: int, columns: list[HeadColumn], known: Knowledge) -> int:
    """Past rows that number the columns or say how to fill them in, and the empty ones before that titles may reach down to."""
    while last < sheet.bottom:
        row = _next_filled(sheet, last)
        if _is_plainly_record(sheet.beginning(row, _ASKED), known):
            break
        cells = [text for _, text in sheet.filled(row)]
        if not (count_on(cells) or (len(cells) >= max(2, len(columns) // 3) and _mostly_hints(cells, known))):
            break
        last = row
    return last


def _is_plainly_record(begins: list[str], known: Knowledge) -> bool:
    """Whether a row that ``begins`` so has a name among its first cells, as a project has beside its number, and no hint."""
    named = any(len(text) > _COUNTED for text in begins[:_FIRST])
    return named and not any(is_hint(text, known) for text in begins)


def _next_filled(sheet: Sheet, row: int) -> int:
    """The next row that holds something, if it is the second at most or all before are ones that titles reach down to."""
    after = row + 1
    while after <= min(row + _REACH, sheet.bottom) and not sheet.beginning(after, 1):
        after += 1
    reached = all(
        any((line, c) in sheet.areas for c in range(sheet.left, sheet.width)) for line in range(row + 1, after)
    )
    return after if reached else min(after, row + 2)


def count_on(cells: list[str]) -> bool:
    """Whether the cells count on from the first: 1, 2, 3 or A, B, C and so on; 甲 and 乙 may stand before the numbers."""
    if len(cells) < _FIRST or any(len(text) > _COUNTED for text in cells[:_FIRST]):
        return False
    bare = [fold(text).strip("()栏列") for text in cells]
    stems = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(bare, _STEMS, strict=False))))
    bare = bare[stems:] if len(bare) - stems > 1 else bare
    if all(text.isdecimal() and len(text) < 4 for text in bare):
        return [int(text) for text in bare] == list(range(int(bare[0]), int(bare[0]) + len(bare)))
    letters = [ord(text) for text in bare[:5] if len(text) == 1]
    return len(letters) == 5 and letters == list(range(letters[0], letters[0] + 5))


def _mostly_hints(cells: list[str], known: Knowledge) -> bool:
    if not any(is_hint(text, known) for text in cells[:_ASKED]):
        return False
    return 3 * sum(is_hint(text, known) for text in cells) >= 2 * len(cells)
