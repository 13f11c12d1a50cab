"""What a table gave: its records column by column, every text with the cell that holds it."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.cells import cell_code
from schemas.words import NO_CELL

NOT_READ = "\x00"
"""Said of a cell whose value is not to be read, because something is said about it already."""


@dataclass
class Records:
    """The filings or participants of one table or card.

    ``texts``: column's name → the text of each record as filed, empty where there is none; ``columns``: name → the
    column of the sheet where it stands, for names that the table has. A text that stands elsewhere than in its record's
    row and column has its cell code in ``moved`` by (name, record); one that means something else than it says (同上, one
    of two dates in a cell) has that in ``said``.
    """

    table: str
    sheet: str
    rows: list[int]
    texts: dict[str, list[str]]
    columns: dict[str, int]
    moved: dict[tuple[str, int], int] = field(default_factory=dict)
    said: dict[tuple[str, int], str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def meant(self, name: str, record: int) -> str:
        """What the record says in column ``name``; empty where nothing."""
        if (name, record) in self.said:
            return self.said[name, record]
        return self.texts[name][record] if name in self.texts else ""

    def goes_on_below(self, other: "Records") -> bool:
        """Whether ``other`` holds further columns of the same projects, written below for want of width."""
        shared = set(self.texts) & set(other.texts)
        same = all(self.texts[name] == other.texts[name] for name in shared)
        return "title" not in other.texts and len(self) == len(other) and shared <= {"seq"} and same

    def widen(self, other: "Records") -> None:
        """Add the columns of ``other``."""
        for name in set(other.texts) - set(self.texts):
            self.texts[name] = other.texts[name]
            self.moved |= {(name, record): other.code(name, record) for record in range(len(self))}
            self.said |= {(said, record): text for (said, record), text in other.said.items() if said == name}

    def code(self, name: str, record: int) -> int:
        """The cell code of the record's ``name``."""
        if (name, record) in self.moved:
            return self.moved[name, record]
        return cell_code(self.rows[record], self.columns[name]) if name in self.columns else NO_CELL


SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Packed:
    """Records made small for the way out of a worker: the texts of a column as one, separated by SEPARATOR."""

    table: str
    sheet: str
    rows: array
    texts: dict[str, str]
    columns: dict[str, int]
    moved: dict[tuple[str, int], int]
    said: dict[tuple[str, int], str]

    def __len__(self) -> int:
        return len(self.rows)


def pack(records: Records, names: Iterable[str]) -> Packed:
    """The records with the columns ``names`` only."""
    texts = {name: _joined(records.texts[name]) for name in names if name in records.texts}
    return Packed(
        records.table, records.sheet, array("q", records.rows), texts, records.columns, records.moved, records.said
    )


def _joined(texts: list[str]) -> str:
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) != len(texts) - 1:
        joined = SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts)
    return joined


@dataclass(frozen=True)
class Remark:
    """Something to be said about a cell besides its value (see ``schemas.words.REMARK_KINDS``); ``record`` is the place
    of the filing among all of its file, where it is about one."""

    kind: str
    sheet: str
    cell: int
    column: str | None
    value: str | None = None
    detail: str | None = None
    record: int | None = None


@dataclass(frozen=True)
class Total:
    """A figure of a row of totals: ``stated`` there, ``computed`` from the records; amounts in 万元."""

    sheet: str
    cell: int
    column: str
    value: str
    stated: float | None
    computed: float
