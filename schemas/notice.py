"""The year's notice as data: ``schemas/notices/<year>.toml``, loaded and checked.

The file is meant to be read and changed by an official: every number, vocabulary, word list and severity of the notice
stands there, nothing of it in code. What is wrong in it is said in Chinese with the file and the line.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from schemas.errors import NoticeError
from schemas.words import LEVELS, NATURES, SEVERITIES

NOTICES = Path(__file__).parent / "notices"

VOCABULARIES = ("priority_class", "training_type", "funding_source", "expert_review", "green_channel")
KINDS = {"auto": "程序判断", "assist": "程序提示", "count": "统计比例", "person": "人判断"}
"""How a clause is looked after, and what an official reads for it."""

Place = tuple[str | int, ...]
"""Where something stands in the file: table, number in a list, key."""

Word = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]
"""A word that can be matched: an empty one would be found in everything."""

Words = tuple[Word, ...]
Positive = Annotated[int, Field(gt=0)]
NotNegative = Annotated[int, Field(ge=0)]
Severity = Literal["prohibit", "return", "hold", "advise"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Part):
    """The notice's numbers (people, days, characters, 万元, shares); the file says what each is for."""

    headcount: Positive
    days_least: Positive
    days_most: Positive
    long_term_over: Positive
    travel_days: NotNegative
    departure_years: NotNegative
    necessity_characters: NotNegative
    content_characters: NotNegative
    title_characters: NotNegative
    split_within_days: NotNegative
    execution_rate: Annotated[float, Field(ge=0, le=1)]
    outlier_filings: Annotated[int, Field(ge=3)]
    outlier_score: Annotated[float, Field(gt=0)]
    outlier_times: Annotated[float, Field(ge=1)]
    total_tolerance: Annotated[float, Field(ge=0)]


class Meanings(_Part):
    """Which words of the form and of 单位名录 a rule means when it says "specialist" or "provincial"."""

    priority_called: Words
    key_called: Words
    political_types: Words
    managing_types: Words
    specialist_types: Words
    formal_types: Words
    government_agreement: Words
    central_funding: Words
    review_rejected: Words
    review_pending: Words
    provincial_levels: Words
    local_levels: Words
    county_levels: Words
    organisation_departments: Words
    organs: Words
    societies: Words
    universities: Words
    collecting_systems: Words
    fieldless_systems: Words


class Form(_Part):
    """How cells are filled in: words that say nothing, and the patterns of a telephone number."""

    says_nothing: Words
    phones: Words


class ClassCondition(_Part):
    """What a priority class asks of a filing, as far as columns show it; an empty condition asks nothing."""

    name: Word
    clause: Word
    says: str
    types: Words = ()
    levels: Words = ()
    long_term: bool = False

    @property
    def type_names(self) -> str:
        """The training types, as an official lists them."""
        return "、".join(self.types)


class Reserved(_Part):
    """A field that the ministries file for (二（三）3): ``words`` in a theme, or ``alone`` as a whole theme, unless within
    ``not_in``; ``hold``, and words within it, a person judges, for ``reason``. ``systems`` and ``organisers`` (parts of a
    name) are the units of the field."""

    domain: Word
    alone: Words = ()
    words: Words
    not_in: Words
    hold: Words
    reason: str
    systems: Words
    organisers: Words


class Unified(_Part):
    """A field that the provincial department of one of ``systems`` files for (二（三）4)."""

    theme: Word
    words: Words
    not_in: Words
    systems: Words


class Theme(_Part):
    """A theme by ``name`` or ``also``, and the systems whose business it is (一（三）)."""

    name: Word
    also: Words
    systems: Words


class Sightseeing(_Part):
    """Words of visits without substance, phrases in which they mean something else, and words that deny them: those of
    ``near`` only what follows at once, or after a few words of ``between``. ``no_denial`` are phrases in which such a word
    denies nothing."""

    words: Words
    not_in: Words
    negations: Words
    near: Words
    between: Words
    no_denial: Words


class TitleWords(_Part):
    """Words of a title that name no subject, and phrases made of them that do."""

    noise: Words
    subject: Words


class Clause(_Part):
    """One clause: its number, in short words what it says, how it is looked after and, where no rule does, why.

    ``formerly`` is the number by which the rules know it, where the year's notice numbers it anew.
    """

    number: Word
    says: str
    kinds: Annotated[tuple[Literal["auto", "assist", "count", "person"], ...], Field(min_length=1)]
    why: str | None = None
    formerly: str | None = None
    active: bool = True

    @property
    def known_as(self) -> str:
        """The number by which the rules know the clause."""
        return self.formerly or self.number


class Notice(_Part):
    """The notice of ``year``: ``vocabularies`` by name, each word in the order of the form; the rest as the file says."""

    year: int
    title: Word
    vocabularies: dict[str, Words]
    limits: Limits
    meanings: Meanings
    form: Form
    classes: tuple[ClassCondition, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    unified: tuple[Unified, ...] = ()
    sightseeing: Sightseeing
    title_words: TitleWords
    systems: dict[Word, Words]
    theme_endings: Words = ()
    themes: tuple[Theme, ...]
    severities: dict[str, Severity]
    clauses: tuple[Clause, ...]
    _lines: dict[Place, int] = PrivateAttr(default_factory=dict)

    @property
    def class_names(self) -> str:
        """The priority classes, as an official lists them."""
        return "、".join(self.vocabularies["priority_class"])

    @cached_property
    def clause_of(self) -> dict[str, Clause]:
        """The clauses by the number that the rules know."""
        return {clause.known_as: clause for clause in self.clauses}

    @cached_property
    def system_names(self) -> dict[str, str]:
        """Every name of a system → the name by which systems are compared."""
        return {name: system for system, also in self.systems.items() for name in (*also, system)}

    @cached_property
    def theme_systems(self) -> dict[str, Words]:
        """Every name of a theme → the systems whose business it is."""
        return {name: theme.systems for theme in self.themes for name in (*theme.also, theme.name)}

    def wrong(self, found: Iterable[tuple[Place, str]]) -> NoticeError:
        """What does not fit, as an error that names the file and each line."""
        return NoticeError(_report(f"{self.year}.toml", self._lines, [*found]))


def load_notice(year: int, folder: Path = NOTICES) -> Notice:
    """The notice of ``year``.

    Raises:
        NoticeError: there is none, or it is not as it must be; names the file and the line.
    """
    path = folder / f"{year}.toml"
    if not path.is_file():
        known = "、".join(sorted(p.stem for p in folder.glob("[0-9]*.toml")))
        raise NoticeError(f"没有 {year} 年的通知规则文件 {path.name}；现有年份：{known}。")
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise NoticeError(f"通知规则文件 {path.name} 不是 UTF-8 编码，请用记事本另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        raise NoticeError(f"通知规则文件 {path.name} 读不懂：{_unparsed(str(error), text)}。") from error
    lines = _lines(text)
    try:
        notice = Notice.model_validate(data)
    except ValidationError as error:
        found = [(one["loc"], _said(one)) for one in error.errors()]
        raise NoticeError(_report(path.name, lines, found)) from error
    if wrong := [*_contradictions(notice, year)]:
        raise NoticeError(_report(path.name, lines, wrong))
    notice._lines.update(lines)
    return notice


def _contradictions(notice: Notice, year: int) -> Iterator[tuple[Place, str]]:
    """What each part by itself does not show: words that no vocabulary has, lists that do not fit together."""
    if notice.year != year:
        yield ("year",), f"年份写的是 {notice.year}，文件名是 {year}"
    for name in (name for name in VOCABULARIES if not notice.vocabularies.get(name)):
        yield ("vocabularies", name), f"缺少词表 {name}，或其中没有词"
    if notice.limits.days_least > notice.limits.days_most:
        yield ("limits", "days_least"), f"天数下限 {notice.limits.days_least} 大于上限 {notice.limits.days_most}"
    yield from _unknown_words(notice)
    yield from _unknown_units(notice)
    yield from _held_without_reason(notice)
    yield from _unknown_systems(notice)
    yield from _said_twice(notice)
    yield from _broken_patterns(notice)
    yield from _clauses_without(notice)


def _unknown_words(notice: Notice) -> Iterator[tuple[Place, str]]:
    types = ("political_types", "managing_types", "specialist_types", "formal_types")
    meant = dict.fromkeys(types, "training_type") | {
        "government_agreement": "green_channel",
        "central_funding": "funding_source",
        "review_rejected": "expert_review",
        "review_pending": "expert_review",
    }
    for key, vocabulary in meant.items():
        for word in getattr(notice.meanings, key):
            if word not in notice.vocabularies.get(vocabulary, ()):
                yield ("meanings", key), f"“{word}”不在词表 {vocabulary} 中"
    numbers = {clause.known_as for clause in notice.clauses}
    for place, condition in enumerate(notice.classes):
        if condition.name not in notice.vocabularies.get("priority_class", ()):
            yield ("classes", place, "name"), f"“{condition.name}”不在词表 priority_class 中"
        for word in condition.types:
            if word not in notice.vocabularies.get("training_type", ()):
                yield ("classes", place, "types"), f"“{word}”不在词表 training_type 中"
        if condition.clause not in numbers:
            yield ("classes", place, "clause"), f"条款 {condition.clause} 不在条款表 [[clauses]] 中"


def _held_without_reason(notice: Notice) -> Iterator[tuple[Place, str]]:
    for place, field in enumerate(notice.reserved):
        if field.hold and not field.reason.strip():
            yield ("reserved", place, "reason"), "有 hold 的词语，应写明为什么需要人工判断"


def _unknown_units(notice: Notice) -> Iterator[tuple[Place, str]]:
    """Levels and natures of units that 单位名录 does not have."""
    lists: list[tuple[Place, Words, tuple[str, ...]]] = [
        (("meanings", key), getattr(notice.meanings, key), LEVELS)
        for key in ("provincial_levels", "local_levels", "county_levels")
    ]
    lists += [
        (("meanings", key), getattr(notice.meanings, key), NATURES)
        for key in ("organisation_departments", "organs", "societies", "universities")
    ]
    lists += [(("classes", place, "levels"), one.levels, LEVELS) for place, one in enumerate(notice.classes)]
    for where, words, known in lists:
        for word in words:
            if word not in known:
                yield where, f"“{word}”不是单位名录里的词，应为 {'、'.join(known)} 之一"


def _unknown_systems(notice: Notice) -> Iterator[tuple[Place, str]]:
    lists: list[tuple[Place, Words]] = [
        (("meanings", key), getattr(notice.meanings, key)) for key in ("collecting_systems", "fieldless_systems")
    ]
    for table in ("reserved", "unified", "themes"):
        lists += [((table, place, "systems"), one.systems) for place, one in enumerate(getattr(notice, table))]
    for where, systems in lists:
        for system in systems:
            if system not in notice.system_names:
                yield where, f"系统“{system}”不在系统表 [systems] 中"


def _said_twice(notice: Notice) -> Iterator[tuple[Place, str]]:
    """Names of themes and systems, of which only the last would count."""
    themes: set[str] = set()
    for place, theme in enumerate(notice.themes):
        for key, names in (("name", (theme.name,)), ("also", theme.also)):
            for name in names:
                if name in themes:
                    yield ("themes", place, key), f"培训领域“{name}”写了两次"
                themes.add(name)
    known: set[str] = set()
    for system, also in notice.systems.items():
        for name in (system, *also):
            if name in known:
                yield ("systems", system), f"系统“{name}”写了两次"
            known.add(name)


def _broken_patterns(notice: Notice) -> Iterator[tuple[Place, str]]:
    for pattern in notice.form.phones:
        try:
            re.compile(pattern)
        except re.error as error:
            place = "" if error.pos is None else f"，问题在第 {error.pos + 1} 个字符附近"
            yield ("form", "phones"), f"正则表达式 {pattern} 写法不对{place}"


def _clauses_without(notice: Notice) -> Iterator[tuple[Place, str]]:
    numbers = [clause.number for clause in notice.clauses]
    known = [clause.known_as for clause in notice.clauses]
    for place, clause in enumerate(notice.clauses):
        if numbers.index(clause.number) != place:
            yield ("clauses", place, "number"), f"条款 {clause.number} 写了两次"
        elif known.index(clause.known_as) != place:
            where = "formerly" if clause.formerly else "number"
            yield (
                ("clauses", place, where),
                f"条款 {clause.known_as} 已经是第 {known.index(clause.known_as) + 1} 条的原编号",
            )
        if {"count", "person"} & set(clause.kinds) and not clause.why:
            yield ("clauses", place, "kinds"), f"条款 {clause.number} 没有规则逐项核对，应写明为什么（why）"


_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认得这一项，名称可能写错",
    "greater_than": "应大于 {gt}，现为 {input}",
    "greater_than_equal": "不应小于 {ge}，现为 {input}",
    "less_than_equal": "不应大于 {le}，现为 {input}",
    "int_type": "应为整数，现为“{input}”",
    "int_parsing": "应为整数，现为“{input}”",
    "int_from_float": "应为整数，现为 {input}",
    "float_type": "应为数字，现为“{input}”",
    "float_parsing": "应为数字，现为“{input}”",
    "string_type": "应为文字（加英文双引号），现为 {input}",
    "bool_type": "应为 true 或 false，现为“{input}”",
    "bool_parsing": "应为 true 或 false，现为“{input}”",
    "tuple_type": "应为方括号里的一列词，现为“{input}”",
    "dict_type": "应为一组“名称 = 值”，现为“{input}”",
    "model_type": "应为一组“名称 = 值”，现为“{input}”",
    "too_short": "不能为空",
    "string_pattern_mismatch": "有空的词，或词的前后有空格：“{input}”；请删去多余的引号或空格",
}


def _said(error: Any) -> str:
    shown = {"input": error["input"], **error.get("ctx", {})}
    if error["type"] == "literal_error":
        choices = "、".join(SEVERITIES if error["loc"][0] == "severities" else KINDS)
        return f"“{error['input']}”不认得，应为 {choices} 之一"
    return _MESSAGES.get(error["type"], "不合要求（" + error["msg"] + "）").format_map(shown)


def _report(name: str, lines: dict[Place, int], found: list[tuple[Place, str]]) -> str:
    told = [f"{_where(place, lines)}：{said}" for place, said in found]
    return f"通知规则文件 {name} 有 {len(told)} 处不合要求：" + "；".join(told) + "。"


def _where(place: Place, lines: dict[Place, int]) -> str:
    """``第 12 行 limits.headcount``; the line of the nearest thing around it where it does not stand in the file."""
    shown = ".".join(f"第 {part + 1} 个" if isinstance(part, int) else part for part in place)
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return f"第 {lines[place[:length]]} 行 {shown}"
    return f"全文 {shown}"


_HEADER = re.compile(r"^\s*(\[{1,2})\s*([\w.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""")


def _lines(text: str) -> dict[Place, int]:
    """Where each table and key stands. The parser of TOML does not say, so the lines are read once more for it."""
    found: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = tuple(header[2].split("."))
            if header[1] == "[[":
                found.setdefault(table, number)
                table = (*table, sum(1 for place in found if len(place) == len(table) + 1 and place[:-1] == table))
            found[table] = number
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1] or key[2] or key[3]), number)
    return found


_UNPARSED = {
    "Illegal character": "文字后面缺少英文双引号，或文字里有不能用的字符",
    "Found invalid character": "有不能用的字符",
    "Cannot mutate": "同一部分写了两次",
    "Cannot redefine": "同一部分写了两次",
    "Duplicate inline table key": "同一项写了两次",
    "Invalid initial character": "名称或词的写法不对，应为“名称 = 值”，中文名称要加英文双引号",
    "Invalid date": "日期的写法不对",
    "Invalid hex": "文字里的反斜线请改用单引号括起来的文字",
    "Escaped character": "文字里的反斜线请改用单引号括起来的文字",
    "Expected '\"": "文字后面缺少英文双引号",
    "Invalid value": "值的写法不对，文字要加英文双引号",
    "Unclosed array": "前面的方括号没有关上，或词之间缺少英文逗号",
    "Unclosed inline table": "花括号没有关上",
    "Unterminated string": "文字后面缺少英文双引号",
    "Expected '=' after a key": "缺少等号",
    "Expected ']'": "方括号没有关上",
    "Cannot overwrite a value": "同一项写了两次",
    "Cannot declare": "同一部分写了两次",
    "Expected newline": "一行只能写一项",
    "Unescaped": "文字里的反斜线请改用单引号括起来的文字",
    "Invalid statement": "不是“名称 = 值”的写法",
}
"""What the parser of TOML says, by how it begins, and what an official reads."""


_CHINESE_MARK = re.compile("[“”‘’，＝［］＂]")
_FULL_WIDTH = re.compile("[０-９．]+")
_CAPITALS = re.compile(r"=\s*(?:True|TRUE|False|FALSE|Yes|No|是|否)\b")
_BEGINS_QUOTED = re.compile(r'(?:[^"=]*=)?\s*\[?\s*"')
_QUOTED = re.compile(r"""("[^"]*"|'[^']*'|#.*)""")


def _unparsed(error: str, text: str) -> str:
    said = next((told for begins, told in _UNPARSED.items() if error.startswith(begins)), "写法不对")
    lines = text.splitlines()
    place = re.search(r"\(at line (\d+), column (\d+)\)", error)
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    bare = _QUOTED.sub("", line)
    if mark := _CHINESE_MARK.search(bare):
        said += f"（这一行有中文标点 {mark[0]}，应改用英文标点）"
    elif digit := _FULL_WIDTH.search(bare):
        said = f"数字 {digit[0]} 是全角的，应改用半角"
    elif _CAPITALS.search(bare):
        said = "是和否应写 true、false，全部小写"
    elif line.partition("#")[0].count('"') % 2 and _BEGINS_QUOTED.match(line):
        said = "文字后面缺少英文双引号"
    return f"第 {place[1]} 行第 {place[2]} 列：{said}" if place else f"第 {number} 行末尾不完整：{said}"
