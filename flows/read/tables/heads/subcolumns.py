"""Groups whose parts are no titles of the template: 是否双跨 over 是 and 否, 经费预算 over 财政, 自筹 and 合计."""

import re
from dataclasses import dataclass, replace

from flows.read.tables.heads.columns import BY_VALUES
from flows.read.tables.heads.header import Header, Title
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.records import Records
from flows.read.tables.sheet import Place, Sheet, as_filed
from flows.read.tables.synonyms import FILINGS, STRONG
from flows.read.values.characters import fold
from flows.read.values.choices import Flags
from schemas.cells import cell_code
from schemas.columns import FILING, by_name

_TICK = re.compile(r"^[√✓✔☑☒■●🗸v1是y]$")
_BOTH = "是、否"
"""What is put where both columns of 是 and 否 are filled, which is neither."""


@dataclass(frozen=True)
class Group:
    """A title over several columns: the field that it means, and the titles of its parts from the left."""

    name: str
    row: int
    text: str
    parts: tuple[Title, ...]


def groups(sheet: Sheet, header: Header, known: Knowledge) -> list[Group]:
    """The groups of ``header`` whose parts say nothing by themselves; their row becomes the header's last."""
    found = _groups(sheet, header, header.titled, known) if header.titled > header.first else []
    if not found and (found := _groups(sheet, header, header.last + 1, known)):
        columns = {part.column for group in found for part in group.parts}
        row = header.last + 1
        if any(column not in columns and sheet.anchor(row, column)[0] == row for column, _ in sheet.filled(row)):
            return []
        header.last += 1
    return found


def settle(header: Header, found: list[Group], known: Knowledge) -> None:
    """Choose for each group the part whose column holds the group's field.

    That is the part whose title, read with the group's, is a name of the field; else the one called 合计 or 中文名称. Where
    no single part is, the first one is taken and the others are told as further columns of the same field.
    """
    for group in found:
        columns = {part.column for part in group.parts}
        header.fields = {n: t for n, t in header.fields.items() if n == group.name or t.column not in columns}
        header.twice = [(name, title) for name, title in header.twice if title.column not in columns]
        header.unknown = [title for title in header.unknown if title.column not in columns]
        meant = [part for part in group.parts if _joined(group, part.text, known)]
        meant = meant or [part for part in group.parts if known.patterns.whole_part.match(fold(part.text))]
        chosen = meant[0] if len(meant) == 1 else group.parts[0]
        others = [part for part in group.parts if part is not chosen]
        header.fields[group.name] = replace(chosen, text=group.text + chosen.text)
        if len(meant) == 1 or _is_flag(group.name):
            header.unknown += others
        else:
            header.twice += [(group.name, part) for part in others]


def flag_of_two(sheet: Sheet, records: Records, found: list[Group], flags: Flags) -> None:
    """是否双跨 over 是 and 否: what is ticked below 否 means 否."""
    for group in found:
        sides = {flags.read(part.text): part.column for part in group.parts}
        if not _is_flag(group.name) or set(sides) != {True, False}:
            continue
        for record, row in enumerate(records.rows):
            filled = {side: text for side, column in sides.items() if (text := sheet.text(row, column))}
            ticked = [side for side, text in filled.items() if _TICK.match(fold(text)) or flags.read(text) is side]
            if not filled:
                continue
            side = ticked[0] if ticked else next(iter(filled))
            records.texts[group.name][record] = filled[side]
            records.moved[group.name, record] = cell_code(row, sides[side])
            records.said[group.name, record] = ("是" if side else "否") if len(ticked) == 1 else _BOTH


def _groups(sheet: Sheet, header: Header, row: int, known: Knowledge) -> list[Group]:
    found: dict[tuple[int, int], list[Title]] = {}
    if _plainly_headed(sheet, row):
        return []
    cells, above_them = sheet.filled(row), {column for column, _ in sheet.filled(row - 1)}
    if all(column in above_them and (row - 1, column) not in sheet.areas for column, _ in cells):
        return []
    over = row - 1 if sheet.own_cells(row - 1) or sheet.merged_down else row - 2
    for column, text in cells:
        above = _above(sheet, over, column)
        if sheet.anchor(row, column) == (row, column) and header.first <= above[0]:
            found.setdefault(above, []).append(Title(column, row, text))
    told = [_told(sheet, place, parts, known) for place, parts in found.items()]
    by_values = {title.column for name, title in header.fields.items() if title.guessed and name in BY_VALUES}
    return [group for group in told if group and by_values.isdisjoint(part.column for part in group.parts)]


def _plainly_headed(sheet: Sheet, row: int) -> bool:
    """Whether each cell of a row stands under a title of its own, which is most often."""
    cells, above = sheet.row(row), sheet.row(row - 1)
    if sheet.grid.merged or len(cells) > len(above):
        return False
    return all(value is None or as_filed(over) for value, over in zip(cells, above, strict=False))


def _above(sheet: Sheet, row: int, column: int) -> Place:
    """The group's cell over ``column``: a merged one, or the first filled one to the left."""
    while (place := sheet.anchor(row, column)) == (row, column) and not sheet.text(*place) and column > sheet.left:
        column -= 1
    return place


def _told(sheet: Sheet, place: tuple[int, int], parts: list[Title], known: Knowledge) -> Group | None:
    """The group at ``place``, where it means a field and none of its parts means another."""
    if len(parts) < 2:
        return None
    text = sheet.text(*place)
    meant = [meaning.column for meaning in known.titles.meanings(text).get(FILINGS, ()) if meaning.strength == STRONG]
    if len(meant) != 1:
        return None
    group = Group(meant[0], place[0], text, tuple(parts))
    others = (_others(group, part.text, known) for part in parts)
    return None if any(others) else group


def _others(group: Group, part: str, known: Knowledge) -> bool:
    """Whether a part is a title of something else."""
    if known.patterns.whole_part.match(fold(part)):
        return False
    asked = (part, group.text + part, part + group.text)
    return any(
        meaning.column != group.name for title in asked for meaning in known.titles.meanings(title).get(FILINGS, ())
    )


def _joined(group: Group, part: str, known: Knowledge) -> bool:
    """Whether a part, read with its group, is a name of the field: 境外 of 培训天数."""
    asked = (group.text + part, part + group.text)
    return any(
        meaning.column == group.name for title in asked for meaning in known.titles.meanings(title).get(FILINGS, ())
    )


def _is_flag(name: str) -> bool:
    return name in _FLAGS


_FLAGS = {name for name, column in by_name(FILING).items() if column.kind == "flag"}
