"""Where the tables of a sheet are and which column is which: by titles, and where these were touched by what stands below."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.read import CellValue, Grid
from schemas.decisions import ENTRIES, ID, TOLD_BY, VERDICT, VERDICTS

VERDICT_WORDS = {word for words in VERDICTS.values() for word in words}
"""Every verdict that there is."""

_OF_PAIRS = "疑似重复"
_OF_FINDINGS = "问题清单"
_IDENTITY = re.compile("p?[0-9a-f]{15,16}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_REMARK = re.compile(r"\([^()]*\)$|[:*]+$")
"""What people add to a title: “处理意见（必填）”."""

_FEWEST_TITLES, _TYPED_TITLES, _OTHER_TITLES = 2, 3, 4
"""How many titles make a header: at least, with one of the three columns among them, and without."""
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Table:
    """A table of a grid: ``name`` of the sheet that it is laid out like, ``first`` and ``last`` (exclusive) of its rows
    by their index, ``top`` that of its header (None where it has none), ``places`` the column of each title. Where titles
    of the three columns are ``missing``, ``strange`` are the other columns with their titles."""

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
        return bool(ENTRIES.keys() & self.places.keys()) or bool(self.missing)

    @property
    def told(self) -> bool:
        """Whether it tells what was decided earlier."""
        return bool(TOLD_BY & self.places.keys())

    @property
    def kind(self) -> str:
        """What its rows are about, where an id does not say."""
        return "pair" if self.name == _OF_PAIRS else "finding"


def tables(grid: Grid, layouts: Mapping[str, Sequence[str]]) -> list[Table]:
    """The tables of a sheet one below the other; ``layouts`` are the titles of each sheet in the order of its columns."""
    compared, written = _compared(layouts), {*ENTRIES, ID}.union(*layouts.values())
    likely = (index for index, row in enumerate(grid.rows) if sum(value in written for value in row) >= _FEWEST_TITLES)
    heads = [(index, *head) for index in likely if (head := _head(grid.rows[index], compared))]
    if not heads:
        return list(_headless(grid, layouts))
    ends = [index for index, *_ in heads[1:]] + [len(grid.rows)]
    found = []
    for number, ((top, name, places), last) in enumerate(zip(heads, ends, strict=True)):
        first = top + 1 if number else 0  # a header that was sorted into the middle has rows above it too
        found.append(_completed(grid, Table(name, top, first, last, places), layouts[name]))
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
    """The word meant, without spaces and full stops: “同意 ”, “同意。” are 同意; what is no verdict stays as it was typed."""
    word = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip("。.;,!、'\"“”") if text else None
    return word if word in VERDICT_WORDS else text


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


def _compared(layouts: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Sheet → its titles as they are compared → as they are written; what decides may be added to any sheet."""
    decides = (ID, *ENTRIES)
    return {name: {_title(title): title for title in (*titles, *decides)} for name, titles in layouts.items()}


def _head(row: Sequence[CellValue], compared: Mapping[str, Mapping[str, str]]) -> tuple[str, dict[str, int]] | None:
    """The sheet that a header row is laid out like, and the column of each title; None where it is no header row."""
    places = {title: column for column, title in reversed(_titles(row).items())}
    if len(places) < _FEWEST_TITLES:
        return None
    name = max(compared, key=lambda name: len(compared[name].keys() & places.keys()))
    known = {compared[name][title]: column for title, column in places.items() if title in compared[name]}
    decides = ENTRIES.keys() & known.keys() and (ID in known or len(known) >= _TYPED_TITLES)
    touched = ID in known and len(known) >= _OTHER_TITLES
    whole = len(known) >= max(_OTHER_TITLES, 0.6 * len(places))
    return (name, known) if decides or touched or whole else None


def _headless(grid: Grid, layouts: Mapping[str, Sequence[str]]) -> Iterator[Table]:
    """The table of a sheet whose header was deleted: known by the ids in a column, read at the places of its layout."""
    if VERDICT not in layouts.get(grid.sheet, (VERDICT,)):
        return
    width = max(map(len, grid.rows), default=0)
    column = _id_column(grid.rows, range(width))
    if column is None:
        return
    ids = [n for n, row in enumerate(grid.rows) if like_identity(cell(row, column))]
    alike = _OF_PAIRS if of_pair(identity(cell(grid.rows[ids[0]], column))) else _OF_FINDINGS
    name = grid.sheet if grid.sheet in layouts else alike
    shift = column - layouts[name].index(ID)
    places = {title: place + shift for place, title in enumerate(layouts[name])}
    verdicts = _verdict_column(grid.rows[ids[0] :], range(width))
    if verdicts is not None and not TOLD_BY & set(layouts[name]):
        places |= {title: verdicts + offset for title, offset in ENTRIES.items()}
    yield Table(name, None, ids[0], len(grid.rows), places)


def _completed(grid: Grid, table: Table, layout: Sequence[str]) -> Table:
    """``table`` with the columns found whose title is not there."""
    rows, places = grid.rows[table.first : table.last], dict(table.places)
    if VERDICT not in layout or table.top is None:  # in any other sheet nobody is asked to decide
        return table
    heads = _titles(grid.rows[table.top])
    filled = {column for row in rows for column, value in enumerate(row) if value is not None} | heads.keys()
    free = sorted(filled - set(places.values()))
    below = grid.rows[table.top + 1 : table.last] or rows
    if ID not in places and (column := _id_column(below, free)) is not None:
        places[ID] = column
        free.remove(column)
    for title in ENTRIES:
        column = None if title in places else _place_of(title, places, free, below, layout)
        if column is not None:
            places[title] = column
            free.remove(column)
    missing = tuple(title for title in ENTRIES if title not in places)
    strange = {column: heads.get(column, "") for column in free} if missing else {}
    return Table(table.name, table.top, table.first, table.last, places, missing, strange)


def _place_of(
    title: str, places: Mapping[str, int], free: Sequence[int], rows: Sequence[list[CellValue]], layout: Sequence[str]
) -> int | None:
    """The column of an entry without its title: by its verdicts, beside the other entries, or where the layout has it."""
    if title == VERDICT and (column := _verdict_column(rows, free)) is not None:
        return column
    beside = [places[other] + ENTRIES[title] - offset for other, offset in ENTRIES.items() if other in places]
    place = layout.index(title)
    known = sorted((abs(layout.index(other) - place), other) for other in places if other in layout)
    written = [places[other] + place - layout.index(other) for _, other in known[:1]]
    return next((column for column in (*beside, *written) if column in free), None)


def _id_column(rows: Sequence[list[CellValue]], columns: Sequence[int]) -> int | None:
    """The column in which more cells hold a 编号 than anything else."""
    return _column_of(rows, columns, like_identity)


def _verdict_column(rows: Sequence[list[CellValue]], columns: Sequence[int]) -> int | None:
    return _column_of(rows, columns, lambda value: isinstance(value, str) and verdict_word(value) in VERDICT_WORDS)


def _column_of(
    rows: Sequence[list[CellValue]], columns: Sequence[int], is_such: Callable[[CellValue], bool]
) -> int | None:
    for column in columns:
        values = [value for row in rows if (value := cell(row, column)) is not None]
        if 2 * sum(map(is_such, values)) > len(values):
            return column
    return None
