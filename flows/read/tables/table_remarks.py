"""What is to be said of a table's titles: which were guessed, found twice or not found, and what else might be its header."""

from collections.abc import Iterable, Iterator

from flows.read.tables.file_reading import TableRead
from flows.read.tables.heads.header import Title
from flows.read.tables.records import Remark
from flows.read.tables.synonyms import FILINGS
from schemas.cells import a1, cell_code
from schemas.form import Form
from schemas.titles import COMBINED


def title_remarks(read: TableRead, form: Form, needless: Iterable[str] = ()) -> Iterator[Remark]:
    """Remarks on titles that were guessed, meant twice or not found, and on other rows that might be the header; the columns
    ``needless`` are not missed."""
    header, records = read.header, read.records
    columns = form.filing if header.table == FILINGS else form.participant
    record = read.first if read.card and len(records) == 1 else None

    def remark(kind: str, place: tuple[int, int], column: str, value: str | None, detail: str | None) -> Remark:
        return Remark(kind, read.sheet.name, cell_code(*place), column, value, detail, record)

    own = {column.name: column.title for column in columns}
    for name, title in header.fields.items():
        if title.guessed:
            yield remark("title_guessed", _place(title), name, title.text, own.get(name, name))
    for name, title in header.twice:
        shown = read.sheet.text(*_place(title)) or title.text  # without the groups above, which stand in other cells
        yield remark("title_twice", _place(title), name, shown, a1(cell_code(*_place(header.fields[name]))))
    corner = min(map(_place, header.fields.values()))
    if header.doubt:
        first = next(name for name, title in header.fields.items() if _place(title) == corner)
        rows = str(header.first) if header.first == header.titled else f"{header.first}–{header.titled}"
        yield remark("header_unclear", corner, first, rows, header.doubt)
    there = {*records.texts, *needless}
    there |= {one for name in records.texts for one in COMBINED.get(name, ()) if one != "days"}
    for column in columns:
        if column.required and column.name not in there:
            yield remark("column_missing", corner, column.name, None, column.title)


def _place(title: Title) -> tuple[int, int]:
    return title.row, title.column
