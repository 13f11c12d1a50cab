"""One kind of evidence: which of its words a part of a sentence says."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from flows.validate.lexicon import Span, covered, lexicon
from flows.validate.weighing.parts import Pieced, Sought, Standing
from flows.validate.words import Denials, letters
from schemas.notice import Notice
from schemas.tables import TEXT
from schemas.weighing import ANY, Evidence

_SPAN = 16
"""How many characters a finding shows of two words that say something together, and of what stands between."""


class Hit(NamedTuple):
    """A word in a part of a sentence; ``text`` is what a finding shows of it, with the word beside it that it needs."""

    start: int
    end: int
    text: str


class Kind:
    """One kind of evidence of a question, ready to be looked for; ``number`` is its own among those of all questions."""

    def __init__(self, evidence: Evidence, number: int, pieced: Pieced, denials: Denials) -> None:
        self.evidence = evidence
        self.number = number
        self._denials = denials
        self.words = Sought(evidence.words, pieced)
        self.beside = _sought(evidence.beside, pieced)
        self._elsewhere = _sought(evidence.not_in, pieced)
        self._without = _sought(evidence.without, pieced)
        self._unless = _sought(evidence.unless_said, pieced)

    def in_column(self, name: str) -> bool:
        """Whether it counts in that column."""
        return not self.evidence.columns or name in self.evidence.columns

    @property
    def speaks(self) -> bool:
        """Whether its words speak for a finding in the part of a sentence in which they stand."""
        return self.evidence.points > 0 and self.evidence.of_parts

    def asked_in(self, filings: pd.DataFrame) -> pd.Series:
        """The filings in which it counts at all."""
        asked = pd.Series(True, index=filings.index)
        for name, values in self.evidence.where.items():
            asked &= filings[name].astype(TEXT).isin(values)
        return asked

    def takes_back(self, part: str, standing: Standing) -> bool:
        """Whether the part says something because of which the kind does not count in the whole text."""
        return bool(self._unless and self._unless.within(part, standing))

    def within(self, part: str, standing: Standing, own: str = "") -> list[Hit]:
        """Its words in the part; ``own`` is what the column says in which they must not stand as well."""
        text = covered(part, self._elsewhere.within(part, standing)) if self._elsewhere else part
        spans = self.words.within(text, standing)
        if self.evidence.unless_in:
            spans = [(start, end) for start, end in spans if part[start:end] not in own]
        if spans and self._without and self._without.within(part, standing):
            return []
        if not self.beside:
            return [Hit(start, end, part[start:end]) for start, end in spans]
        together = self._affirmed_beside(part, standing) if spans else []
        return [_together(part, span, together) for span in spans] if together else []

    def _affirmed_beside(self, part: str, standing: Standing) -> list[Span]:
        """Where in the part one of the words stands that must be beside, and is not denied (学员不缴费)."""
        spans = self.beside.within(part, standing) if self.beside else []
        return [span for span, true in zip(spans, self._denials.affirmed(part, spans), strict=True) if true]

    def counted(self, found: Iterable[Hit]) -> list[str]:
        """The words that count in one part of a sentence; of those that need another beside them one, since they say it
        together."""
        return once_each(found)[: 1 if self.beside else self.evidence.most]

    def says_little(self, filings: pd.DataFrame, notice: Notice) -> pd.Series:
        """Whether in any of its columns hardly anything is left once its words and the title are taken away."""
        said, of_titles = lexicon(*self.evidence.words), lexicon(*self.evidence.words, *notice.title_words.noise)
        titles = filings["title"].fillna("").tolist()
        subject = {title: letters(of_titles.left_of(title)) for title in dict.fromkeys(titles)}
        little = pd.Series(False, index=filings.index)
        for name in self.evidence.columns:
            texts = filings[name].fillna("").tolist()
            rest = {text: letters(said.left_of(text)) for text in dict.fromkeys(texts)}
            pairs = ((rest[text], subject[title]) for text, title in zip(texts, titles, strict=True))
            left = [len(text.replace(title, "") if title else text) for text, title in pairs]
            little |= pd.Series(left, index=filings.index).lt(self.evidence.left) & filings[name].notna()
        return little


def _sought(words: tuple[str, ...], pieced: Pieced) -> Sought | None:
    return Sought(words, pieced) if words else None


def once_each(found: Iterable[Hit]) -> list[str]:
    """What a finding shows of the words, each once."""
    return list(dict.fromkeys(hit.text for hit in found))


def _together(part: str, word: Span, beside: Iterable[Span]) -> Hit:
    """The word with the nearest one of those that make it say something, as both stand in the part."""
    first, last = sorted((word, min(beside, key=lambda span: abs(span[0] - word[0]))))
    end = max(first[1], last[1])
    shown = part[first[0] : end]
    if len(shown) > _SPAN:
        shown = part[slice(*first)] + ANY + part[slice(*last)]
    return Hit(*word, shown)
