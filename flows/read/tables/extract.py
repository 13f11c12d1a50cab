"""From a table's place to its records: the text of every column in every row, and the cell that holds it."""

import re
from functools import cache
from itertools import zip_longest

from flows.read.formats.grid import CellValue
from flows.read.tables.header import Header, Title
from flows.read.tables.records import NOT_READ, Records, Remark
from flows.read.tables.sheet import Sheet, as_filed, printable, shown_number
from flows.read.values import dates
from flows.read.values.column import Values, ditto_marks
from flows.read.values.numbers import EITHER, amount, has_unit
from schemas.cells import COLUMNS_A_SHEET, cell_code
from schemas.columns import FILING, PARTICIPANT
from schemas.spellings import load_spellings

ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_BESIDE = "␟"
"""A character that is printable and stands in no cell worth the name: texts joined by it are looked at as one."""

_DATES = {c.name for c in (*FILING, *PARTICIPANT) if c.kind == "date"}
_SHORT_DAY = re.compile(r"(\d{1,2})\.([123])")
_ENDS_WITH_0 = re.compile(r"\d\.[123]0$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ONE_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{5,8}")
_CONTACT = re.compile(r"^(.+?)[\s,，、:：/;；(（]*((?:\+?86[-\s]?)?[\d(（][\d\s\-()（）转、/]{5,}\d)[)）]?$")


def table_records(sheet: Sheet, header: Header, rows: list[int]) -> Records:
    """The records of a table in ``rows``."""
    fields = header.fields
    columns = _columns(sheet, rows)
    nothing = [""] * len(rows)
    texts = {
        name: _texts(columns[title.column]) if title.column in columns else nothing.copy()
        for name, title in fields.items()
    }
    records = Records(header.table, sheet.name, rows, texts, {name: title.column for name, title in fields.items()})
    spread = {name: title for name, title in fields.items() if title.more}
    if sheet.merged_down or spread:
        for name, title in fields.items():
            _from_other_cells(sheet, records, name, title)
    return records


def ditto(records: Records, before: Records | None = None) -> None:
    """同上 and 〃 mean the value of the record above; that of the first may stand at the end of the table ``before``."""
    marks = ditto_marks()
    for name, texts in records.texts.items():
        if marks.isdisjoint(texts):
            continue
        for record, text in enumerate(texts):
            if text in marks and record:
                records.said[name, record] = records.meant(name, record - 1)
            elif text in marks and before:
                records.said[name, record] = before.meant(name, len(before) - 1)


def unsaved_and_errors(sheet: Sheet, records: Records, first: int | None) -> list[Remark]:
    """Remarks on formulas without a saved result and on error values among the records; their values are not read.

    ``first`` is the place of the first record among the filings of the file, None where the records are no filings.
    """
    grid = sheet.grid
    places: dict[int, list[tuple[str, int]]] = {}
    errors = {
        code
        for name, texts in records.texts.items()
        if not ERRORS.isdisjoint(texts)
        for code in _error_codes(records, name)
    }
    unsaved = {cell_code(*place): printable(formula) for place, formula in grid.unsaved.items()}
    errors |= {cell_code(*place) for place in grid.errors}
    if not errors and not unsaved:
        return []
    for name in records.texts:
        for record in range(len(records)):
            places.setdefault(records.code(name, record), []).append((name, record))
    remarks = []
    for code, kind in [*((code, "no_cached_value") for code in unsaved), *((code, "error_value") for code in errors)]:
        for number, (name, record) in enumerate(places.get(code, ())):
            text = unsaved.get(code) or records.texts[name][record]
            if code in unsaved:
                text = text if text.startswith("=") else f"={text}"
                records.texts[name][record] = text
            records.said[name, record] = NOT_READ
            if number == 0:
                remarks.append(
                    Remark(kind, sheet.name, code, name, text, None, None if first is None else first + record)
                )
    return remarks


def serial_days_1904(sheet: Sheet, records: Records) -> None:
    """Serial days of a workbook that counts from 1904, in cells that are not formatted as dates."""
    for name in _DATES.intersection(records.texts):
        for record, text in enumerate(records.texts[name]):
            if len(text) >= 5 and _SERIAL.fullmatch(text) and (name, record) not in records.said:
                records.said[name, record] = dates.serial(float(text), epoch_1904=True).isoformat()


def short_days(sheet: Sheet, records: Records) -> None:
    """Numbers for days: whoever types 3.10 for 3月10日 has 3.1 in the cell, as has who types 3.1.

    A file of mere text does not tell numbers from texts; where a day ends with 0 in it, they were texts.
    """
    for name in _DATES.intersection(records.texts):
        lost = sheet.grid.mere_text and not any(map(_ENDS_WITH_0.search, records.texts[name]))
        for record, text in enumerate(records.texts[name]):
            if len(text) <= len("12.1") and (found := _SHORT_DAY.fullmatch(text)):
                place = divmod(records.code(name, record), COLUMNS_A_SHEET)
                if lost or isinstance(sheet.value(*place), float):
                    records.said[name, record] = dates.either(found[1], found[2])


def amounts(records: Records, unit: str | None) -> None:
    """Amounts whose unit only the title says; those that no group costs in 万元 are in 元 or 万元, which nobody can tell."""
    if "budget" not in records.texts:
        return
    said = {record: text for record in range(len(records)) if (text := records.meant("budget", record))}
    bare = {record: text for record, text in said.items() if text != NOT_READ and not has_unit(text)}
    if unit in ("万元", None):
        figures = {record: _wan(text) for record, text in bare.items()}
        unlikely, limit = load_spellings().unlikely_budget
        if unit and max(figures.values(), default=0.0) < unlikely:
            limit = unlikely
        records.said |= {("budget", record): f"{bare[record]}{EITHER}" for record, n in figures.items() if n >= limit}
    else:
        records.said |= {("budget", record): f"{text}{unit}" for record, text in bare.items()}


def combined(records: Records, values: Values) -> None:
    """Split columns that hold several of the template's: 起止时间, 联系人及电话, 人数/天数, 国家及机构."""
    for source in ("period", "start_date"):
        if source in records.texts:
            _split_period(records, source, values.year)
    for source, names, parts in (
        ("contact_phone", ("contact", "phone"), _contact_and_phone),
        ("headcount_days", ("headcount", "days"), _halves),
        ("country_institution", ("country", "institution"), _country_and_institution),
    ):
        if source in records.texts:
            for record in range(len(records)):
                text = records.meant(source, record)
                said = parts(text) if text and text != NOT_READ else (text, text)
                for name, part in zip(names, said, strict=True):
                    if not _filled(records, name, record):
                        _place(records, name, record, source, part)


def _columns(sheet: Sheet, rows: list[int]) -> dict[int, tuple[CellValue, ...]]:
    """The cells of ``rows`` by column."""
    cells = [sheet.grid.rows[row - sheet.top] for row in rows]
    return dict(enumerate(zip_longest(*cells), start=sheet.left))


def _texts(cells: tuple[CellValue, ...]) -> list[str]:
    """The texts of a column's cells; where all are plain text, which is most often, they are looked at as one."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        joined = _BESIDE.join(cells)  # type: ignore[arg-type]
        padded = f"{_BESIDE} " in joined or f" {_BESIDE}" in joined or joined[:1] == " " or joined[-1:] == " "
        return list(cells) if joined.isprintable() and not padded else list(map(as_filed, cells))  # type: ignore[arg-type]
    if kinds == {float}:
        return list(map(shown_number, cells))
    return [""] * len(cells) if kinds == {type(None)} else list(map(as_filed, cells))


def _from_other_cells(sheet: Sheet, records: Records, name: str, title: Title) -> None:
    """Values of merged cells and of titles that span several columns."""
    texts = records.texts[name]
    for record, row in enumerate(records.rows):
        if texts[record]:
            continue
        for column in (title.column, *title.more):
            place = sheet.anchor(row, column)
            if place[0] == row and place[1] not in (title.column, *title.more):
                continue
            if text := sheet.text(*place):
                texts[record] = text
                records.moved[name, record] = cell_code(*place)
                break


def _error_codes(records: Records, name: str) -> list[int]:
    return [records.code(name, record) for record, text in enumerate(records.texts[name]) if text in ERRORS]


def _wan(text: str) -> float:
    """An amount as a number of 万元; 0 where it is none or unclear."""
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    found = float(text) if text.isdecimal() else amount(text)
    return found if isinstance(found, float) else 0.0


def _split_period(records: Records, source: str, year: int) -> None:
    """Two dates in one cell: a column of their own, or the cell of the first date with the second one's left empty."""
    others = ("start_date", "end_date") if source == "period" else ("end_date",)
    for record in range(len(records)):
        text = records.meant(source, record)
        readable = bool(text) and text != NOT_READ
        if source == "start_date" and (not readable or len(text) < 7 or _ONE_DAY.fullmatch(text)):
            continue
        ends = dates.period(text, year) if readable else None
        if ends is None and source == "start_date":
            continue
        said = dict(zip(("start_date", "end_date"), ends or (text, text), strict=True))
        for name in others:
            if not _filled(records, name, record):
                _place(records, name, record, source, said[name])
        if source == "start_date":
            records.said["start_date", record] = said["start_date"]
        days = dates.days_in_all(text) if ends else None
        if days and not _filled(records, "days", record):
            _place(records, "days", record, source, days)


def _filled(records: Records, name: str, record: int) -> bool:
    return name in records.texts and bool(records.texts[name][record])


def _place(records: Records, name: str, record: int, source: str, said: str) -> None:
    """Let column ``name`` of a record be what the cell of ``source`` says."""
    texts = records.texts.setdefault(name, [""] * len(records))
    code = records.code(source, record)
    texts[record] = records.texts[source][record]
    records.moved[name, record] = code
    if texts[record]:
        records.said[name, record] = said


def _contact_and_phone(text: str) -> tuple[str, str]:
    found = _CONTACT.match(text.replace("\n", " "))
    return (found[1].strip(), found[2].strip()) if found else (text, text)


def _country_and_institution(text: str) -> tuple[str, str]:
    """德国/莱茵河谷农业学院, 德国：莱茵河谷农业学院; without anything between, the institution may bear the country's name."""
    country, institution = _halves(text.replace("：", ":").replace(":", "/", 1))
    begun = next((word for word in _country_words() if country == institution and text.startswith(word)), None)
    return (begun, text) if begun else (country, institution)


@cache
def _country_words() -> tuple[str, ...]:
    """The usual names of countries, the longest first."""
    words = {word for name, others in load_spellings().countries.items() for word in (name, *others)}
    return tuple(sorted((word for word in words if len(word) > 1 and not word.isascii()), key=len, reverse=True))


def _halves(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in re.split(r"[/／\n、,，;；]|\s{1,}", text, maxsplit=1) if part.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 else (text, text)
