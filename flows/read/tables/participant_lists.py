"""The units that one cell lists, with how many people each sends: 绵阳市水务局4人、宜宾市水务局（3人）."""

import re
from dataclasses import dataclass

from flows.read.tables.patterns import Patterns
from flows.read.values.characters import fold, one_line

_SEPARATORS = re.compile(r"[、,，;；\n\r/]+(?![^（(]*[)）])")
_COUNT = re.compile(
    r"^(?P<name>.*?[^\d\s:：(（×xX*\-—])[\s:：\-—]*(?:[(（]\s*(?P<in>\d+|[一二三四五六七八九十两]+)\s*(?:人|名|位)?\s*[)）]"
    r"|[×xX*]?\s*(?P<plain>\d+)\s*(?:人|名|位)?|(?P<word>[一二三四五六七八九十两]+)\s*(?:人|名))(?:[(（][^()（）]*[)）])?$"
)
_EACH = re.compile(r"各(?:派|派出|选派)?(\d+|[一二三四五六七八九十两]+)(?:人|名)$")
_SUMMARY = re.compile(
    r"^(?:共|合计|总计|等|计)?(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:单位)?(?:共|合计|计)?\d*(?:人|名)?$"
)


@dataclass(frozen=True)
class ListedUnit:
    """One unit in a list: its name, how many it sends, and both as they stand in the list."""

    name: str
    count: str | None
    filed: str


def listed(text: str, patterns: Patterns) -> list[ListedUnit]:
    """The units that one cell lists: 绵阳市水务局4人、宜宾市水务局（3人）."""
    spaced = re.sub(r"(?<=[人名)）])[ \u3000\u00a0]+(?=\S)", "、", text.strip())
    parts: list[ListedUnit] = []
    for piece in _SEPARATORS.split(spaced):
        filed = piece.strip(" 。.;；、,，")
        bare = patterns.taking_part.sub("", one_line(filed))
        bare = re.sub(r"等(?:\d+个?单位)?$", "", bare)
        if not bare or _SUMMARY.match(fold(bare)) or not re.search(r"[㐀-鿿A-Za-z]{2}", bare):
            continue
        if each := _EACH.search(bare):
            bare = bare[: each.start()]
            parts = [ListedUnit(p.name, p.count or each[1], p.filed) for p in parts] + [
                ListedUnit(bare, each[1], filed)
            ]
        elif count := _COUNT.match(bare):
            parts.append(ListedUnit(count["name"].strip(), count["in"] or count["plain"] or count["word"], filed))
        else:
            parts.append(ListedUnit(bare, None, filed))
    return parts
