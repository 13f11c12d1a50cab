"""A specimen: a small sheet of the form with one project, which a program in order reads whatever the offices send."""

from datetime import date

from flows.read.formats.grid import CellValue, Grid
from flows.read.tables import Knowledge, Words, read_sheets
from schemas.columns import Column

_UNIT, _COUNTRY = "四川省科学技术厅", "德国"
_VALUES: dict[str, CellValue] = {"whole": 20, "number": 60.0, "flag": "是", "unit": _UNIT, "country": _COUNTRY}
"""What the specimen has in columns of a kind; a text elsewhere."""


class SpecimenError(Exception):
    """The specimen was read otherwise than it stands there."""


def specimen(words: Words) -> list[Grid]:
    """The one sheet of a submission as the form has it, with one project."""
    titles: list[CellValue] = [column.title for column in words.form.filing]
    project = [_value(column, words) for column in words.form.filing]
    return [Grid(words.form.filing_sheet, [["申报表"], [f"{words.form.unit_label}{_UNIT}"], titles, project])]


def read_specimen(words: Words, known: Knowledge) -> None:
    """Read the specimen.

    Raises:
        SpecimenError: its project was not found, or not all of its columns.
    """
    reading = read_sheets(specimen(words), known)
    found = {name for records in reading.filings for name in records.texts}
    missing = [column.title for column in words.form.filing if column.name not in found]
    if missing or sum(map(len, reading.filings)) != 1:
        raise SpecimenError(f"{sum(map(len, reading.filings))} filings read instead of 1; columns not found: {missing}")
    if reading.unit != _UNIT:
        raise SpecimenError(f"read as filed by {reading.unit}, not by {_UNIT}")


def _value(column: Column, words: Words) -> CellValue:
    if column.kind == "date":
        return date(words.year, 5 if column.name == "start_date" else 6, 1)
    if column.kind in ("choice", "choices"):
        return words.vocabularies[column.vocabulary or column.name][0]
    return _VALUES.get(column.kind, f"{column.title}样例文字")
