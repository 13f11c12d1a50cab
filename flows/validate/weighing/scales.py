"""What a filing's texts say for the finding of a question and against it, added up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from flows.validate.weighing.kinds import Hit, Kind, once_each
from flows.validate.weighing.parts import parts_of
from flows.validate.weighing.questions import Looked, Question
from flows.validate.words import Denials
from schemas.tables import BETWEEN_WORDS

_SHOWN = 4

Row = Mapping[str, object]
Words: TypeAlias = dict[str, None]
"""Different words in their order."""


class Told(NamedTuple):
    """``points``, the ``column`` with the strongest evidence, the ``words`` for the finding, joined by :data:`BETWEEN_WORDS`,
    ``evidence`` the same and ``against`` those against it as a sentence names them (empty where there are none)."""

    points: int
    column: str | None
    words: str
    evidence: str
    against: str


NOTHING = Told(0, None, "", "", "")


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


_SILENT = _Part(0, {}, {}, frozenset())


def little(kind: Kind) -> str:
    """What a row calls whether it says hardly anything but the words of the kind."""
    return f"little {kind.number}"


class Scales:
    """A question's evidence, and how it is added up; texts and parts that are said again are judged once. ``bits`` are
    what a text calls for that may speak for its finding."""

    def __init__(self, question: Question, bits: int, looked: Looked, denials: Denials) -> None:
        kinds = question.kinds
        self._columns = question.rule.columns
        self._speaks_by_absence = bool(question.absent)
        self._bits = bits
        self._looked = looked
        self._denials = denials
        of_parts = [kind for kind in kinds if kind.evidence.of_parts]
        self._once = [kind for kind in kinds if not kind.evidence.of_parts]
        self._in = {name: [kind for kind in of_parts if kind.in_column(name)] for name in self._columns}
        self._unless = [kind for kind in of_parts if kind.evidence.unless_said]
        self._sometimes = [kind for kind in kinds if kind.evidence.where]
        self._own = next((kind.evidence.unless_in for kind in kinds if kind.evidence.unless_in), None)
        cells = [name for kind in kinds for name in (kind.evidence.cell, *kind.evidence.where) if name]
        self._asked = tuple(dict.fromkeys((*self._columns, *cells, *filter(None, [self._own]))))
        self._asked += tuple(little(kind) for kind in self._once if kind.evidence.left)
        self._parts: dict[tuple[str, str, frozenset[int], str], _Part] = {}
        self._said: dict[tuple[str, str, str, frozenset[int]], _Said] = {}
        self._told: dict[tuple[object, ...], Told] = {}

    def weigh(self, row: Row) -> Told:
        """What the row says, which has the columns that the question's evidence asks for."""
        key = tuple(row[name] for name in self._asked)
        if key not in self._told:
            self._told[key] = self._weigh(row)
        return self._told[key]

    def _weigh(self, row: Row) -> Told:
        own = str(row[self._own] or "") if self._own else ""
        off = frozenset(kind.number for kind in self._sometimes if not _where(kind, row))
        said = {name: self._column(name, str(row[name]), own, off) for name in self._columns if row[name] is not None}
        for kind in self._once:
            if kind.evidence.left and kind.number not in off and row[little(kind)]:
                name = kind.evidence.columns[0]
                said[name] = _Said(said[name].points + kind.evidence.points, {str(row[name]): None}, said[name].against)
        points = sum(one.points for one in said.values())
        if points <= 0 and not self._speaks_by_absence:
            return NOTHING
        against: Words = {word: None for one in said.values() for word in one.against}
        for kind in self._once:
            if kind.number not in off and (words := self._of_filing(kind, row)) is not None:
                points += kind.evidence.points
                if kind.evidence.points < 0:
                    against |= dict.fromkeys(words)
        if points <= 0:
            return NOTHING
        by_weight = sorted((name for name in said if said[name].points > 0), key=lambda name: -said[name].points)
        if not by_weight:  # nothing but what is absent speaks: the text is told
            name = next(iter(said))
            by_weight, said[name] = [name], _Said(points, {str(row[name]): None})
        told = dict.fromkeys(word for name in by_weight for word in said[name].words)
        return Told(points, by_weight[0], joined(told), _quoted(told), _quoted(against))

    def _of_filing(self, kind: Kind, row: Row) -> list[str] | None:
        """The words that count once for the filing; None where it does not count."""
        evidence = kind.evidence
        if evidence.left:
            return None
        if evidence.cell:
            value = str(row[evidence.cell])
            return [value] if value in evidence.words else None
        texts = [str(row[name]) for name in self._columns if row[name] is not None and kind.in_column(name)]
        found = [word for text in texts for part in parts_of(text) for word in once_each(self._within(kind, part))]
        if evidence.absent:
            return None if found else []
        return found or None

    def _column(self, name: str, text: str, own: str, off: frozenset[int]) -> _Said:
        """What a column with that text says; offices say the same again and again. Kinds that are ``off`` do not count."""
        if not self._looked.asked(text, name) & self._bits:
            return _Said()
        if (name, text, own, off) not in self._said:
            self._said[name, text, own, off] = self._weighed(name, text, own, off)
        return self._said[name, text, own, off]

    def _weighed(self, name: str, text: str, own: str, off: frozenset[int]) -> _Said:
        said = _Said()
        parts = list(parts_of(text))
        off |= {kind.number for kind in self._unless if self._taken_back(kind, parts)}
        for part in parts:
            key = (name, own, off, part)
            if (told := self._parts.get(key)) is None:
                told = self._parts[key] = self._part(*key)
            said.against |= told.against
            off |= told.spent
            if told.points > 0:
                said.points += told.points
                said.words |= told.words
        return said

    def _part(self, name: str, own: str, off: frozenset[int], part: str) -> _Part:
        """What one part of a sentence says in that column."""
        called = self._looked.called(part)
        kinds = [kind for kind in self._in[name] if kind.number in called and kind.number not in off]
        affirmed = self._affirmed(part, [kind for kind in kinds if kind.evidence.points > 0], own)
        words = [(kind, word) for kind, found in affirmed for word in kind.counted(found)]
        if not words:
            return _SILENT
        against = [
            (kind, word)
            for kind in kinds
            if kind.evidence.points < 0
            for word in kind.counted(self._within(kind, part))
        ]
        return _Part(
            points=sum(kind.evidence.points for kind, _ in (*words, *against)),
            words={word: None for _, word in words},
            against={word: None for _, word in against},
            spent=frozenset(kind.number for kind, _ in words if kind.evidence.once),
        )

    def _affirmed(self, part: str, kinds: list[Kind], own: str) -> Iterator[tuple[Kind, list[Hit]]]:
        """The kinds that speak for the finding, each with its words that the part does not deny."""
        found = _outermost([(hit, kind) for kind in kinds for hit in self._within(kind, part, own)])
        affirmed = self._denials.affirmed(part, [(hit.start, hit.end) for hit, _ in found])
        for kind in kinds:
            mine = [hit for (hit, of), true in zip(found, affirmed, strict=True) if true and of is kind]
            if mine:
                yield kind, mine

    def _within(self, kind: Kind, part: str, own: str = "") -> list[Hit]:
        if kind.number not in self._looked.called(part):
            return []
        return kind.within(part, self._looked.standing(part), own)

    def _taken_back(self, kind: Kind, parts: list[str]) -> bool:
        """Whether one of the parts says something because of which the kind does not count in any of them."""
        if not any(kind.number in self._looked.called(part) for part in parts):
            return False
        return any(kind.takes_back(part, self._looked.standing(part)) for part in parts)


def _outermost(found: list[tuple[Hit, Kind]]) -> list[tuple[Hit, Kind]]:
    """The words in the order in which they begin, without those within a longer one, which already says it."""
    kept: list[tuple[Hit, Kind]] = []
    reach = -1
    for hit, kind in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        before = kept[-1][0] if kept else None
        same = before is not None and (hit.start, hit.end) == (before.start, before.end)
        if same or hit.end > reach:
            kept.append((hit, kind))
            reach = max(reach, hit.end)
    return kept


def _where(kind: Kind, row: Row) -> bool:
    """Whether the filing is one in which the kind counts."""
    return all(str(row[name]) in values for name, values in kind.evidence.where.items())


def joined(words: Iterable[str]) -> str:
    """Words as a finding keeps them."""
    return BETWEEN_WORDS.join(word.replace(BETWEEN_WORDS, "，") for word in words)


def _quoted(words: Iterable[str]) -> str:
    shown = list(dict.fromkeys(words))
    return "、".join(f"“{word}”" for word in shown[:_SHOWN]) + (f"等 {len(shown)} 处" if len(shown) > _SHOWN else "")
