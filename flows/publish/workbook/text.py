"""Text as a cell can hold it, and the room that it takes there."""

import re
from collections.abc import Iterable

from flows.publish.workbook.style import POINTS_A_LINE, TALLEST

LONGEST = 32_767
"""Most UTF-16 units that a cell holds."""
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\ufffd", "＝", "＋", "－", "＠")
"""How text begins that an office program may take for a formula."""

_CUT = "……（以下略）"
UNHOLDABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
"""Characters that no cell can hold, besides halves of characters: ranges as a regular expression has them."""
_UNHOLDABLE = re.compile(f"[{UNHOLDABLE}\ud800-\udfff]")


def safe(text: str) -> str:
    """``text`` as a cell can hold it: no control characters, no halves of characters, not too long."""
    if text.isprintable() and len(text) <= LONGEST // 2:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNHOLDABLE.search(text):
        text = _UNHOLDABLE.sub("\ufffd", text)
    if len(text) > LONGEST // 2 and len(units := text.encode("utf-16-le")) > 2 * LONGEST:
        text = units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return text


def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a cell ``width`` characters wide, where a Chinese one counts as two."""
    room = max(2.0, width - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -int(-wide(line) // room)) for line in text.split("\n"))


def height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Points that a row needs for ``texts`` in columns of these ``widths``."""
    return min(TALLEST, POINTS_A_LINE * max(map(lines, texts, widths), default=1) + 4)


def shortened(text: str, width: float, most_lines: int) -> str:
    """``text`` cut to what a row of a sheet can show, saying how long it was."""
    if (len(text) * 2 < most_lines * width and "\n" not in text) or lines(text, width) <= most_lines:
        return text
    said = f"{CUT_FROM} {len(text)} 字，其余见原件）"
    kept, room = [], most_lines - lines(said, width)
    for line in text.split("\n"):
        fits = line[: int(room * (width - 1) / 2)]
        kept.append(fits)
        room -= lines(fits, width)
        if len(fits) < len(line) or room <= 0:
            break
    return "\n".join(kept) + said


CUT_FROM = "……（共"
"""How a text goes on that :func:`shortened` has cut."""


def wide(text: str) -> float:
    """The width in characters: a Chinese one is three bytes and two wide."""
    return (len(text) + len(text.encode("utf-8", "replace"))) / 2
