"""Evidence weighed: what a filing's texts say for a finding and against it, in points from the year's file.

A text is cut into its parts of sentences. In each part the points of its words are added up, those against taken off; what
a part says against a finding says nothing of its neighbours. The parts that speak for a finding are added up over the
columns; then comes what counts once for the whole filing. Equal texts are judged once, and only those with a word that
speaks for a finding are looked into.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from flows.validate.words import Denials, Span, any_of, without
from schemas.notice import Notice
from schemas.tables import BETWEEN_WORDS, TEXT
from schemas.weighing import ANY, Evidence, Weighed

_PARTS = re.compile(r"[，。；;！？!?\n\r:：]|,(?!\d)|(?<!\d)[.]|[.](?!\d)")
_GONE = "\N{LARGE CIRCLE}"
_SOME = "[^\N{LARGE CIRCLE}不未无没免]{0,12}?"
"""What ``…`` stands for: nothing that turns the meaning round."""
_SHOWN = 4
_SPAN = 16
"""How many characters a finding shows of two words that say something together, and of what stands between."""

Row = Mapping[str, object]
Words = dict[str, None]
"""Different words in their order."""


def weighed(filings: pd.DataFrame, question: Weighed, notice: Notice) -> pd.DataFrame:
    """The filings for whose finding something speaks, one row each.

    ``place`` in ``filings``; ``points``; ``column`` with the strongest evidence; ``words`` for the finding, joined by
    :data:`BETWEEN_WORDS`, ``evidence`` the same and ``against`` those against it as a sentence names them (empty where there
    are none).
    """
    denials = Denials(notice.denial)
    kinds = [_Kind(one, place, denials) for place, one in enumerate(question.evidence)]
    asked_of = [name for kind in kinds for name in (kind.evidence.cell, kind.evidence.unless_in, *kind.evidence.where)]
    cells = (cell for cell in asked_of if cell)
    columns = dict.fromkeys((*question.columns, *cells))
    texts = filings[list(columns)]
    spoken = pd.Series(False, index=filings.index)
    for name in question.columns:
        spoken |= _speaks(filings[name], [kind for kind in kinds if kind.speaks_in(name)])
    for kind in kinds:
        if kind.evidence.left:
            little = kind.says_little(filings, notice)
            texts = texts.assign(**{kind.little: little})
            spoken |= little
        elif kind.evidence.speaks_by_absence(question.advise):
            spoken |= kind.absent_from(filings, question.columns) & kind.asked_in(filings)
    asked = texts[spoken]
    once = asked.drop_duplicates()
    scales = _Scales(question, kinds, denials)
    told = [scales.weigh(row) for row in once.astype(object).where(once.notna(), None).to_dict("records")]
    which = asked.groupby(list(asked.columns), dropna=False, sort=False).ngroup()
    found = [(place, *told[nth]) for place, nth in zip(asked.index, which, strict=True) if told[nth][0] > 0]
    texts_told = ("column", "words", "evidence", "against")
    table = pd.DataFrame(found, columns=["place", "points", *texts_told])
    return table.astype({"place": "int64", "points": "int64", **dict.fromkeys(texts_told, TEXT)})


def _speaks(texts: pd.Series, kinds: Iterable["_Kind"]) -> pd.Series:
    """Which texts have a word that speaks for a finding.

    Words with ``…`` in them are looked for only where something of how they begin and of how they end is there: an
    expression for all of them at once is too large for Arrow to be quick.
    """
    words = dict.fromkeys(word for kind in kinds for word in kind.evidence.words)
    parted = [word.split(ANY) for word in words if ANY in word]
    distinct = pd.Series(texts.dropna().unique(), dtype=TEXT)
    told = distinct.str.contains(any_of(word for word in words if ANY not in word))
    if parted:
        begins, ends = (any_of({word[place] for word in parted}) for place in (0, -1))
        maybe = distinct[~told & distinct.str.contains(begins) & distinct.str.contains(ends)]
        wanted = re.compile(_any_of(ANY.join(word) for word in parted))
        found = pd.Series([bool(wanted.search(text)) for text in maybe], index=maybe.index, dtype=bool)
        told |= found.reindex(distinct.index, fill_value=False)
    return texts.isin(distinct[told])


class _Hit(NamedTuple):
    """A word in a part of a sentence; ``text`` is what a finding shows of it, with the word beside it that it needs."""

    start: int
    end: int
    text: str


class _Kind:
    """One kind of evidence, ready to be looked for."""

    def __init__(self, evidence: Evidence, place: int, denials: Denials) -> None:
        self.evidence = evidence
        self.place = place
        self._denials = denials
        self.little = f"little {place}"
        self.words = re.compile(_any_of(evidence.words))
        self._begins = [_begins(words) for words in (evidence.words, evidence.beside) if words]
        self._elsewhere = re.compile(_any_of(evidence.not_in)) if evidence.not_in else None
        self._beside = re.compile(_any_of(evidence.beside)) if evidence.beside else None
        self._unless = re.compile(_any_of(evidence.unless_said)) if evidence.unless_said else None
        self._without = re.compile(_any_of(evidence.without)) if evidence.without else None

    def in_column(self, name: str) -> bool:
        """Whether it counts in that column."""
        return not self.evidence.columns or name in self.evidence.columns

    def speaks_in(self, name: str) -> bool:
        """Whether its words may speak for a finding in that column."""
        return self.evidence.points > 0 and self.evidence.of_parts and self.in_column(name)

    def absent_from(self, filings: pd.DataFrame, columns: Iterable[str]) -> pd.Series:
        """Whether some of its columns are filled in and none of its words stands in them."""
        names = [name for name in columns if self.in_column(name)]
        said, filled = pd.Series(False, index=filings.index), pd.Series(False, index=filings.index)
        for name in names:
            said |= _speaks(filings[name], [self])
            filled |= filings[name].notna()
        return filled & ~said

    def may_be_in(self, grams: frozenset[str]) -> bool:
        """Whether its words, and those that must be beside, may stand in a part with these characters and pairs of them."""
        return not any(begins.isdisjoint(grams) for begins in self._begins)

    def unsaid_by(self, text: str) -> bool:
        """Whether the text says something because of which it does not count there."""
        return bool(self._unless and self._unless.search(text))

    def asked_in(self, filings: pd.DataFrame) -> pd.Series:
        """The filings in which it counts at all."""
        asked = pd.Series(True, index=filings.index)
        for name, values in self.evidence.where.items():
            asked &= filings[name].astype(TEXT).isin(values)
        return asked

    def within(self, part: str, own: str = "") -> list[_Hit]:
        """Its words in the part; ``own`` is what the column says in which they must not stand as well."""
        text = self._elsewhere.sub(lambda phrase: _GONE * len(phrase[0]), part) if self._elsewhere else part
        found = [match for match in self.words.finditer(text) if not self.evidence.unless_in or match[0] not in own]
        if found and self._without and self._without.search(part):
            return []
        if not self._beside:
            return [_Hit(*match.span(), match[0]) for match in found]
        together = self._affirmed_beside(part, self._beside) if found else []
        return [_together(part, match.span(), together) for match in found] if together else []

    def _affirmed_beside(self, part: str, beside: re.Pattern[str]) -> list[Span]:
        """Where in the part one of the words stands that must be beside, and is not denied (学员不缴费)."""
        spans = [match.span() for match in beside.finditer(part)]
        return [span for span, true in zip(spans, self._denials.affirmed(part, spans), strict=True) if true]

    def counted(self, found: Iterable[_Hit]) -> list[str]:
        """The words that count in one part of a sentence; of those that need another beside them one, since they say it
        together."""
        return _once(found)[: 1 if self._beside else self.evidence.most]

    def says_little(self, filings: pd.DataFrame, notice: Notice) -> pd.Series:
        """Whether in any of its columns hardly anything is left once its words and the title are taken away."""
        little = pd.Series(False, index=filings.index)
        subject = without(filings["title"], (*self.evidence.words, *notice.title_words.noise)).fillna("")
        for name in self.evidence.columns:
            rest = without(filings[name], self.evidence.words)
            pairs = zip(rest.fillna("").tolist(), subject.tolist(), strict=True)
            left = [len(text.replace(title, "") if title else text) for text, title in pairs]
            little |= pd.Series(left, index=filings.index).lt(self.evidence.left) & filings[name].notna()
        return little


@dataclass
class _Said:
    """What one column says: ``points`` of its parts that speak for a finding, and the words for and against."""

    points: int = 0
    words: Words = field(default_factory=dict)
    against: Words = field(default_factory=dict)


class _Part(NamedTuple):
    """What one part of a sentence says; ``spent`` are the kinds that count no more in the same text."""

    points: int
    words: Words
    against: Words
    spent: frozenset[int]


_NOTHING = _Part(0, {}, {}, frozenset())


class _Scales:
    """A question's evidence, and how it is added up."""

    def __init__(self, question: Weighed, kinds: Iterable[_Kind], denials: Denials) -> None:
        kinds = list(kinds)
        self._columns = question.columns
        self._denials = denials
        of_parts = [kind for kind in kinds if kind.evidence.of_parts]
        self._once = [kind for kind in kinds if not kind.evidence.of_parts]
        self._speaks_by_absence = any(kind.evidence.speaks_by_absence(question.advise) for kind in self._once)
        self._in = {name: [kind for kind in of_parts if kind.in_column(name)] for name in question.columns}
        self._parts: dict[tuple[str, str, frozenset[int], str], _Part] = {}
        self._unless = [kind for kind in of_parts if kind.evidence.unless_said]
        self._sometimes = [kind for kind in kinds if kind.evidence.where]
        self._own = next((kind.evidence.unless_in for kind in kinds if kind.evidence.unless_in), None)
        self._said: dict[tuple[str, str, str, frozenset[int]], _Said] = {}

    def weigh(self, row: Row) -> tuple[int, str | None, str, str, str]:
        """Points, the column with the strongest evidence, the words for, and for and against as a sentence names them."""
        own = str(row[self._own] or "") if self._own else ""
        off = frozenset(kind.place for kind in self._sometimes if not _where(kind, row))
        said = {name: self._column(name, str(row[name]), own, off) for name in self._columns if row[name] is not None}
        for kind in self._once:
            if kind.place not in off and row.get(kind.little):
                name = kind.evidence.columns[0]
                said[name] = _Said(said[name].points + kind.evidence.points, {str(row[name]): None}, said[name].against)
        points = sum(one.points for one in said.values())
        if points <= 0 and not self._speaks_by_absence:
            return 0, None, "", "", ""
        against: Words = {word: None for one in said.values() for word in one.against}
        for kind in self._once:
            if kind.place not in off and (words := self._of_filing(kind, row)) is not None:
                points += kind.evidence.points
                if kind.evidence.points < 0:
                    against |= dict.fromkeys(words)
        if points <= 0:
            return 0, None, "", "", ""
        by_weight = sorted((name for name in said if said[name].points > 0), key=lambda name: -said[name].points)
        if not by_weight:  # nothing but what is absent speaks: the text is told
            name = next(iter(said))
            by_weight, said[name] = [name], _Said(points, {str(row[name]): None})
        told = dict.fromkeys(word for name in by_weight for word in said[name].words)
        return points, by_weight[0], joined(told), _quoted(told), _quoted(against)

    def _of_filing(self, kind: _Kind, row: Row) -> list[str] | None:
        """The words that count once for the filing; None where it does not count."""
        evidence = kind.evidence
        if evidence.left:
            return None
        if evidence.cell:
            value = str(row[evidence.cell])
            return [value] if value in evidence.words else None
        texts = [str(row[name]) for name in self._columns if row[name] is not None and kind.in_column(name)]
        found = [word for text in texts for part in _parts(text) for word in _once(kind.within(part))]
        if evidence.absent:
            return None if found else []
        return found or None

    def _column(self, name: str, text: str, own: str, off: frozenset[int]) -> _Said:
        """What a column with that text says; offices say the same again and again. Kinds that are ``off`` do not count."""
        if (name, text, own, off) not in self._said:
            self._said[name, text, own, off] = self._weighed(name, text, own, off)
        return self._said[name, text, own, off]

    def _weighed(self, name: str, text: str, own: str, off: frozenset[int]) -> _Said:
        said = _Said()
        off |= {kind.place for kind in self._unless if kind.unsaid_by(text)}
        for part in _parts(text):
            key = (name, own, off, part)
            if (told := self._parts.get(key)) is None:
                told = self._parts[key] = self._part(*key)
            said.against |= told.against
            off |= told.spent
            if told.points > 0:
                said.points += told.points
                said.words |= told.words
        return said

    def _part(self, name: str, own: str, off: frozenset[int], part: str) -> "_Part":
        """What one part of a sentence says in that column."""
        grams = _grams(part)
        kinds = [kind for kind in self._in[name] if kind.may_be_in(grams) and kind.place not in off]
        affirmed = self._affirmed(part, [kind for kind in kinds if kind.evidence.points > 0], own)
        words = [(kind, word) for kind, found in affirmed for word in kind.counted(found)]
        if not words:
            return _NOTHING
        against = [
            (kind, word) for kind in kinds if kind.evidence.points < 0 for word in kind.counted(kind.within(part))
        ]
        return _Part(
            points=sum(kind.evidence.points for kind, _ in (*words, *against)),
            words={word: None for _, word in words},
            against={word: None for _, word in against},
            spent=frozenset(kind.place for kind, _ in words if kind.evidence.once),
        )

    def _affirmed(self, part: str, kinds: list[_Kind], own: str) -> Iterator[tuple[_Kind, list[_Hit]]]:
        """The kinds that speak for the finding, each with its words that the part does not deny."""
        found = _outermost([(hit, kind) for kind in kinds for hit in kind.within(part, own)])
        affirmed = self._denials.affirmed(part, [(hit.start, hit.end) for hit, _ in found])
        for kind in kinds:
            mine = [hit for (hit, of), true in zip(found, affirmed, strict=True) if true and of is kind]
            if mine:
                yield kind, mine


def _outermost(found: list[tuple[_Hit, _Kind]]) -> list[tuple[_Hit, _Kind]]:
    """The words in the order in which they begin, without those within a longer one, which already says it."""
    kept: list[tuple[_Hit, _Kind]] = []
    for hit, kind in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        before = kept[-1][0] if kept else None
        same = before is not None and (hit.start, hit.end) == (before.start, before.end)
        if same or hit.end > max((other.end for other, _ in kept), default=-1):
            kept.append((hit, kind))
    return kept


def _together(part: str, word: Span, beside: Iterable[Span]) -> _Hit:
    """The word with the nearest one of those that make it say something, as both stand in the part."""
    first, last = sorted((word, min(beside, key=lambda span: abs(span[0] - word[0]))))
    end = max(first[1], last[1])
    shown = part[first[0] : end]
    if len(shown) > _SPAN:
        shown = part[slice(*first)] + ANY + part[slice(*last)]
    return _Hit(*word, shown)


def _where(kind: _Kind, row: Row) -> bool:
    """Whether the filing is one in which the kind counts."""
    return all(str(row[name]) in values for name, values in kind.evidence.where.items())


def joined(words: Iterable[str]) -> str:
    """Words as a finding keeps them."""
    return BETWEEN_WORDS.join(word.replace(BETWEEN_WORDS, "，") for word in words)


def _once(found: Iterable[_Hit]) -> list[str]:
    return list(dict.fromkeys(hit.text for hit in found))


def _begins(words: Iterable[str]) -> frozenset[str]:
    """What any of the words begins with: two characters, or one where no more are sure to follow."""
    return frozenset(word[:1] if len(word) == 1 or word[1] == ANY else word[:2] for word in words)


def _grams(part: str) -> frozenset[str]:
    """The characters of a part and the pairs of them that stand side by side."""
    return frozenset((*part, *map("".join, itertools.pairwise(part))))


def _parts(text: str) -> Iterator[str]:
    return filter(None, _PARTS.split(text))


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, ``…`` in which stands for some characters."""
    return any_of(words).replace(re.escape(ANY), _SOME)


def _quoted(words: Iterable[str]) -> str:
    shown = list(dict.fromkeys(words))
    return "、".join(f"“{word}”" for word in shown[:_SHOWN]) + (f"等 {len(shown)} 处" if len(shown) > _SHOWN else "")
