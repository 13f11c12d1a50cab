"""Who filed: the unit that a submission names outside its tables."""

import re
from collections.abc import Iterable

from flows.read.tables.knowledge import Knowledge
from flows.read.tables.patterns import Patterns
from flows.read.tables.sheet import Sheet
from flows.read.values.characters import fold

_INLINE = re.compile(r"^\s*([^:：]{2,24}?)\s*[:：]\s*(.*)$", re.DOTALL)


def filer(sheets: Iterable[tuple[Sheet, Iterable[int]]], known: Knowledge) -> str | None:
    """The unit as the submission writes it, from the loose rows of its sheets; the plainest label first."""
    ranks = {label: rank for rank, label in enumerate(known.titles.unit_labels)}
    best: tuple[int, str] | None = None
    for sheet, rows in sheets:
        for row in rows:
            for rank, unit in _named(sheet, row, ranks, known.patterns):
                if best is None or rank < best[0]:
                    best = rank, unit
        if best is not None and best[0] == 0:
            break
    return best[1] if best else None


def _named(sheet: Sheet, row: int, ranks: dict[str, int], patterns: Patterns) -> Iterable[tuple[int, str]]:
    cells = sheet.filled(row)
    for number, (_, text) in enumerate(cells):
        inline = _INLINE.match(text)
        rank = ranks.get(_label(inline[1] if inline else text))
        if rank is None:
            continue
        named = _cut(inline[2], patterns) if inline else ""
        if not named and number + 1 < len(cells):
            following = cells[number + 1][1]
            named = "" if _INLINE.match(following) or _label(following) in ranks else _cut(following, patterns)
        if named:
            yield rank, named


def _label(text: str) -> str:
    return re.sub(r"[(\[【][^()\[\]【】]*[)\]】]", "", fold(text)).strip(":*")


def _cut(text: str, patterns: Patterns) -> str:
    """The unit without what else the cell says: the date, who filled it in, the unit of money."""
    unit = patterns.next_label.split(text.strip(), maxsplit=1)[0].strip(" _　\u00a0—-")
    unit = patterns.stamp.sub("", unit).strip(" _　\u00a0")
    return "" if patterns.no_filer.match(unit) or len(unit) > 60 else unit
