"""Which of two files of a unit is the newer.

What decides which of two files is the newer, in this order: a version named in the file name (修改版, 第二稿, v3 …);
the day named in the file name, or where it names none the day on which the workbook itself says it was last saved
(copying does not change it); the time of that saving; the file's own time; the path. Times of copying therefore decide
only where neither the office nor the workbook says anything.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from flows.read import chinese_numeral

_FINAL = re.compile(r"最终|终稿|定稿|正式版")
_REVISED = re.compile(
    r"修改意见|修改|修订|修正|更正|订正|更新|新版|最新|重新报送|重新|重报|补正|改后|改好|调整"
    r"|(?<![一-鿿])新(?![一-鿿])|(?<!高)新$|(?<!整)改$|(?<=[（(【\[\-_])改(?=[）)】\]])"
)
_SUPPLEMENT = re.compile(r"补充|增补|追加|新增")
_NUMBER = re.compile(
    r"[vV]\s*(\d{1,2}(?:\.\d{1,2})?)|第([一二三四五六七八九十\d]{1,2})[版稿次]|[（(](\d{1,2})[)）]|[改版稿](\d{1,2})"
)
_MONTH, _DAY = r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>3[01]|[12]\d|0?[1-9])"
_APART = r"\s*[-_.．/年月\s]\s*"
_DATE = re.compile(rf"(?<!\d)(?P<year>20\d\d|1[89]|2\d){_APART}{_MONTH}{_APART}{_DAY}[日号]?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2})年?(?P<month>0[1-9]|1[0-2])月?(?P<day>0[1-9]|[12]\d|3[01])日?(?!\d)")
_MONTH_DAY = re.compile(rf"(?<!\d){_MONTH}月\s*{_DAY}[日号]?(?!\d)")
DOTTED = re.compile(rf"(?<![\d.vV]){_MONTH}[.．]{_DAY}[日号]?(?![\d.])")
_DAYS = (_DATE, _COMPACT, _MONTH_DAY)
_NOISE = re.compile(r"副本|版本?|稿|[\s\-—_.·()（）【】\[\]+]+")


@dataclass(frozen=True)
class Version:
    """One file of a unit, as far as its age can be told; ``saved`` and ``modified`` as in :class:`schemas.tables.Ages`.

    ``dotted``: another file of the unit has such a day without a year in its name too, so 11.5 is a day.
    """

    path: str
    saved: str = ""
    modified: float = 0.0
    dotted: bool = False

    @cached_property
    def age(self) -> tuple[float, str, str, float, str]:
        """The later, the greater: stage named, day named or of saving, time of saving, file time, path."""
        stem = PurePosixPath(self.path).stem
        stage = _stage(_without_days(stem, dotted=self.dotted))
        day = _day_named(self.path, dotted=self.dotted)
        return stage, day or self.saved[:10], self.saved, self.modified, self.path

    @cached_property
    def base(self) -> str:
        """The file's name without folder, version, date and copy marks."""
        stem = _without_days(PurePosixPath(self.path).stem, dotted=True)
        for mark in (_NUMBER, _FINAL, _REVISED, _NOISE):
            stem = mark.sub("", stem)
        return stem

    @property
    def supplement(self) -> bool:
        """Whether the name says that it adds to another file."""
        return bool(_SUPPLEMENT.search(PurePosixPath(self.path).stem))


def _day_named(path: str, *, dotted: bool = False) -> str:
    """The day in the file's name, ISO; empty where it names none. Without a year: the plan's, or after June the one
    before it, since offices file from autumn on. ``dotted``: 11.5 is such a day."""
    plan, stem = PurePosixPath(path).parts[0], unicodedata.normalize("NFKC", PurePosixPath(path).stem)
    found = next((date for form in _DAYS if (date := form.search(stem))), None)
    found = found or (DOTTED.search(stem) if dotted else None)
    if found is None:
        return ""
    month, year = int(found["month"]), found.groupdict().get("year")
    if year is None and not plan.isdecimal():
        return ""
    full = f"20{year[-2:]}" if year else str(int(plan) - (month > 6))
    return f"{full}-{month:02}-{int(found['day']):02}"


def _without_days(stem: str, *, dotted: bool) -> str:
    """A file's name without the days in it, those without a year too where they are ``dotted``."""
    stem = unicodedata.normalize("NFKC", stem)
    for form in (*_DAYS, *((DOTTED,) if dotted else ())):
        stem = form.sub("", stem)
    return stem


def _stage(stem: str) -> float:
    """1 for a first version, 2 and more for later ones, 50 and more for what is called final."""
    numbers = [float(n if n[0].isdigit() else chinese_numeral(n) or 1) for n in _first(_NUMBER.findall(stem))]
    stage = max([1.0, *numbers])
    if _REVISED.search(stem):
        stage += 1
    return stage + 50 if _FINAL.search(stem) else stage


def _first(found: Iterable[tuple[str, ...]]) -> list[str]:
    return [next(part for part in groups if part) for groups in found]
