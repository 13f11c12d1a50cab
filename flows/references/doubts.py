"""What a reference workbook leaves open, and the readings of it that there may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import prod

from flows.read import name_key

COMBINATIONS_AT_MOST = 12
"""Of an entry that may be read in more ways than this not every combination is tried, but every two values together."""

READINGS_AT_MOST = 32
"""Where that would be more readings than this, every value is in some."""

NAME = "name"
"""The ``column`` of a doubt about a name: which entry it is of."""


ROW = "row"
"""The ``column`` of a doubt about a name that no entry has: whether a row without a name is of it."""


@dataclass(frozen=True)
class Nameless:
    """A row of ``table`` without a name: its other names and its values, by column; ``why`` a Chinese clause with its cell."""

    table: str
    title: str
    aliases: tuple[str, ...]
    why: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def may_be(self, name: str) -> bool:
        """Whether the row may be of ``name``: one is short for the other, or, of a row without other names, nothing speaks
        against it."""
        said, called = name_key(name), [name_key(alias) for alias in self.aliases]
        if not called:
            region = self.values.get("region")
            return not isinstance(region, str) or region[:2] in said or region == "省级"
        alike = any(_short_for(one, other) for alias in called for one, other in ((alias, said), (said, alias)))
        return alike or (self.table == "countries" and any(alias[0] == said[:1] for alias in called))

    def doubt(self, name: str) -> "Doubt":
        """The doubt whether the row is of ``name``."""
        return Doubt(self.table, name, ROW, self.title, (None, self), self.why)


def _short_for(short: str, name: str) -> bool:
    """Whether the characters of ``short`` stand in ``name`` in their order: 省医院 in 四川省人民医院."""
    rest = iter(name)
    return len(short) > 1 and all(character in rest for character in short)


@dataclass(frozen=True)
class Doubt:
    """One thing that a reference workbook leaves open.

    Of the ``entry`` of a ``table`` of :data:`schemas.columns.REFERENCES` what ``column`` is: one of ``options`` (None: no
    value). For a name that several entries claim ``entry`` is that name, ``column`` :data:`NAME` and ``options`` the entries
    and None; for one that no entry has, :data:`ROW` and None or the row without a name. ``title`` is the column's on paper;
    ``why`` a Chinese clause with workbook, sheet and cells.
    """

    table: str
    entry: str
    column: str
    title: str
    options: tuple[object, ...]
    why: str


def readings(doubts: Sequence[Doubt], compared: bool = True) -> Iterator[tuple[object, ...]]:
    """The readings that there may be: for each of ``doubts`` one of its options; at least one reading.

    Entries are independent of each other, so each goes through its own combinations while the others go through theirs: once
    all in step, so that like entries are read alike; and where entries of one table may be ``compared`` (two units' levels),
    once more out of step, so that they are not.
    """
    of_entry: dict[tuple[str, str], list[int]] = {}
    for place, doubt in enumerate(doubts):
        of_entry.setdefault((doubt.table, doubt.entry), []).append(place)
    combined = [combinations(tuple(len(doubts[place].options) for place in places)) for places in of_entry.values()]
    rounds = max(map(len, combined), default=1)
    tables = [table for table, _ in of_entry]
    tried: set[tuple[int, ...]] = set()
    for number in range(rounds * (2 if compared and len(tables) > len(set(tables)) else 1)):
        chosen = [0] * len(doubts)
        for ahead, (entry, places) in enumerate(zip(combined, of_entry.values(), strict=True)):
            options = entry[(number + (ahead if number >= rounds else 0)) % len(entry)]
            for place, option in zip(places, options, strict=True):
                chosen[place] = option
        if tuple(chosen) not in tried:
            tried.add(tuple(chosen))
            yield tuple(doubt.options[option] for doubt, option in zip(doubts, chosen, strict=True))


@cache
def combinations(counts: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Which options of the doubts about one entry are tried together, where they have ``counts`` many: all combinations, or
    so many that every two options stand together in one of them, or every option stands in one."""
    if prod(counts) <= COMBINATIONS_AT_MOST:
        return tuple(product(*map(range, counts)))
    largest, second = sorted((*counts, 1))[:-3:-1]
    if largest * second > READINGS_AT_MOST:
        return tuple(tuple(number % count for count in counts) for number in range(largest))
    return tuple(_every_two(counts))


def _every_two(counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Combinations in which every two options of different doubts stand together in at least one."""
    columns = range(len(counts))
    missing = {
        frozenset(((one, first), (other, second)))
        for one in columns
        for other in columns[one + 1 :]
        for first in range(counts[one])
        for second in range(counts[other])
    }
    while missing:
        chosen = dict(min(sorted(pair) for pair in missing))
        for column in columns:
            if column not in chosen:
                with_it = [
                    sum(frozenset(((column, option), placed)) in missing for placed in chosen.items())
                    for option in range(counts[column])
                ]
                chosen[column] = with_it.index(max(with_it))
        missing -= {frozenset((one, other)) for one in chosen.items() for other in chosen.items()}
        yield tuple(chosen[column] for column in columns)
