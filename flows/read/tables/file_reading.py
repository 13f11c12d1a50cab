"""What one file gave: its filings and participants as text with their cells, and what is to be said of them."""

from dataclasses import dataclass, field

from flows.read.tables.heads.header import Header
from flows.read.tables.records import Packed, Records, Remark, Total
from flows.read.tables.sheet import Sheet
from schemas.cells import cell_code


@dataclass(frozen=True)
class Seen:
    """What was made of one table or card, to be shown: its titles (field, cell code, text, whether guessed), the titles
    that say nothing (cell code, text), the rows of its records, and what else might be its header."""

    sheet: str
    table: str
    card: bool
    header: tuple[int, int]
    titles: tuple[tuple[str, int, str, bool], ...]
    unknown: tuple[tuple[int, str], ...]
    rows: tuple[int, ...]
    doubt: str | None = None


@dataclass
class FileReading:
    """What one file gave. ``links`` belong to ``participants``: for each record the place of its filing among all of the
    file, -1 where it has none. ``gone`` are filings, by their places, that the file itself says no longer count, each with why in
    a Chinese sentence. ``troubles`` are sentences about sheets that could not be read; ``nearest``
    is the row most like a header where nothing was found: its sheet, its number, its titles by the column's name;
    ``blank`` where no sheet holds anything. ``saved`` is when the workbook says it was last saved (ISO in UTC, empty where it
    does not say), ``modified`` when the system says so of the file (seconds since 1970)."""

    filings: list[Packed] = field(default_factory=list)
    participants: list[Packed] = field(default_factory=list)
    links: list[list[int]] = field(default_factory=list)
    gone: dict[int, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    unit: str | None = None
    nearest: tuple[str, int, dict[str, str]] | None = None
    blank: bool = False
    saved: str = ""
    modified: float = 0.0


@dataclass
class TableRead:
    """One table or card that was read: ``first`` is the place of its first filing among those of the file; ``goes_on``
    where it has no header of its own."""

    sheet: Sheet
    header: Header
    records: Records
    first: int
    card: bool = False
    goes_on: bool = False

    @property
    def seen(self) -> Seen:
        """What was made of it."""
        header = self.header
        return Seen(
            self.sheet.name,
            header.table,
            self.card,
            (header.first, header.last),
            tuple((n, cell_code(t.row, t.column), t.text, t.guessed) for n, t in header.titles.items()),
            tuple((cell_code(title.row, title.column), title.text) for title in header.unknown),
            tuple(self.records.rows),
            header.doubt,
        )
