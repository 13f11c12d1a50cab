"""Number formats of Excel: which of them make a date, a time or a time span of a number."""

from datetime import datetime, time

from flows.read.formats.grid import CellValue

_CHINESE_DATES = (*range(27, 37), *range(50, 59))
"""Numbers of date formats that Excel has in Chinese and does not write out."""


def forms(codes: dict[int, str], styles: list[int]) -> list[str]:
    """What each of ``styles``, given by its number format, makes of a number: ``date``, ``duration`` or nothing.

    ``codes`` are the workbook's own formats by number.
    """
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    known = {**BUILTIN_FORMATS, **dict.fromkeys(_CHINESE_DATES, "yyyy/m/d"), **codes}
    shown = [known.get(style, "General") for style in styles]
    return ["duration" if is_timedelta_format(c) else "date" if is_date_format(c) else "" for c in shown]


def serial(number: float, form: str, *, epoch_1904: bool) -> CellValue:
    """A serial number as the date, time or (``form`` is ``duration``) time span that it stands for."""
    if number < 0:
        return number
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        value = from_excel(number, MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH, timedelta=form == "duration")
    except (OverflowError, ValueError):
        return number
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
