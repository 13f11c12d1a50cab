"""Filings that a file itself says no longer count: rows struck out as a whole, and hidden sheets that repeat visible ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.read.tables.file_reading import TableRead
from flows.read.tables.records import Records, Remark
from flows.read.values.characters import fold
from schemas.cells import cell_code

_KEYS = ("otm_no", "title")
"""What tells a project: its number in the system, else its name."""


@dataclass(frozen=True)
class _Found:
    """A filing: which, of which table, and what it is known by."""

    place: int
    read: TableRead
    record: int
    keys: tuple[str, ...]

    @property
    def where(self) -> str:
        """Its sheet and row, in Chinese."""
        return f"工作表“{self.read.sheet.name}”第 {self.read.records.rows[self.record]} 行"


def not_counted(tables: Iterable[TableRead]) -> Iterator[tuple[int, str, Remark]]:
    """The filings of ``tables`` that no longer count: place among those of the file, why, and what is to be said of it."""
    tables = list(tables)
    if not any(read.sheet.grid.withdrawn or read.sheet.grid.hidden for read in tables):
        return
    found = [one for read in tables for one in _filings(read)]
    struck = [one for one in found if one.read.records.rows[one.record] in one.read.sheet.grid.withdrawn]
    for one in struck:
        row = one.read.records.rows[one.record]
        yield one.place, f"{one.where}整行划有删除线，按撤回处理。", _remark(one, "struck_out", str(row))
    gone = {one.place for one in struck}
    visible = {key: one for one in found if not _is_hidden(one) and one.place not in gone for key in one.keys}
    for one in found:
        shown = next((visible[key] for key in one.keys if key in visible), None)
        if _is_hidden(one) and one.place not in gone and shown:
            why = f"{one.where}是隐藏的旧稿，以{shown.where}为准。"
            yield one.place, why, _remark(one, "hidden_copy", f"{one.where}，另见{shown.where}")


def hidden_sheets(tables: Iterable[TableRead], gone: Iterable[int]) -> Iterator[Remark]:
    """What is to be said of hidden sheets with filings that count, once a sheet."""
    told, gone = set(), set(gone)
    for read in tables:
        places = range(read.first, read.first + len(read.records))
        name = read.sheet.name
        if read.sheet.grid.hidden and name not in told and not gone.issuperset(places):
            told.add(name)
            corner = min((title.row, title.column) for title in read.header.fields.values())
            yield Remark("hidden_sheet", name, cell_code(*corner), None, None, name)


def _filings(read: TableRead) -> Iterator[_Found]:
    for record in range(len(read.records)):
        keys = tuple(f"{name}:{fold(text)}" for name in _KEYS if (text := read.records.meant(name, record)))
        yield _Found(read.first + record, read, record, keys)


def _is_hidden(one: _Found) -> bool:
    return one.read.sheet.grid.hidden


def _remark(one: _Found, kind: str, detail: str) -> Remark:
    records: Records = one.read.records
    name = "title" if "title" in records.texts else next(iter(records.texts))
    code = records.code(name, one.record)
    return Remark(kind, records.sheet, code, name, records.texts[name][one.record] or None, detail)
