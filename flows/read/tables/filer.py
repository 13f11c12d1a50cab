"""Who filed: the unit that a submission names outside its tables."""

import re
from collections.abc import Iterable

from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import Titles
from flows.read.values.characters import fold

_INLINE = re.compile(r"^\s*([^:：]{2,24}?)\s*[:：]\s*(.*)$", re.DOTALL)
_NEXT_LABEL = re.compile(
    r"(?:\s{2,}|[\s,，;；|]+)"
    r"(?=(?:填报|填表|制表|申报|报送|上报)(?:日期|时间|人)|联系人|联系电话|电话|日期|时间|(?:金额)?单位[:：]|审核|负责人)"
)
_NO_UNIT = re.compile(
    r"^(?:万元|千元|元|人|天|日|个|项|人民币|万|[:：_\-—\s]*|[(（]?(?:盖章|公章|签章|单位公章)[)）]?|\d.*)$"
)


def filer(sheets: Iterable[tuple[Sheet, Iterable[int]]], titles: Titles) -> str | None:
    """The unit as the submission writes it, from the loose rows of its sheets; the plainest label first."""
    ranks = {label: rank for rank, label in enumerate(titles.unit_labels)}
    best: tuple[int, str] | None = None
    for sheet, rows in sheets:
        for row in rows:
            for rank, unit in _named(sheet, row, ranks):
                if best is None or rank < best[0]:
                    best = rank, unit
        if best is not None and best[0] == 0:
            break
    return best[1] if best else None


def _named(sheet: Sheet, row: int, ranks: dict[str, int]) -> Iterable[tuple[int, str]]:
    cells = sheet.filled(row)
    for number, (_, text) in enumerate(cells):
        inline = _INLINE.match(text)
        rank = ranks.get(_label(inline[1] if inline else text))
        if rank is None:
            continue
        named = _cut(inline[2]) if inline else ""
        if not named and number + 1 < len(cells):
            following = cells[number + 1][1]
            named = "" if _INLINE.match(following) or _label(following) in ranks else _cut(following)
        if named:
            yield rank, named


def _label(text: str) -> str:
    return re.sub(r"[(\[【][^()\[\]【】]*[)\]】]", "", fold(text)).strip(":*")


def _cut(text: str) -> str:
    """The unit without what else the cell says: the date, who filled it in, the unit of money."""
    unit = _NEXT_LABEL.split(text.strip(), maxsplit=1)[0].strip(" _　\u00a0—-")
    unit = re.sub(r"[(（](?:盖章|公章|签章|单位公章|加盖公章)[)）]$", "", unit).strip(" _　\u00a0")
    return "" if _NO_UNIT.match(unit) or len(unit) > 60 else unit
