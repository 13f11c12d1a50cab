"""Texts cut into parts of sentences, and which words stand in a part: those of all lists are found in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick

from flows.validate.lexicon import GONE, Span
from schemas.weighing import ANY

_PARTS = re.compile(r"[，。；;！？!?\n\r:：]|,(?!\d)|(?<!\d)[.]|[.](?!\d)")
_TURNS = frozenset(f"{GONE}不未无没免")
"""What ``…`` does not stand for: what turns the meaning round."""
_APART = 12
"""How many characters ``…`` stands for at most."""

Standing: TypeAlias = Mapping[int, list[int]]
"""The pieces of words that stand in a part, by their numbers, and where they begin."""
Pieces = tuple[str, ...]


def parts_of(text: str) -> Iterator[str]:
    """The parts of its sentences."""
    return filter(None, _PARTS.split(text))


class Pieced:
    """The pieces of which all words of some lists are made: a word without ``…`` is one piece."""

    def __init__(self, words: Iterable[str]) -> None:
        pieces = sorted({piece for word in words for piece in word.split(ANY)})
        self.number = {piece: number for number, piece in enumerate(pieces)}
        self._automaton = AhoCorasick(pieces)

    def numbers(self, part: str) -> set[int]:
        """The pieces that stand in the part."""
        return {number for number, _, _ in self._automaton.find_matches_as_indexes(part, overlapping=True)}

    def standing(self, part: str) -> Standing:
        """The pieces that stand in the part, and where."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, start, _ in self._automaton.find_matches_as_indexes(part, overlapping=True):
            found[number].append(start)
        return dict(found)


class Sought:
    """A list of words, looked for in parts: from the left, the longest wherever one begins."""

    def __init__(self, words: Iterable[str], pieced: Pieced) -> None:
        ordered = sorted(set(words), key=lambda word: (-len(word), word))
        self._by_first: dict[int, list[tuple[int, Pieces]]] = defaultdict(list)
        for rank, word in enumerate(ordered):
            pieces = tuple(word.split(ANY))
            self._by_first[pieced.number[pieces[0]]].append((rank, pieces))
        self.begins = frozenset(self._by_first)

    def within(self, part: str, standing: Standing) -> list[Span]:
        """Where its words stand; ``standing`` are the pieces in the part, which may since have been covered in places."""
        found = []
        for first in self.begins & standing.keys():
            for start in standing[first]:
                ends = ((rank, _end(part, start, pieces)) for rank, pieces in self._by_first[first])
                one = next(((start, rank, end) for rank, end in ends if end), None)
                if one:
                    found.append(one)
        spans: list[Span] = []
        for start, _, end in sorted(found):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return spans


def _end(part: str, start: int, pieces: Pieces) -> int:
    """Where the word of these pieces ends that begins there; 0 where none does."""
    if not part.startswith(pieces[0], start):
        return 0
    after, rest = start + len(pieces[0]), pieces[1:]
    if not rest:
        return after
    for place in range(after, min(after + _APART, len(part) - 1) + 1):
        if end := _end(part, place, rest):
            return end
        if part[place] in _TURNS:
            break
    return 0
