"""Titles: what one title on paper may mean, by the form's own name, by what offices call it, or by likeness to these."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz import fuzz

from flows.read.tables.money_units import money_unit
from flows.read.tables.patterns import Patterns
from flows.read.values.characters import fold
from schemas.form import Form
from schemas.titles import Names, TitleWords

FILINGS, PARTICIPANTS = "filing", "participant"
"""The two kinds of table; a title may mean something in both."""

STRONG, WEAK = 2, 1
LONGEST_TITLE = 45
LIKE_ENOUGH, CLEARLY = 74.0, 6.0
"""Least likeness (rapidfuzz ratio, 0 to 100) of an unknown title, and least distance to the next best."""

_DECORATION = re.compile(r"[\s*※★☆●▲△◆◇■□_#:：;；。.,，、/\\|“”\"'‘’《》<>·\-—–~～!！?？+]+")
_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.．]|\(?\d{1,2}[).、．](?!\d)|[①-⑳]|[a-z][.、)])")
_MARKS = re.compile(r"^[\s*※★☆●▲]+")
_BRACKETED = re.compile(r"[(\[【〔〈{][^()\[\]【】〔〕〈〉{}]*[)\]】〕〉}]")
_TELLING = 6
"""How long a title in brackets is, with them, that says what the words before it do not: 人员类别（培训类型）."""

_BRACKETS = re.compile(r"[()\[\]【】〔〕〈〉{}]")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class TitleMeaning:
    """A column of a table that a title may mean; ``strength`` is STRONG for a name, WEAK for a vague one."""

    column: str
    strength: int


Meanings: TypeAlias = dict[str, tuple[TitleMeaning, ...]]
"""What a title may mean, by kind of table."""


def is_strong(meant: Meanings) -> bool:
    """Whether a title is a name of some field, not only a vague word."""
    return any(meaning.strength == STRONG for meanings in meant.values() for meaning in meanings)


class Titles:
    """The titles that offices use, to be asked about one cell at a time; what was asked once is remembered."""

    def __init__(self, words: TitleWords, form: Form, patterns: Patterns) -> None:
        """Know ``words`` and the titles of the year's ``form``; ``patterns`` tell what in a title says nothing, or another thing."""
        self._tail, self._other_thing = patterns.title_tail, patterns.other_thing
        self._modifier = patterns.title_modifier
        self._telling: dict[str, list[tuple[str, str]]] = {FILINGS: [], PARTICIPANTS: []}
        self._cores: dict[str, dict[str, set[str]]] = {FILINGS: {}, PARTICIPANTS: {}}
        self._meanings: dict[str, Meanings] = {FILINGS: {}, PARTICIPANTS: {}}
        self._like: dict[str, list[tuple[str, str]]] = {FILINGS: [], PARTICIPANTS: []}
        own = {
            FILINGS: {column.name: column.title for column in form.filing},
            PARTICIPANTS: {column.name: column.title for column in form.participant},
        }
        self._own = {table: {name: title_key(title) for name, title in titles.items()} for table, titles in own.items()}
        for table, names in ((FILINGS, words.filing), (PARTICIPANTS, words.participant)):
            self._learn(table, names, own[table])
        self._foreign = {title_key(word) for word in words.foreign}
        self.unit_labels = tuple(fold(label) for label in words.unit_labels)
        self.other_sheets = frozenset(fold(name) for name in words.other_sheets)
        self._asked: dict[str, Meanings] = {}

    def meanings(self, title: str) -> Meanings:
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
        return any(key in self._foreign for key in self._keys(title))

    def likest(self, table: str, title: str, columns: Iterable[str]) -> str | None:
        """The one of ``columns`` whose titles ``title`` is plainly like; None where none is, or two are."""
        key = title_key(_BRACKETED.sub("", _NUMBERING.sub("", fold(title))))
        wanted = set(columns)
        if len(key) < 3 or len(key) > LONGEST_TITLE or self.is_foreign(title):
            return None
        best: dict[str, float] = {}
        others = self._other_thing.findall(key)
        for column, name in self._like[table]:
            if column in wanted and all(other in name for other in others):
                best[column] = max(best.get(column, 0.0), fuzz.ratio(key, name), _beginning(key, name))
        if (same := self._cores[table].get(self._core(key), set())) and len(same) == 1:
            (column,) = same
            return column if column in wanted else None
        told = {column for word, column in self._telling[table] if word in key}
        if len(told) == 1 and told <= wanted and not others:
            return told.pop()
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < LIKE_ENOUGH:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= CLEARLY else None

    def _learn(self, table: str, names: dict[str, Names], own: dict[str, str]) -> None:
        meanings: dict[str, dict[str, int]] = {}
        self._telling[table] = [
            (title_key(word), column) for column, called in names.items() for word in called.telling
        ]
        for column, called in names.items():
            for name in called.weak:
                meanings.setdefault(title_key(name), {}).setdefault(column, WEAK)
            for name in called.names:
                meanings.setdefault(title_key(name), {})[column] = STRONG
                self._like[table].append((column, title_key(name)))
        for column, title in own.items():
            if title_key(title) not in meanings or column not in meanings[title_key(title)]:
                meanings.setdefault(title_key(title), {})[column] = STRONG
        for key, meant in meanings.items():
            if len(core := self._core(key)) > 1:
                self._cores[table].setdefault(core, set()).update(meant)
        self._meanings[table] = {
            key: tuple(TitleMeaning(column, strength) for column, strength in meant.items())
            for key, meant in meanings.items()
        }

    def _core(self, key: str) -> str:
        """What a title is about, without what may stand or not: 拟培训内容 and 主要内容 are 内容."""
        return self._tail.sub("", self._modifier.sub("", key))

    def is_unit_label(self, text: str) -> bool:
        """Whether ``text`` stands before the unit that files."""
        return _BRACKETED.sub("", fold(text)).strip(":*") in self.unit_labels

    def is_own(self, table: str, column: str, title: str) -> bool:
        """Whether ``title`` is the template's own for ``column``."""
        return title_key(title) == self._own[table].get(column)

    def _amount_meant(self, title: str, meant: Meanings) -> Meanings:
        """因公出国（境）经费预算（万元） is an amount, not 是 or 否."""
        asked = any(meaning.column == "budgeted" for meanings in meant.values() for meaning in meanings)
        return {FILINGS: (TitleMeaning("budget", STRONG),)} if asked and money_unit(title) else meant

    def _ask(self, title: str) -> Meanings:
        if len(title) > LONGEST_TITLE:
            return {}
        for key in self._keys(title):
            meant = {table: meanings[key] for table, meanings in self._meanings.items() if key in meanings}
            if meant:
                return self._amount_meant(title, meant)
        inside = (self._ask(part[1:-1]) for part in _BRACKETED.findall(fold(title)) if len(part) >= _TELLING)
        return next((meant for meant in inside if is_strong(meant)), {})

    def _keys(self, title: str) -> Iterable[str]:
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
        without_unit = self._tail.sub("", key)
        if without_unit != key and without_unit:
            yield without_unit
        without_latin = self._tail.sub("", _LATIN.sub("", key))
        if without_latin not in ("", key):
            yield without_latin


def unnumbered(title: str) -> str:
    """A title without the number before it and the mark of what must be filled in: *16.名称 is 名称."""
    return _NUMBERING.sub("", _MARKS.sub("", fold(title))) or title


@lru_cache(maxsize=10_000)
def title_key(title: str) -> str:
    """A title for comparing: folded, without blanks, decoration and brackets."""
    return _BRACKETS.sub("", _DECORATION.sub("", fold(title)))


def _beginning(key: str, name: str) -> float:
    """Likeness of a title that begins or ends with a known one and adds little."""
    if len(name) < 4 or len(name) * 2 < len(key) or not (key.startswith(name) or key.endswith(name)):
        return 0.0
    return 80.0 + len(name)
