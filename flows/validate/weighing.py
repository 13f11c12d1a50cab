"""Evidence weighed: what a filing's texts say for a finding and against it, in points from the year's file.

A text is cut into its parts of sentences. In each part the points of its words are added up, those against taken off; what
a part says against a finding says nothing of its neighbours. The parts that speak for a finding are added up over the
columns; then comes what counts once for the whole filing. Equal texts are judged once, and only those with a word that
speaks for a finding are looked into.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from flows.validate.words import Denials, any_of, without
from schemas.notice import Notice
from schemas.tables import BETWEEN_WORDS, TEXT
from schemas.weighing import ANY, Evidence, Weighed

_PARTS = re.compile(r"[，。；;！？!?\n\r:：]|,(?!\d)|(?<!\d)[.]|[.](?!\d)")
_GONE = "\N{LARGE CIRCLE}"
_SOME = "[^\N{LARGE CIRCLE}不未无没免]{0,12}?"
"""What ``…`` stands for: nothing that turns the meaning round."""
_COUNTED = 2
"""How many words of one kind count in one part of a sentence."""
_SHOWN = 4

Row = Mapping[str, object]
Words = dict[str, None]
"""Different words in their order."""


def weighed(filings: pd.DataFrame, question: Weighed, notice: Notice) -> pd.DataFrame:
    """The filings for whose finding something speaks, one row each.

    ``place`` in ``filings``; ``points``; ``column`` with the strongest evidence; ``words`` for the finding, joined by
    :data:`BETWEEN_WORDS`, ``evidence`` the same and ``against`` those against it as a sentence names them (empty where there
    are none).
    """
    kinds = [_Kind(one, place) for place, one in enumerate(question.evidence)]
    cells = (cell for kind in kinds for cell in (kind.evidence.cell, kind.evidence.unless_in) if cell)
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
            spoken |= kind.absent_from(filings, question.columns)
    asked = texts[spoken]
    once = asked.drop_duplicates()
    scales = _Scales(question, kinds, Denials(notice.denial))
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


class _Kind:
    """One kind of evidence, ready to be looked for."""

    def __init__(self, evidence: Evidence, place: int) -> None:
        self.evidence = evidence
        self.little = f"little {place}"
        self.words = re.compile(_any_of(evidence.words))
        self._elsewhere = re.compile(_any_of(evidence.not_in)) if evidence.not_in else None
        self._beside = re.compile(_any_of(evidence.beside)) if evidence.beside else None

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

    def within(self, part: str, own: str = "") -> list[re.Match[str]]:
        """Its words in the part; ``own`` is what the column says in which they must not stand as well."""
        if self._beside and not self._beside.search(part):
            return []
        text = self._elsewhere.sub(lambda phrase: _GONE * len(phrase[0]), part) if self._elsewhere else part
        found = self.words.finditer(text)
        return [match for match in found if match[0] not in own] if self.evidence.unless_in else list(found)

    def counted(self, found: Iterable[re.Match[str]]) -> list[str]:
        """The words that count in one part of a sentence; of those that need another beside them one, since they say it
        together."""
        return _once(found)[: 1 if self._beside else _COUNTED]

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


class _Scales:
    """A question's evidence, and how it is added up."""

    def __init__(self, question: Weighed, kinds: Iterable[_Kind], denials: Denials) -> None:
        kinds = list(kinds)
        self._columns = question.columns
        self._denials = denials
        of_parts = [kind for kind in kinds if kind.evidence.of_parts]
        self._for = [kind for kind in of_parts if kind.evidence.points > 0]
        self._against = [kind for kind in of_parts if kind.evidence.points < 0]
        self._once = [kind for kind in kinds if not kind.evidence.of_parts]
        self._speaks_by_absence = any(kind.evidence.speaks_by_absence(question.advise) for kind in self._once)
        self._own = next((kind.evidence.unless_in for kind in kinds if kind.evidence.unless_in), None)
        self._said: dict[tuple[str, str, str], _Said] = {}

    def weigh(self, row: Row) -> tuple[int, str | None, str, str, str]:
        """Points, the column with the strongest evidence, the words for, and for and against as a sentence names them."""
        own = str(row[self._own] or "") if self._own else ""
        said = {name: self._column(name, str(row[name]), own) for name in self._columns if row[name] is not None}
        for kind in self._once:
            if row.get(kind.little):
                name = kind.evidence.columns[0]
                said[name] = _Said(said[name].points + kind.evidence.points, {str(row[name]): None}, said[name].against)
        points = sum(one.points for one in said.values())
        if points <= 0 and not self._speaks_by_absence:
            return 0, None, "", "", ""
        against: Words = {word: None for one in said.values() for word in one.against}
        for kind in self._once:
            if (words := self._of_filing(kind, row)) is not None:
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
            value = row[evidence.cell]
            return [str(value)] if value in evidence.words else None
        texts = [str(row[name]) for name in self._columns if row[name] is not None and kind.in_column(name)]
        found = [word for text in texts for part in _parts(text) for word in _once(kind.within(part))]
        if evidence.absent:
            return None if found else []
        return found or None

    def _column(self, name: str, text: str, own: str) -> _Said:
        """What a column with that text says; offices say the same again and again."""
        if (name, text, own) not in self._said:
            self._said[name, text, own] = self._weighed(name, text, own)
        return self._said[name, text, own]

    def _weighed(self, name: str, text: str, own: str) -> _Said:
        said = _Said()
        for part in _parts(text):
            words = [(kind, word) for kind, found in self._affirmed(part, name, own) for word in kind.counted(found)]
            if not words:
                continue
            against = [
                (kind, word)
                for kind in self._against
                if kind.in_column(name)
                for word in kind.counted(kind.within(part))
            ]
            points = sum(kind.evidence.points for kind, _ in (*words, *against))
            said.against |= {word: None for _, word in against}
            if points > 0:
                said.points += points
                said.words |= {word: None for _, word in words}
        return said

    def _affirmed(self, part: str, name: str, own: str) -> Iterator[tuple[_Kind, list[re.Match[str]]]]:
        """The kinds that speak for the finding, each with its words that the part does not deny."""
        found = [(match, kind) for kind in self._for if kind.in_column(name) for match in kind.within(part, own)]
        found = _outermost(found)
        affirmed = self._denials.affirmed(part, [match.span() for match, _ in found])
        for kind in self._for:
            mine = [match for (match, of), true in zip(found, affirmed, strict=True) if true and of is kind]
            if mine:
                yield kind, mine


def _outermost(found: list[tuple[re.Match[str], _Kind]]) -> list[tuple[re.Match[str], _Kind]]:
    """The words in the order in which they begin, without those within a longer one, which already says it."""
    kept: list[tuple[re.Match[str], _Kind]] = []
    for match, kind in sorted(found, key=lambda one: (one[0].start(), -one[0].end())):
        if not kept or match.end() > max(before.end() for before, _ in kept) or match.span() == kept[-1][0].span():
            kept.append((match, kind))
    return kept


def joined(words: Iterable[str]) -> str:
    """Words as a finding keeps them."""
    return BETWEEN_WORDS.join(word.replace(BETWEEN_WORDS, "，") for word in words)


def _once(found: Iterable[re.Match[str]]) -> list[str]:
    return list(dict.fromkeys(match[0] for match in found))


def _parts(text: str) -> Iterator[str]:
    return filter(None, _PARTS.split(text))


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, ``…`` in which stands for some characters."""
    return any_of(words).replace(re.escape(ANY), _SOME)


def _quoted(words: Iterable[str]) -> str:
    shown = list(dict.fromkeys(words))
    return "、".join(f"“{word}”" for word in shown[:_SHOWN]) + (f"等 {len(shown)} 处" if len(shown) > _SHOWN else "")
