"""Numbers of which a cell shows less than it holds: 36 for 35.5, 9800元 for 9800.4; the number itself is meant."""

import re

from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet, shown_number
from schemas.cells import COLUMNS_A_SHEET
from schemas.columns import FILING, PARTICIPANT

_COUNTED = {column.name for column in (*FILING, *PARTICIPANT) if column.kind in ("whole", "number")}
_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NUMERALS = re.compile(r"[零〇一二三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟.]+")


def exact_numbers(sheet: Sheet, records: Records) -> None:
    """Say of each number that its format rounds what it is, in the words that its format puts around it.

    A format that scales, as % and a comma do, shows another number: then what is shown is meant.
    """
    numbers = sheet.whole.grid.numbers
    if not numbers:
        return
    for name in _COUNTED.intersection(records.texts):
        for record, text in enumerate(records.texts[name]):
            number = numbers.get(divmod(records.code(name, record), COLUMNS_A_SHEET))
            if number is None or (name, record) in records.said:
                continue
            if _says(text, number):
                records.texts[name][record] = shown_number(number)
            elif exact := _exact(text, number):
                records.said[name, record] = exact


def _says(shown: str, number: float) -> bool:
    """Whether what is shown says just this number, though with other zeros or commas: 208.00 for 208."""
    return bool(_DIGITS.fullmatch(shown)) and float(shown.replace(",", "")) == number


def _exact(shown: str, number: float) -> str | None:
    """What ``shown`` says with the exact ``number`` in it; None where that is what it shows, or another number is."""
    found = _DIGITS.findall(shown)
    if not found and _NUMERALS.fullmatch(shown):
        return shown_number(number)
    if len(found) != 1:
        return None
    digits = found[0].replace(",", "")
    bracketed = shown.startswith("(") and shown.endswith(")")
    places = len(digits.partition(".")[2])
    same = abs(abs(float(digits)) - abs(number)) <= 0.5 * 10.0**-places + 1e-9
    if not same or (number < 0) != (digits.startswith("-") or bracketed):
        return None
    exact = shown_number(number)
    return exact if bracketed else shown.replace(found[0], exact)
