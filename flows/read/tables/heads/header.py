"""The header of a table, once it is known: its rows, and the titles of its columns."""

from dataclasses import dataclass, field, replace

from flows.read.tables.money_units import money_unit
from flows.read.tables.synonyms import Meanings, title_key


@dataclass(frozen=True)
class Title:
    """One column of a table: ``column`` counts from 0, ``row`` and ``text`` are those of its title.

    ``more`` are columns that the title spans besides; ``guessed`` where it was matched by likeness alone.
    """

    column: int
    row: int
    text: str
    more: tuple[int, ...] = ()
    guessed: bool = False


@dataclass
class Header:
    """The header in rows ``first`` to ``last``, of which those after ``titled`` only say how to fill it in.

    ``fields`` are its titles by the column's name in code, ``twice`` further columns that mean one of them, ``lines`` columns of
    participants in a table of filings, ``unknown`` the rest. ``doubt`` says in Chinese what else is nearly as good a header, and
    what it would take otherwise."""

    table: str
    first: int
    last: int
    fields: dict[str, Title]
    twice: list[tuple[str, Title]] = field(default_factory=list)
    lines: dict[str, Title] = field(default_factory=dict)
    unknown: list[Title] = field(default_factory=list)
    doubt: str | None = None
    titled: int = 0

    @property
    def left(self) -> int:
        """The first column that has a title."""
        return min(title.column for title in (*self.titles.values(), *self.unknown))

    @property
    def titles(self) -> dict[str, Title]:
        """Every title that means something, by the column's name in code."""
        return self.fields | {name: title for name, title in self.lines.items() if name not in self.fields}

    def moved_down(self, last: int) -> "Header":
        """The same header in a sheet of its own, with rows of hints down to ``last``."""
        return replace(
            self,
            last=last,
            fields=dict(self.fields),
            twice=list(self.twice),
            lines=dict(self.lines),
            unknown=list(self.unknown),
        )

    def widen(self, other: "Header") -> None:
        """Add the columns of ``other``, a header of further columns for the same rows."""
        self.fields |= {name: title for name, title in other.fields.items() if name not in self.fields}
        self.twice += other.twice
        self.unknown += other.unknown

    @property
    def money(self) -> str | None:
        """The unit of money that the title of the budget names."""
        return money_unit(self.fields["budget"].text) if "budget" in self.fields else None

    def same_as(self, other: "Header") -> bool:
        """Whether ``other`` is this header printed again."""
        if self.table != other.table:
            return False
        ours, theirs = ({n: t.column for n, t in header.fields.items()} for header in (self, other))
        return ours == theirs or self._written == other._written

    @property
    def _written(self) -> set[tuple[int, str]]:
        titles = (*self.titles.values(), *self.unknown, *(title for _, title in self.twice))
        return {(title.column, title_key(title.text)) for title in titles}


@dataclass
class HeadColumn:
    """A column under a header: its title from the top down, the row of the lowest part, what it may mean by kind of table."""

    column: int
    row: int
    parts: list[str]
    more: list[int] = field(default_factory=list)
    meanings: Meanings = field(default_factory=dict)

    @property
    def title(self) -> Title:
        """The title as a whole, its groups before it."""
        return Title(self.column, self.row, "".join(self.parts), tuple(self.more))
