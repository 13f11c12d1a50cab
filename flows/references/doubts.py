"""What a reference workbook leaves open, and the readings of it that there may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from flows.read import name_key

READINGS_AT_MOST = 64
"""Of an entry that may be read in more ways not every combination is tried, but every value in some."""

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


def readings(doubts: Sequence[Doubt]) -> Iterator[tuple[object, ...]]:
    """The readings that there may be: for each of ``doubts`` one of its options; at least one reading.

    Entries are independent of each other, so each goes through its own combinations while the others go through theirs: once
    all in step, so that like entries are read alike; and where a table has several, which may be compared (two units' levels),
    once more out of step, so that they are not.
    """
    of_entry: dict[tuple[str, str], list[int]] = {}
    for place, doubt in enumerate(doubts):
        of_entry.setdefault((doubt.table, doubt.entry), []).append(place)
    counts = [[len(doubts[place].options) for place in places] for places in of_entry.values()]
    rounds = min(max(map(prod, counts), default=1), READINGS_AT_MOST)
    tables = [table for table, _ in of_entry]
    for number in range(rounds * (2 if len(tables) > len(set(tables)) else 1)):
        chosen: list[object] = [None] * len(doubts)
        for ahead, (entry, places) in enumerate(zip(counts, of_entry.values(), strict=True)):
            options = _combination(number + (ahead if number >= rounds else 0), entry)
            for place, option in zip(places, options, strict=True):
                chosen[place] = doubts[place].options[option]
        yield tuple(chosen)


def _combination(number: int, counts: Sequence[int]) -> list[int]:
    """Which option of each of ``counts`` many the reading ``number`` takes."""
    if prod(counts) > READINGS_AT_MOST:
        return [number % count for count in counts]
    options = []
    for count in counts:
        number, option = divmod(number, count)
        options.append(option)
    return options
