"""Rows and cells of a header that say how to fill in a column, in what unit, or only number the columns."""

from flows.read.tables.header import HeadColumn
from flows.read.tables.patterns import Patterns
from flows.read.tables.sheet import Sheet
from flows.read.values.characters import fold


def are_hints(cells: list[tuple[int, int, str]], patterns: Patterns) -> bool:
    """Whether every cell says how to fill in its column."""
    return all(patterns.hint.match(fold(text)) for _, _, text in cells)


def skip_hints(sheet: Sheet, last: int, columns: list[HeadColumn], patterns: Patterns) -> int:
    """Past rows that number the columns or say how to fill them in."""
    while last < sheet.bottom:
        cells = [text for _, text in sheet.filled(last + 1)]
        if not (_count_on(cells) or (len(cells) >= max(2, len(columns) // 3) and _mostly_hints(cells, patterns))):
            break
        last += 1
    return last


def _count_on(cells: list[str]) -> bool:
    """Whether the cells count on from the first: 1, 2, 3 or A, B, C and so on."""
    if len(cells) < 5 or any(len(text) > 8 for text in cells[:5]):
        return False
    bare = [fold(text).strip("()栏列") for text in cells]
    if all(text.isdecimal() and len(text) < 4 for text in bare):
        return [int(text) for text in bare] == list(range(int(bare[0]), int(bare[0]) + len(bare)))
    letters = [ord(text) for text in bare[:5] if len(text) == 1]
    return len(letters) == 5 and letters == list(range(letters[0], letters[0] + 5))


def _mostly_hints(cells: list[str], patterns: Patterns) -> bool:
    if not any(patterns.hint.match(fold(text)) for text in cells[:6]):
        return False
    return 3 * sum(bool(patterns.hint.match(fold(text))) for text in cells) >= 2 * len(cells)
