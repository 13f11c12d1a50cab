"""Days that a spreadsheet keeps as mere numbers: 3.1 for 3.10, and serial days that count from 1904."""

import re

from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet
from flows.read.values import dates
from schemas.cells import COLUMNS_A_SHEET
from schemas.columns import FILING, PARTICIPANT

_DATES = {c.name for c in (*FILING, *PARTICIPANT) if c.kind == "date"}
_SHORT_DAY = re.compile(r"(\d{1,2})\.([123])")
_ENDS_WITH_0 = re.compile(r"\d\.[123]0$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


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
