"""Where the tables of a sheet are and which column is which: by titles, and where these were touched by what stands below."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flows.decide.layout import Layout
from flows.read import CellValue, Grid
from schemas.verdict_words import verdict_words

_IDENTITY = re.compile("p?[0-9a-f]{15,16}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_REMARK = re.compile(r"\([^()]*\)$|[:*]+$")
"""What people add to a title: “处理意见（必填）”."""

_FEWEST_TITLES, _TYPED_TITLES, _OTHER_TITLES = 2, 3, 4
"""How many titles make a header: at least, with one of the three columns among them, and without."""
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Table:
    """A table of a grid: ``name`` of the sheet of ``layout`` that it is laid out like, ``first`` and ``last`` (exclusive) of its rows
    by their index, ``top`` that of its header (None where it has none), ``places`` the column of each title. Where titles
    of the three columns are ``missing``, ``strange`` are the other columns with their titles."""

    layout: Layout
    name: str
    top: int | None
    first: int
    last: int
    places: Mapping[str, int]
    missing: tuple[str, ...] = ()
    strange: Mapping[int, str] = field(default_factory=dict)

    @property
    def decides(self) -> bool:
        """Whether it has any of the three columns, or should have them."""
        return bool(set(self.layout.entries) & self.places.keys()) or bool(self.missing)

    @property
    def told(self) -> bool:
        """Whether it tells what was decided earlier."""
        return bool(self.layout.tells & self.places.keys())

    @property
    def kind(self) -> str:
        """What its rows are about, where an id does not say."""
        return "pair" if self.name == self.layout.decided_in["pair"] else "finding"


def tables(grid: Grid, layout: Layout) -> list[Table]:
    """The tables of a sheet one below the other."""
    compared, written = _compared(layout), {*layout.entries, layout.identity}.union(*layout.sheets.values())
    likely = (index for index, row in enumerate(grid.rows) if sum(value in written for value in row) >= _FEWEST_TITLES)
    heads = [(index, *head) for index in likely if (head := _head(grid.rows[index], compared, layout))]
    if not heads:
        return list(_headless(grid, layout))
    ends = [index for index, *_ in heads[1:]] + [len(grid.rows)]
    found = []
    for number, ((top, name, places), last) in enumerate(zip(heads, ends, strict=True)):
        first = top + 1 if number else 0  # a header that was sorted into the middle has rows above it too
        found.append(_completed(grid, Table(layout, name, top, first, last, places)))
    return found


def identity(value: CellValue) -> str | None:
    """The 编号 meant: in small letters, of usual width, without spaces."""
    folded = _folded(value)
    return folded.casefold() if folded else None


def like_identity(value: CellValue) -> bool:
    """Whether a cell holds the 编号 of a finding or a pair."""
    return _IDENTITY.fullmatch(identity(value) or "") is not None


def of_pair(about: str | None) -> bool:
    """Whether a 编号 is that of a pair."""
    return about is not None and about.startswith("p") and like_identity(about)


def verdict_word(text: str | None) -> str | None:
    """The verdict meant: “同意 ”, “同意。”, “准予” are 同意; what may mean something else stays as it was typed."""
    return (verdict_words().meant(text) or text) if text else text


def visible(text: str) -> str:
    """``text`` without the characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def cell(row: Sequence[CellValue], column: int | None) -> CellValue:
    """What stands in a column of a row, which may be shorter."""
    return row[column] if column is not None and 0 <= column < len(row) else None


def _folded(value: CellValue) -> str:
    return re.sub(r"\s", "", visible(unicodedata.normalize("NFKC", value))) if isinstance(value, str) else ""


def _title(value: CellValue) -> str:
    """A title as it is compared; nothing where a cell is too long for one."""
    if not isinstance(value, str) or len(value) > _LONGEST_TITLE:
        return ""
    title = _folded(value)
    return _REMARK.sub("", title) or title


def _titles(row: Sequence[CellValue]) -> dict[int, str]:
    return {column: title for column, value in enumerate(row) if (title := _title(value))}


def _compared(layout: Layout) -> dict[str, dict[str, str]]:
    """Sheet → its titles as they are compared → as they are written; what decides may be added to any sheet."""
    decides = (layout.identity, *layout.entries, layout.to_unit)
    return {name: {_title(title): title for title in (*titles, *decides)} for name, titles in layout.sheets.items()}


def _head(
    row: Sequence[CellValue], compared: Mapping[str, Mapping[str, str]], layout: Layout
) -> tuple[str, dict[str, int]] | None:
    """The sheet that a header row is laid out like, and the column of each title; None where it is no header row."""
    places = {title: column for column, title in reversed(_titles(row).items())}
    if len(places) < _FEWEST_TITLES:
        return None
    name = max(compared, key=lambda name: len(compared[name].keys() & places.keys()))
    known = {compared[name][title]: column for title, column in places.items() if title in compared[name]}
    with_id = layout.identity in known
    decides = set(layout.entries) & known.keys() and (with_id or len(known) >= _TYPED_TITLES)
    touched = with_id and len(known) >= _OTHER_TITLES
    whole = len(known) >= max(_OTHER_TITLES, 0.6 * len(places))
    return (name, known) if decides or touched or whole else None


def _headless(grid: Grid, layout: Layout) -> Iterator[Table]:
    """The table of a sheet whose header was deleted: known by the ids in a column, read at the places of its layout."""
    if grid.sheet in layout.sheets and layout.verdict not in layout.sheets[grid.sheet]:
        return
    width = max(map(len, grid.rows), default=0)
    column = _id_column(grid.rows, range(width))
    if column is None:
        return
    ids = [n for n, row in enumerate(grid.rows) if like_identity(cell(row, column))]
    about = "pair" if of_pair(identity(cell(grid.rows[ids[0]], column))) else "finding"
    name = grid.sheet if grid.sheet in layout.sheets else layout.decided_in[about]
    titles = layout.sheets[name]
    shift = column - titles.index(layout.identity)
    places = {title: place + shift for place, title in enumerate(titles)}
    verdicts = _verdict_column(grid.rows[ids[0] :], range(width))
    if verdicts is not None and not layout.tells & set(titles):
        places |= {title: verdicts + layout.offsets[title] for title in layout.entries_of(name)}
    yield Table(layout, name, None, ids[0], len(grid.rows), places)


def _completed(grid: Grid, table: Table) -> Table:
    """``table`` with the columns found whose title is not there."""
    layout = table.layout
    rows, places = grid.rows[table.first : table.last], dict(table.places)
    if layout.verdict not in layout.sheets[table.name] or table.top is None:  # nobody is asked to decide in the others
        return table
    heads = _titles(grid.rows[table.top])
    filled = {column for row in rows for column, value in enumerate(row) if value is not None} | heads.keys()
    free = sorted(filled - set(places.values()))
    below = grid.rows[table.top + 1 : table.last] or rows
    if layout.identity not in places and (column := _id_column(below, free)) is not None:
        places[layout.identity] = column
        free.remove(column)
    wanted = _wanted(table, places)
    for title in wanted:
        column = None if title in places else _place_of(title, places, free, below, table)
        if column is not None:
            places[title] = column
            free.remove(column)
    missing = tuple(title for title in wanted if title not in places)
    strange = {column: heads.get(column, "") for column in free} if missing else {}
    return replace(table, places=places, missing=missing, strange=strange)


def _wanted(table: Table, places: Mapping[str, int]) -> tuple[str, ...]:
    """The titles of the columns in which reviewers write, as the night had them that wrote the table: where the 编号 stands
    before the verdicts, there was none yet for what is said to the unit."""
    layout = table.layout
    first = places.get(layout.verdict)
    earlier = first is None or places.get(layout.identity, -1) < first
    return layout.entries if earlier else layout.entries_of(table.name)


def _place_of(
    title: str, places: Mapping[str, int], free: Sequence[int], rows: Sequence[list[CellValue]], table: Table
) -> int | None:
    """The column of an entry without its title: by its verdicts, beside the other entries, or where the layout has it."""
    layout, titles = table.layout, table.layout.sheets[table.name]
    if title == layout.verdict and (column := _verdict_column(rows, free)) is not None:
        return column
    offsets = layout.offsets
    beside = [places[other] + offsets[title] - offset for other, offset in offsets.items() if other in places]
    place = titles.index(title)
    known = sorted((abs(titles.index(other) - place), other) for other in places if other in titles)
    written = [places[other] + place - titles.index(other) for _, other in known[:1]]
    return next((column for column in (*beside, *written) if column in free), None)


def _id_column(rows: Sequence[list[CellValue]], columns: Sequence[int]) -> int | None:
    """The column in which more cells hold a 编号 than anything else."""
    return _column_of(rows, columns, like_identity)


def _verdict_column(rows: Sequence[list[CellValue]], columns: Sequence[int]) -> int | None:
    return _column_of(rows, columns, lambda value: isinstance(value, str) and verdict_words().meant(value) is not None)


def _column_of(
    rows: Sequence[list[CellValue]], columns: Sequence[int], is_such: Callable[[CellValue], bool]
) -> int | None:
    for column in columns:
        values = [value for row in rows if (value := cell(row, column)) is not None]
        if 2 * sum(map(is_such, values)) > len(values):
            return column
    return None
