"""Rows and cells of a header that say how to fill in a column, in what unit, or only number the columns."""

import re

from flows.read.tables.header import HeadColumn
from flows.read.tables.sheet import Sheet
from flows.read.values.characters import fold

_HINT = re.compile(
    r"^[(\[]?(?:必填|选填|非必填|可选|万元|元|人|天|是/否|是或否|文本|数字|日期|下拉|下拉选择|单位[:：]?(?:万元|元|人|天)|yyyy.*|年/?月/?日|格式.*|示例.*|如[:：].*|例[:：如].*|.*填.{0,12}|限.*字.*)[)\]]?$"
)


def are_hints(cells: list[tuple[int, int, str]]) -> bool:
    return all(_HINT.match(fold(text)) for _, _, text in cells)


def skip_hints(sheet: Sheet, last: int, columns: list[HeadColumn]) -> int:
    """Past rows that number the columns or say how to fill them in."""
    while last < sheet.bottom:
        cells = [text for _, text in sheet.filled(last + 1)]
        if not (_count_on(cells) or (len(cells) >= max(2, len(columns) // 3) and _mostly_hints(cells))):
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


def _mostly_hints(cells: list[str]) -> bool:
    if not any(_HINT.match(fold(text)) for text in cells[:6]):
        return False
    return 3 * sum(bool(_HINT.match(fold(text))) for text in cells) >= 2 * len(cells)
