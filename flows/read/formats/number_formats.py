"""Number formats of Excel: which of them make a date, a time or a time span of a number."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from flows.read.formats.grid import CellValue

_BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    48: "##0.0E+0",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    49: "@",
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00",
    42: "_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* -_ ;_ @_ ",
    44: "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* -??_ ;_ @_ ",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy/m/d"),
}
"""The number formats that Excel has by number and does not write out, as its Chinese edition shows them."""

_CHINESE_DATES = (*range(27, 37), *range(50, 59))
"""Numbers of date formats that Excel has in Chinese and does not write out."""


def code_of(number: int, codes: Mapping[int, str]) -> str:
    """The number format of that number; ``codes`` are the workbook's own."""
    return codes.get(number) or _BUILT_IN.get(number, "General")


def forms(codes: Mapping[int, str], styles: Sequence[int]) -> list[str]:
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
