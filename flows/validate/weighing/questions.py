"""The year's text rules made ready to be weighed: their kinds of evidence, and by which pieces of words a part calls for which."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.validate.once import once
from flows.validate.weighing.kinds import Kind
from flows.validate.weighing.parts import Pieced, Standing, parts_of
from flows.validate.words import Denials
from schemas.notice import Notice
from schemas.weighing import ENTRIES, TEXTS, Weighed


class Question(NamedTuple):
    """A text rule and its kinds of evidence; ``absent`` are those that speak by their absence alone, ``sometimes`` those whose
    words speak in some filings only."""

    rule: Weighed
    kinds: tuple[Kind, ...]
    absent: tuple[Kind, ...]
    sometimes: tuple[Kind, ...]


class Questions:
    """All text rules of a notice.

    What a part may call for are: each question, by a word that speaks for its finding in any filing; and the kinds ``apart``, each
    by a word of its own: those whose words speak in some filings only, and those that speak by their absence, which then do not.
    ``asks`` counts both, questions first.
    """

    def __init__(self, notice: Notice) -> None:
        evidence = [one for question in notice.weighed for one in question.evidence]
        self.pieced = Pieced(word for one in evidence for name in ENTRIES for word in getattr(one, name))
        self.denials = Denials(notice.denial)
        self.kinds = [Kind(one, number, self.pieced, self.denials) for number, one in enumerate(evidence)]
        left = iter(self.kinds)
        self.all = [_question(question, tuple(next(left) for _ in question.evidence)) for question in notice.weighed]
        self.apart = [kind for question in self.all for kind in (*question.absent, *question.sometimes)]
        self.asks = len(self.all) + len(self.apart)
        self._by_piece = _by_piece(self.kinds, "words")
        self._by_beside = _by_piece(self.kinds, "beside")
        self._alone = frozenset(kind.number for kind in self.kinds if kind.beside is None)
        self._asked = {kind.number: bits for kind in self.kinds if any(bits := tuple(self._bits(kind)))}

    def _bits(self, kind: Kind) -> Iterator[int]:
        """For each column of texts what a word of the kind calls for, as bits."""
        for name in TEXTS:
            bits = 0
            for place, question in enumerate(self.all):
                if kind in question.kinds and name in question.rule.columns and kind.in_column(name):
                    if kind in self.apart:
                        bits |= 1 << self.place_of(kind)
                    elif kind.speaks:
                        bits |= 1 << place
            yield bits

    def place_of(self, kind: Kind) -> int:
        """The bit of one of the kinds ``apart``."""
        return len(self.all) + self.apart.index(kind)

    def bits_of(self, place: int) -> int:
        """What a text calls for, as bits, where it may speak for the finding of the question at that place."""
        return 1 << place | sum(1 << self.place_of(kind) for kind in self.all[place].sometimes)

    def called(self, part: str) -> frozenset[int]:
        """The kinds of which a word may stand in the part, and one of those that must be beside it."""
        called: set[int] = set()
        beside: set[int] = set()
        for piece in self.pieced.numbers(part):
            called.update(self._by_piece.get(piece, ()))
            beside.update(self._by_beside.get(piece, ()))
        return frozenset(number for number in called if number in self._alone or number in beside)

    def asked(self, part: str, called: frozenset[int]) -> tuple[int, ...]:
        """For each column of texts what the part calls for there, as bits."""
        asked = [0] * len(TEXTS)
        standing: Standing | None = None
        for number in called & self._asked.keys():
            standing = self.pieced.standing(part) if standing is None else standing
            if self.kinds[number].within(part, standing):
                asked = [before | bits for before, bits in zip(asked, self._asked[number], strict=True)]
        return tuple(asked)


def _question(question: Weighed, kinds: tuple[Kind, ...]) -> Question:
    absent = tuple(kind for kind in kinds if kind.evidence.speaks_by_absence(question.advise))
    sometimes = tuple(kind for kind in kinds if kind.speaks and kind.evidence.where)
    return Question(question, kinds, absent, sometimes)


def _by_piece(kinds: list[Kind], entry: str) -> Mapping[int, tuple[int, ...]]:
    """By the first pieces of the words of that entry the kinds that have these."""
    found: dict[int, list[int]] = defaultdict(list)
    for kind in kinds:
        sought = getattr(kind, entry)
        for piece in sought.begins if sought else ():
            found[piece].append(kind.number)
    return {piece: tuple(numbers) for piece, numbers in found.items()}


questions_of = once(Questions)


class Looked:
    """What is known of the texts, and of the parts of their sentences, that were looked into, each once."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._asked: dict[str, dict[str, int]] = {name: {} for name in TEXTS}
        self._parts: dict[str, tuple[frozenset[int], tuple[int, ...]]] = {}
        self._standing: dict[str, Standing] = {}

    def asked(self, text: str, column: str) -> int:
        """What the text calls for in that column of :data:`TEXTS`, as bits."""
        known = self._asked[column]
        if text not in known:
            place, asked = TEXTS.index(column), 0
            for part in parts_of(text):
                asked |= (self._parts.get(part) or self._look(part))[1][place]
            known[text] = asked
        return known[text]

    def called(self, part: str) -> frozenset[int]:
        """The kinds whose words may stand in the part."""
        return (self._parts.get(part) or self._look(part))[0]

    def standing(self, part: str) -> Standing:
        """The pieces of words that stand in the part."""
        if part not in self._standing:
            self._standing[part] = self._questions.pieced.standing(part)
        return self._standing[part]

    def _look(self, part: str) -> tuple[frozenset[int], tuple[int, ...]]:
        called = self._questions.called(part)
        told = self._parts[part] = (called, self._questions.asked(part, called)) if called else _NOTHING
        return told


_NOTHING = (frozenset[int](), (0,) * len(TEXTS))
