"""Lists of words, made ready to be found: Aho and Corasick's automaton passes over a text once, however many words there are.

A regular expression of some hundred words takes longer to be made than a small file to be judged, and longer to be applied
the more words there are.
"""

from collections.abc import Iterable
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

GONE = "\N{LARGE CIRCLE}"
"""Stands where a phrase was taken away, so that what is left and right of it does not become a word."""
Span = tuple[int, int]
"""Where a word begins and ends."""
_KEPT = 256


class Lexicon:
    """Words of which, from the left, the longest counts wherever one begins; what lies within it is no word."""

    def __init__(self, words: Iterable[str]) -> None:
        found = sorted(set(words))
        self._automaton = AhoCorasick(found, matchkind=MatchKind.LeftmostLongest) if found else None

    def spans(self, text: str) -> list[Span]:
        """Where its words stand in the text."""
        if self._automaton is None:
            return []
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text)]

    def first(self, text: str) -> str | None:
        """The first of its words in the text."""
        return next((text[start:end] for start, end in self.spans(text)), None)

    def covered(self, text: str) -> str:
        """The text with :data:`GONE` in the place of each character of its words."""
        return covered(text, self.spans(text))

    def left_of(self, text: str) -> str:
        """What is left of the text without its words."""
        kept, at = [], 0
        for start, end in self.spans(text):
            kept.append(text[at:start])
            at = end
        return "".join((*kept, text[at:]))


def covered(text: str, spans: Iterable[Span]) -> str:
    """The text with :data:`GONE` in the place of each character of the spans."""
    for start, end in spans:
        text = text[:start] + GONE * (end - start) + text[end:]
    return text


@lru_cache(_KEPT)
def lexicon(*words: str) -> Lexicon:
    """The lexicon of these words, made once."""
    return Lexicon(words)
