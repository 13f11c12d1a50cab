"""What a cell means as a day, or as the first and the last day of a stay."""

import re
import unicodedata
from datetime import date, timedelta

from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import fold, plain
from flows.read.values.numbers import chinese_numeral, two_readings

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_YEARS = range(1990, 2051)
SERIALS = range(32874, 73050)
"""Serial days (1900 system) that stand for days from 1990 to 2099."""

_MONTHS = dict(
    zip(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], range(1, 13), strict=True)
)
_HEISEI = 1988
_ERAS = {"民国": 1911, "民國": 1911, "平成": _HEISEI, "令和": _HEISEI + 30}
"""Era → the year before its first; 令和元年 is 平成31年."""

_ERA = re.compile(r"(民国|民國|令和|平成)\s*(元|\d{1,3}|[一二三四五六七八九十〇零百]{1,5})\s*年")
_PRINTED = re.compile(
    r"^\s*[A-Z][a-z]{2}\s+(?P<month>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+\d{1,2}:\d{2}:\d{2}\s+(?:[A-Z]{2,4}|GMT\S+)\s+(?P<year>\d{4})\s*$"
)
_CAPITAL = re.compile("[壹贰叁肆伍陆柒捌玖拾](?=.*[年月日])|曰$")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾曰", "一二三四五六七八九十日")
_NUMERALS = "零一二三四五六七八九〇○十廿卅"
_ZERO = re.compile(
    r"(?<=[一二三四五六七八九])[0o](?=[0o一二三四五六七八九年])|(?<=[一二三四五六七八九][0o])[0o](?=[0o一二三四五六七八九年])"
)
_WRITTEN = re.compile(rf"[{_NUMERALS}]+(?=[年月日号])")
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
_NOTE = re.compile(r"\([^()]*[^\d()./-][^()]*\)")
_VAGUE = re.compile(
    r"(?:左右|前后|暂定|初定|拟定|预计|计划|约|拟|出境|入境|出发|返回|离境|抵达|回国|起|止|开始|结束|以前)|^[:自从]+|[.。;,、]+$"
)
_PARTED = re.compile(r"[-./月]\d{1,2}\s+\d{1,2}$")
_HALF = r"(?:上午|下午|中午|正午|晚上|凌晨|早上|早晨|傍晚|夜间|早|晚|[ap]\.?m\.?(?![a-z]))"
_CLOCK = re.compile(
    rf"(?:(?<=\d)t|(?<=[日号])\s*|(?<=\d)\s+)(?:{_HALF}\s*)?\d{{1,2}}"
    r"(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?|[时点](?:半|整|\d{1,2}(?:分(?:\d{1,2}秒?)?)?)?)"
    rf"(?:z|\+\d{{2}}:?\d{{2}}|\s*{_HALF})?(?![\d:])"
    rf"|(?<=[\d日号])\s*{_HALF}"
)
"""A time of day behind a day, while blanks still part the two: without them 3/1 50:00 and 3/15 0:00 are alike."""

_FULL = re.compile(r"^(\d{4})(?:年|[-./\\、,_~—–])(\d{1,2})(?:月|[-./\\、,_~—–])(\d{1,2})[日号]?$")
_SHORT_YEAR = re.compile(r"^['‘’`]?(\d{2})年(\d{1,2})月(\d{1,2})[日号]?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\.0|0{6})?$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})[日号]?$")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})日?$")
_EITHER = re.compile(r"^(\d{1,2})\.(\d)或\d{1,2}\.\d0$")
_SLASHED = re.compile(r"^(\d{1,2})[-/](\d{1,2})$")
_THREE = re.compile(r"^['‘’]?(\d{1,2})([-./])(\d{1,2})\2(\d{1,4})$")
_ENGLISH = re.compile(
    r"^(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[-./ ]?(?P<m1>[a-z]{3,9})[-./, ]?(?P<y1>\d{4}|\d{2})"
    r"|(?P<m2>[a-z]{3,9})[-./ ]?(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?[-./ ]?(?P<y2>\d{4})"
    r"|(?P<d4>\d{1,2})[-./ ]?(?P<m4>[a-z]{3})"
    r"|(?P<y3>\d{4})[-./ ]?(?P<m3>[a-z]{3,9})[-./ ]?(?P<d3>\d{1,2}))$"
)
_FULL_STOP = re.compile(r"(?<=\d)[。．·](?=\d)")
_DAYS_IN_ALL = re.compile(
    rf"[(,;、]?(?:(?:共计|共|计|为期|历时|合计|总计)(?:\d{{1,3}}|[{_NUMERALS}百]+)(?:天|个?日)|(?:(?<=日)|(?<=[,;、(]))\d{{1,3}}天)[)]?$"
)
_SIDE_BY_SIDE = re.compile(
    r"(?<=[\d日号])[\s\u00a0]*\n\s*(?=\d)|(?<=[\d日号])[ \u00a0\u3000]+(?=\d{4}\D)|(?<=\d)/(?=\d{4}[-.年])"
)
_DAY_TOKEN = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{4}\d{2}\d{2}|\d{1,2}月\d{1,2}日?")
_DAYS_SAID = re.compile(rf"(?<![\d月.\-/])(\d{{1,3}}|[{_NUMERALS}百]{{1,5}})\s*天")
_BETWEEN = re.compile(r"(?:--+|—+|–+|―+|~+|至|到|→|⟶|->|起至|-|﹣|−|\||∼|〜|迄)")


def day(text: str, year: int) -> date | Unclear | None:
    """The day that ``text`` says; without a year that of ``year``; None where it says none."""
    spaced = _without_time(_in_our_years(text)).strip()
    folded = _unwritten(_FULL_STOP.sub(".", fold(spaced)))
    if not folded or _PARTED.search(spaced):
        return None
    found = _day(folded, year)
    return _or_in_brackets(_day(_VAGUE.sub("", _NOTE.sub("", folded)), year), folded, year) if found is None else found


def _in_our_years(text: str) -> str:
    """A day with its year as we count them: 民国109年, 令和2年; and as programs print it: Mon Jun 29 00:00:00 CST 2020."""
    if printed := _PRINTED.match(text):
        return f"{printed['day']}-{printed['month']}-{printed['year']}"
    if era := _ERA.search(text):
        said = chinese_numeral(era[2].translate(_CAPITALS)) if not era[2].isdecimal() else era[2]
        year = 1 if era[2] == "元" else said
        text = text if year is None else _ERA.sub(f"{_ERAS[era[1]] + int(year)}年", text, count=1)
    return text.translate(_CAPITALS) if _CAPITAL.search(text) else text


def _or_in_brackets(found: date | Unclear | None, folded: str, year: int) -> date | Unclear | None:
    """3月15日（3月16日）: a note may name another day."""
    if not isinstance(found, date):
        return found
    inside = (_day(_VAGUE.sub("", note[1:-1]), year) for note in _NOTE.findall(folded))
    days = dict.fromkeys((found, *(day for day in inside if isinstance(day, date))))
    return found if len(days) == 1 else Unclear(tuple(map(written, days)))


def either(month: str, digit: str) -> str:
    """What is put for a number like 3.1 that may be 3.10 as well, for :func:`day` to read."""
    return f"{month}.{digit}或{month}.{digit}0"


def period(text: str, year: int) -> tuple[str, str] | None:
    """The two ends of a stay written in one cell, each as :func:`day` reads it; None where the cell holds no two days."""
    folded = _DAYS_IN_ALL.sub("", _unwritten(fold(_SIDE_BY_SIDE.sub("~", _without_time(text)))))
    folded = _NOTE.sub("", folded).strip("()（）,;。、")
    if _day(folded, year) is not None:
        return None
    for between in _BETWEEN.finditer(folded):
        first, last = folded[: between.start()], folded[between.end() :]
        ends = _ends(_bare(first), _bare(last), year)
        if ends:
            return ends
    said = _DAY_TOKEN.findall(folded)
    return _ends(said[0], said[1], year) if len(said) == 2 else None


def two_days(text: str, year: int) -> Unclear | None:
    """The first and the last day of a stay, where one day is asked for."""
    ends = period(text, year)
    return Unclear(ends, several=True) if ends else None


def days_in_all(text: str) -> str | None:
    """How many days a stay written in one cell says that it takes, if it does: 2020.3.5-3.25（共21天） → 21."""
    found = _DAYS_SAID.search(unicodedata.normalize("NFKC", text))
    return found[1] if found else None


def serial(number: float, *, epoch_1904: bool = False) -> date:
    """The day of a serial number of a spreadsheet."""
    return (EPOCH_1904 if epoch_1904 else EPOCH_1900) + timedelta(days=int(number))


def written(value: date) -> str:
    """The day as an official writes it."""
    return f"{value.year}年{value.month}月{value.day}日"


def _without_time(text: str) -> str:
    """``text`` in compatible forms, its blanks kept, without weekdays and times of day."""
    spaced = unicodedata.normalize("NFKC", plain(text)).lower()
    return _CLOCK.sub("", _WEEKDAY.sub(" ", spaced)) if not spaced.isdecimal() else spaced


def _unwritten(folded: str) -> str:
    """Chinese numerals before 年, 月 and 日 as digits; 二0二0 has zeros among them."""
    folded = _ZERO.sub("〇", folded)

    def digits(match: re.Match[str]) -> str:
        left_open = match.string[match.end()] != "年" and two_readings(match[0])
        number = None if left_open else chinese_numeral(match[0])
        return match[0] if number is None else str(number)

    return _WRITTEN.sub(digits, folded) if "月" in folded or "年" in folded else folded


def _bare(end: str) -> str:
    return _VAGUE.sub("", end.strip("()（）,;。、"))


def _day(text: str, year: int) -> date | Unclear | None:
    if found := _FULL.match(text) or _COMPACT.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT_YEAR.match(text):
        return _date(2000 + int(found[1]), int(found[2]), int(found[3]))
    if found := _SERIAL.match(text):
        return serial(int(found[1])) if int(found[1]) in SERIALS else None
    if found := _MONTH_DAY.match(text):
        return _date(year, int(found[1]), int(found[2]))
    if found := _DOTTED.match(text):
        return _date(year, int(found[1]), int(found[2]))
    if found := _EITHER.match(text):
        month, digit = int(found[1]), int(found[2])
        return _one_or_unclear(_date(year, month, digit), _date(year, month, 10 * digit))
    if found := _SLASHED.match(text):
        first, second = int(found[1]), int(found[2])
        return _one_or_unclear(_date(year, first, second), _date(year, second, first))
    if found := _THREE.match(text):
        return _three(int(found[1]), int(found[3]), found[4])
    if found := _ENGLISH.match(text):
        return _english(found, year)
    return None


def _three(first: int, second: int, third: str) -> date | Unclear | None:
    """3/4/2020 and 20-3-5: which number is the year, the month and the day is not said."""
    if len(third) == 4:
        return _one_or_unclear(_date(int(third), first, second), _date(int(third), second, first))
    if len(third) > 2:
        return None
    last = int(third)
    return _one_or_unclear(
        _date(2000 + first, second, last), _date(2000 + last, first, second), _date(2000 + last, second, first)
    )


def _english(found: re.Match[str], year: int) -> date | None:
    parts = {name[0]: value for name, value in found.groupdict().items() if value}
    month = _MONTHS.get(parts["m"][:3])
    full = int(parts.get("y", year))
    full += 2000 if len(parts.get("y", "")) == 2 else 0
    return _date(full, month, int(parts["d"])) if month else None


def _one_or_unclear(*readings: date | None) -> date | Unclear | None:
    """The one reading that is a day, all of them where there are several, near years first."""
    days = list(dict.fromkeys(reading for reading in readings if reading is not None and reading.year in _YEARS))
    if len(days) <= 1:
        return days[0] if days else None
    return Unclear(tuple(written(reading) for reading in days))


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def _ends(first: str, last: str, year: int) -> tuple[str, str] | None:
    """Two ends, the second with what it leaves out taken from the first."""
    start = None if re.match(r"^\d{1,2}-\d{1,2}$", first) else _day(first, year)
    if start is None:
        return None
    if isinstance(start, Unclear):
        return (first, last) if _day(last, year) is not None else None
    if found := re.match(r"^(\d{1,2})[日号]?$", last):
        end: date | Unclear | None = _date(start.year, start.month, int(found[1]))
    else:
        end = _day(last, start.year)
        said_year = re.match(r"^['‘’]?\d{4}|^\d{2}年", last)
        if isinstance(end, date) and not said_year and end < start and not _SERIAL.match(last):
            end = _date(start.year + 1, end.month, end.day)
    if end is None:
        return None
    return written(start), written(end) if isinstance(end, date) else last
