"""Which column is which: what a title on paper means, exactly, by a synonym, or by likeness when nothing else fits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from flows.read.values.characters import fold
from schemas.columns import FILING, PARTICIPANT
from schemas.titles import Names, TitleWords, load_titles

FILINGS, PARTICIPANTS = "filing", "participant"
"""The two kinds of table; a title may mean something in both."""

STRONG, WEAK = 2, 1
LONGEST_TITLE = 45
LIKE_ENOUGH, CLEARLY = 74.0, 6.0
"""Least likeness (rapidfuzz ratio, 0 to 100) of an unknown title, and least distance to the next best."""

_DECORATION = re.compile(r"[\s*※★☆●▲△◆◇■□_#:：;；。.,，、/\\|“”\"'‘’《》<>·\-—–~～!！?？+]+")
_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.．]|\(?\d{1,2}[).、．](?!\d)|[①-⑳]|[a-z][.、)])")
_BRACKETED = re.compile(r"[(\[【〔〈{][^()\[\]【】〔〕〈〉{}]*[)\]】〕〉}]")
_BRACKETS = re.compile(r"[()\[\]【】〔〕〈〉{}]")
_UNIT_TAIL = re.compile(r"(?:单位)?(?:万元|千元|元|人民币|人次|人|天|日|年月日|必填|选填|是否|下拉选择|请选择)+$")
_ANOTHER_THING = re.compile(  # what a title that is like a known one may be about instead
    "审核|意见|说明|备注|状态|负责人|电话|日期|时间|人数|金额|比例|科目|来源|外方|上年|去年|人均|单价|编号|级别|性质|职务|批复|执行"
)
_LATIN = re.compile(r"[a-z]+")
_MONEY = re.compile(r"(万元|千元|亿元|元)")


@dataclass(frozen=True)
class Claim:
    """A column of a table that a title may mean; ``strength`` is STRONG for a name, WEAK for a vague one."""

    column: str
    strength: int


def is_strong(meant: dict[str, tuple[Claim, ...]]) -> bool:
    """Whether a title is a name of some field, not only a vague word."""
    return any(claim.strength == STRONG for claims in meant.values() for claim in claims)


class Titles:
    """The titles that offices use, to be asked about one cell at a time; what was asked once is remembered."""

    def __init__(self, words: TitleWords) -> None:
        """Know ``words``."""
        self._claims: dict[str, dict[str, tuple[Claim, ...]]] = {FILINGS: {}, PARTICIPANTS: {}}
        self._like: dict[str, list[tuple[str, str]]] = {FILINGS: [], PARTICIPANTS: []}
        own = {FILINGS: {c.name: c.title for c in FILING}, PARTICIPANTS: {c.name: c.title for c in PARTICIPANT}}
        self._own = {table: {name: title_key(title) for name, title in titles.items()} for table, titles in own.items()}
        for table, names in ((FILINGS, words.filing), (PARTICIPANTS, words.participant)):
            self._learn(table, names, own[table])
        self._foreign = {title_key(word) for word in words.foreign}
        self.unit_labels = tuple(fold(label) for label in words.unit_labels)
        self.other_sheets = frozenset(fold(name) for name in words.other_sheets)
        self._asked: dict[str, dict[str, tuple[Claim, ...]]] = {}
        self.headers_seen: dict[tuple[object, ...], Any] = {}

    def claims(self, title: str) -> dict[str, tuple[Claim, ...]]:
        """What ``title`` may mean, by kind of table; empty where it is no title that is known."""
        known = self._asked.get(title)
        if known is None:
            known = self._ask(title)
            if len(self._asked) > 50_000:
                self._asked.clear()
            self._asked[title] = known
        return known

    def is_foreign(self, title: str) -> bool:
        """Whether ``title`` is known to mean none of the columns."""
        return any(key in self._foreign for key in _keys(title))

    def likest(self, table: str, title: str, columns: Iterable[str]) -> str | None:
        """The one of ``columns`` whose titles ``title`` is plainly like; None where none is, or two are."""
        key = title_key(_BRACKETED.sub("", fold(title)))
        wanted = set(columns)
        if len(key) < 3 or len(key) > LONGEST_TITLE or self.is_foreign(title):
            return None
        best: dict[str, float] = {}
        others = _ANOTHER_THING.findall(key)
        for column, name in self._like[table]:
            if column in wanted and all(other in name for other in others):
                best[column] = max(best.get(column, 0.0), fuzz.ratio(key, name), _beginning(key, name))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < LIKE_ENOUGH:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= CLEARLY else None

    def _learn(self, table: str, names: dict[str, Names], own: dict[str, str]) -> None:
        claims: dict[str, dict[str, int]] = {}
        for column, called in names.items():
            for name in called.weak:
                claims.setdefault(title_key(name), {}).setdefault(column, WEAK)
            for name in called.names:
                claims.setdefault(title_key(name), {})[column] = STRONG
                self._like[table].append((column, title_key(name)))
        for column, title in own.items():
            if title_key(title) not in claims or column not in claims[title_key(title)]:
                claims.setdefault(title_key(title), {})[column] = STRONG
        self._claims[table] = {
            key: tuple(Claim(column, strength) for column, strength in meant.items()) for key, meant in claims.items()
        }

    def is_unit_label(self, text: str) -> bool:
        """Whether ``text`` stands before the unit that files."""
        return _BRACKETED.sub("", fold(text)).strip(":*") in self.unit_labels

    def is_own(self, table: str, column: str, title: str) -> bool:
        """Whether ``title`` is the template's own for ``column``."""
        return title_key(title) == self._own[table].get(column)

    def _amount_meant(self, title: str, meant: dict[str, tuple[Claim, ...]]) -> dict[str, tuple[Claim, ...]]:
        """因公出国（境）经费预算（万元） is an amount, not 是 or 否."""
        asked = any(claim.column == "budgeted" for claims in meant.values() for claim in claims)
        return {FILINGS: (Claim("budget", STRONG),)} if asked and money_unit(title) else meant

    def _ask(self, title: str) -> dict[str, tuple[Claim, ...]]:
        if len(title) > LONGEST_TITLE:
            return {}
        for key in _keys(title):
            meant = {table: claims[key] for table, claims in self._claims.items() if key in claims}
            if meant:
                return self._amount_meant(title, meant)
        return {}


@cache
def known_titles() -> Titles:
    """The titles of ``schemas/titles/``."""
    return Titles(load_titles())


@lru_cache(maxsize=10_000)
def title_key(title: str) -> str:
    """A title for comparing: folded, without blanks, decoration and brackets."""
    return _BRACKETS.sub("", _DECORATION.sub("", fold(title)))


def _beginning(key: str, name: str) -> float:
    """Likeness of a title that begins or ends with a known one and adds little."""
    if len(name) < 4 or len(name) * 2 < len(key) or not (key.startswith(name) or key.endswith(name)):
        return 0.0
    return 80.0 + len(name)


def money_unit(title: str) -> str | None:
    """The unit of money that a title or a note names: 万元, 千元, 元; None where it names none."""
    found = _MONEY.findall(fold(title))
    return found[-1] if found else None


def _keys(title: str) -> Iterable[str]:
    """The title as it stands, then without what is in brackets, without its number, without its unit."""
    folded = fold(title)
    yield title_key(folded)
    bare = _BRACKETED.sub("", folded)
    if bare != folded:
        yield title_key(bare)
    unnumbered = _NUMBERING.sub("", bare)
    if unnumbered != bare:
        yield title_key(_NUMBERING.sub("", folded))
        yield title_key(unnumbered)
    key = title_key(unnumbered)
    without_unit = _UNIT_TAIL.sub("", key)
    if without_unit != key and without_unit:
        yield without_unit
    without_latin = _UNIT_TAIL.sub("", _LATIN.sub("", key))
    if without_latin not in ("", key):
        yield without_latin
