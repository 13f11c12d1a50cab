"""Where the tables of a file are: headers with the rows below them, cards, and what goes on in the next sheet."""

from dataclasses import dataclass, field, replace

from flows.read.tables.cards import CardRecords, begins_card, card_rows, cards, has_labels
from flows.read.tables.heads.best import header_at, known_cells
from flows.read.tables.heads.header import Header, Title
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.label_rows import is_label_row
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, PARTICIPANTS, STRONG, Titles
from flows.read.values.characters import fold
from schemas.sheets.letter import LETTER

SEARCH_ROWS = 3_000
"""Rows at the top of a sheet in which its first table or card begins."""

NEAR_ROWS, NEAR_TITLES = 200, 2
"""Rows in which a header that lacks too much is looked for, and how many of our titles it must have."""


@dataclass
class Table:
    """A header and the rows below it that may hold records; ``goes_on`` where it has no header of its own and goes on
    from the table before; ``again`` are the rows where its header is printed again."""

    sheet: Sheet
    header: Header
    rows: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    goes_on: bool = False


Part = Table | tuple[Sheet, CardRecords]
"""A table, or a card with the sheet that it stands on."""


@dataclass
class Layout:
    """What stands where in a file: tables and cards in the order of the file, and the rows of each sheet that belong to
    none; ``others`` are sheets that by their name hold something else."""

    parts: list[Part] = field(default_factory=list)
    loose: list[tuple[Sheet, list[int]]] = field(default_factory=list)
    others: list[Sheet] = field(default_factory=list)

    def tables(self, kind: str) -> list[Table]:
        """The tables of ``kind``."""
        return [part for part in self.parts if isinstance(part, Table) and part.header.table == kind]


def layout(sheets: list[Sheet], known: Knowledge) -> Layout:
    """Find the tables and cards of a file.

    Sheets that by their name hold something else are looked at only where no other holds filings.
    """
    other = [sheet for sheet in sheets if _is_other(sheet.name, known)]
    found = _layout([sheet for sheet in sheets if sheet not in other], known)
    if not found.tables(FILINGS) and not any(isinstance(part, tuple) for part in found.parts):
        found = _layout([sheet for sheet in sheets if fold(sheet.name) != LETTER.name], known)
    found.others = [sheet for sheet in other if fold(sheet.name) != LETTER.name]
    return found


def nearest_header(sheets: list[Sheet], titles: Titles) -> tuple[str, int, dict[str, str]] | None:
    """Where no table was found: the sheet and row with the most of our titles, and these by the column's name in code."""
    best: tuple[str, int, dict[str, str]] | None = None
    for sheet in sheets:
        for row in range(sheet.top, min(sheet.bottom, sheet.top + NEAR_ROWS) + 1):
            found = {
                meaning.column: sheet.text(row, column)
                for column, meant in known_cells(sheet, row, titles)
                for meaning in meant.get(FILINGS, ())
                if meaning.strength == STRONG
            }
            if len(found) >= NEAR_TITLES and (best is None or len(found) > len(best[2])):
                best = sheet.name, row, found
    return best


def _is_other(name: str, known: Knowledge) -> bool:
    folded = fold(name)
    return folded in known.titles.other_sheets or bool(known.patterns.other_sheet.search(folded))


def _layout(sheets: list[Sheet], known: Knowledge) -> Layout:
    found = Layout()
    for sheet in sheets:
        tables, gaps = _Sweep(sheet, known).swept()
        parts: list[tuple[int, Part]] = [(table.header.first, table) for table in tables]
        for gap in gaps:
            if card_rows(sheet, gap, known.titles):
                parts += [(card.card.first, (sheet, card)) for card in cards(sheet, gap, known)]
        if not parts and (goes_on := _going_on(sheet, found, known)):
            tables = [goes_on]
            parts = [(sheet.top, goes_on)]
        found.parts += [part for _, part in sorted(parts, key=lambda placed: placed[0])]
        taken = {row for table in tables for row in (*range(table.header.first, table.header.last + 1), *table.rows)}
        found.loose.append((sheet, [row for row in range(sheet.top, sheet.bottom + 1) if row not in taken]))
    return found


class _Sweep:
    """Goes down a sheet once and tells its tables from what stands between them."""

    def __init__(self, sheet: Sheet, known: Knowledge) -> None:
        self._sheet, self._known, self._titles = sheet, known, known.titles
        self._tables: list[Table] = []
        self._current: list[Table] = []
        self._gaps: list[range] = []
        self._gap = sheet.top

    def swept(self) -> tuple[list[Table], list[range]]:
        """The tables, and the rows between them where cards may stand."""
        sheet, row = self._sheet, self._sheet.top
        while row <= sheet.bottom and (self._tables or row - sheet.top <= SEARCH_ROWS):
            if self._plainly_body(row):
                for table in self._current:
                    table.rows.append(row)
                row += 1
                continue
            headers = self._headers(row)
            if headers and is_label_row(sheet, headers[0].last, self._titles):
                headers = []
                if self._current:
                    self._end(row)
            if headers:
                self._begin(headers, row)
                row = headers[0].last
            elif self._current and self._begins_card(row):
                self._end(row)
            for table in self._current:
                if not headers:
                    table.rows.append(row)
            row += 1
        if not self._current:
            self._gaps.append(range(self._gap, min(sheet.bottom + 1, self._gap + SEARCH_ROWS)))
        return self._tables, self._gaps

    def _headers(self, row: int) -> list[Header]:
        return header_at(self._sheet, row, self._known, further=bool(self._tables))

    def _begin(self, headers: list[Header], row: int) -> None:
        """Begin new tables, or note that the header of the current ones is printed again."""
        first = headers[0].first
        for table in self._current:
            table.rows = [kept for kept in table.rows if kept < first]
        if not self._current:
            self._gaps.append(range(self._gap, first))
        same = len(headers) == len(self._current) and all(
            header.same_as(table.header) for header, table in zip(headers, self._current, strict=True)
        )
        for table in self._current:
            begins = _printed_again(table, first) if same else _headed(table, first)
            table.rows = [kept for kept in table.rows if kept < begins]
        if same:
            for table in self._current:
                table.again.append(row)
            return
        self._current = [Table(part, header) for part, header in _parts(self._sheet, headers)]
        self._tables += self._current

    def _end(self, row: int) -> None:
        """End the current tables where a card begins at ``row``, with what stands at its head: its title, its 序号."""
        first = self._current[0].header.last + 1
        while row > first and (len(self._sheet.filled(row - 1)) < 2 or has_labels(self._sheet, row - 1, self._titles)):
            row -= 1
        for table in self._current:
            table.rows = [kept for kept in table.rows if kept < row]
        self._current, self._gap = [], row

    def _plainly_body(self, row: int) -> bool:
        """Whether ``row`` begins with a number where the table has its 序号: neither a header nor a card."""
        if not self._current or (seq := self._current[0].header.fields.get("seq")) is None:
            return False
        value = self._current[0].sheet.value(row, seq.column)
        return type(value) is float or (type(value) is str and value.isdecimal()) or type(value) is int

    def _begins_card(self, row: int) -> bool:
        """Whether the next project's card begins below a table of participants."""
        of_participants = self._current[0].header.table == PARTICIPANTS
        return of_participants and begins_card(self._sheet, row, self._titles)


def _printed_again(table: Table, first: int) -> int:
    """Where what is printed again begins, of which the header in row ``first`` is the end: the rows above it that also stand
    above the table's own header."""
    sheet, own = table.sheet, table.header.first
    apart = 0
    while (texts := sheet.filled(first - apart - 1)) and texts == sheet.filled(own - apart - 1):
        apart += 1
    return first - apart


def _headed(table: Table, first: int) -> int:
    """Where the heading begins of the next table, whose header is in row ``first``: rows close above it of one cell, or of
    labels with what they label: 填报单位：…, 填报日期：…."""
    sheet, last = table.sheet, table.header.last
    row = first if sheet.filled(first - 1) else first - 1
    while row - 1 > last and (texts := [fold(text) for _, _, text in sheet.own_cells(row - 1)]):
        if len(texts) > 1 and not all(":" in text for text in texts):
            break
        row -= 1
    return row


def _parts(sheet: Sheet, headers: list[Header]) -> list[tuple[Sheet, Header]]:
    """Each header with the columns that are its own, where several stand side by side."""
    if len(headers) == 1:
        return [(sheet, headers[0])]
    begins = [header.left for header in headers]
    ends = [*(begin - 1 for begin in begins[1:]), sheet.width - 1]
    begins[0] = sheet.left
    return [(sheet.within(*span), header) for span, header in zip(zip(begins, ends, strict=True), headers, strict=True)]


def _going_on(sheet: Sheet, found: Layout, known: Knowledge) -> Table | None:
    """The rows of a sheet without a header as the rest of the table before it, where its values say so."""
    before = next(
        (part for part in reversed(found.parts) if isinstance(part, Table) and part.header.table == FILINGS), None
    )
    if before is None or sheet.bottom < sheet.top or not before.sheet.width:
        return None
    shift = sheet.left - min(title.column for title in before.header.fields.values())
    for by in dict.fromkeys((0, shift)):
        header = _moved(before.header, by)
        if _suits(sheet, header, known):
            return Table(sheet, header, list(range(sheet.top, sheet.bottom + 1)), goes_on=True)
    return None


def _moved(header: Header, by: int) -> Header:
    def moved(title: Title) -> Title:
        return replace(title, column=title.column + by, more=tuple(column + by for column in title.more))

    return Header(
        header.table,
        0,
        0,
        {name: moved(title) for name, title in header.fields.items()},
        lines={name: moved(title) for name, title in header.lines.items()},
    )


def _suits(sheet: Sheet, header: Header, known: Knowledge) -> bool:
    """Whether most rows hold values such as the header's columns want."""
    rows = [row for row in range(sheet.top, min(sheet.bottom, sheet.top + 60) + 1) if len(sheet.filled(row)) >= 3]
    told = [
        fit
        for row in rows
        for name, title in header.fields.items()
        if (text := sheet.text(row, title.column)) and (fit := known.plausible(name, text)) is not None
    ]
    titled = "title" not in header.fields or any(sheet.text(row, header.fields["title"].column) for row in rows)
    return len(told) >= 3 and titled and sum(told) >= 0.7 * len(told)
