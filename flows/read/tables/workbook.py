"""The sheets of one file: their tables and cards read into filings and participants, and what is to be said of them."""

from collections.abc import Iterable, Sequence

from flows.read.formats.grid import Grid
from flows.read.tables.cards import CardRecords
from flows.read.tables.combined_columns import split_combined
from flows.read.tables.ditto import fill_ditto
from flows.read.tables.exact_numbers import exact_numbers
from flows.read.tables.extract import table_records
from flows.read.tables.file_reading import FileReading, TableRead
from flows.read.tables.filer import filer
from flows.read.tables.find import Layout, Table, layout, nearest_header
from flows.read.tables.footnotes import explain_marks
from flows.read.tables.heads.header import Header
from flows.read.tables.heads.subcolumns import flag_of_two, groups, settle
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.money_units import noted_unit, say_units
from flows.read.tables.not_counted import hidden_sheets, not_counted
from flows.read.tables.number_dates import serial_days_1904, short_days
from flows.read.tables.participant_links import Filed, filings_of_file
from flows.read.tables.participants import from_card, from_filings, from_table
from flows.read.tables.records import Records, pack
from flows.read.tables.row_kinds import filing_rows
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, PARTICIPANTS, title_key
from flows.read.tables.table_remarks import title_remarks
from flows.read.tables.totals import totals
from flows.read.tables.unread_cells import unsaved_and_errors
from schemas.columns import FILING, LAST_YEAR, PARTICIPANT
from schemas.form import Form

COVER_ROWS = 60
"""Rows of a cover in which the unit may be named."""

_NAMES = {FILINGS: [column.name for column in FILING], PARTICIPANTS: [column.name for column in PARTICIPANT]}


def read_sheets(grids: Sequence[Grid], known: Knowledge) -> FileReading:
    """What the sheets of one file give."""
    sheets = [Sheet(grid) for grid in grids if grid.rows]
    reader = _Sheets(known)
    reader.take(layout(sheets, known))
    reading = reader.reading
    if not reading.seen:
        reading.nearest = nearest_header(sheets, known.titles)
    reading.blank = not sheets
    reading.troubles = [grid.trouble for grid in grids if grid.trouble]
    return reading


class _Sheets:
    """Reads the tables and cards of one file, filings first, and keeps what they give in ``reading``."""

    def __init__(self, known: Knowledge) -> None:
        self.reading = FileReading()
        self._known = known
        self._filings: list[TableRead] = []
        self._chain = 0

    def take(self, found: Layout) -> None:
        """Read the parts of a file: filings first, since participants refer to them."""
        loose = {id(sheet): list(rows) for sheet, rows in found.loose}
        for part in found.parts:
            if isinstance(part, tuple):
                self._card(*part)
            elif part.header.table == FILINGS:
                above = [row for row in loose[id(part.sheet.whole)] if row < part.header.first]
                loose[id(part.sheet.whole)] += self._table(part, above)
        self._number_cards()
        self._not_counted()
        filed = filings_of_file(self._filings) if found.tables(PARTICIPANTS) else []
        for read in self._filings:
            self._about(read, needless={"seq"} if read.card else ())
            self.reading.filings.append(pack(read.records, _NAMES[FILINGS]))
        for table in found.tables(PARTICIPANTS):
            self._participants(table, filed)
        self.reading.unit = filer(
            [(sheet, sorted(loose[id(sheet)])) for sheet, _ in found.loose], self._known
        ) or filer([(sheet, range(sheet.top, sheet.top + COVER_ROWS)) for sheet in found.others], self._known)

    def _table(self, table: Table, above: list[int]) -> list[int]:
        """Read a table of filings; gives the rows of it that turned out to be something else."""
        sheet, header = table.sheet, table.header
        if _is_last_years(header, self._known.form):
            return list(table.rows)
        parted = groups(sheet, header, self._known)
        settle(header, parted, self._known)
        rows = filing_rows(sheet, header, [row for row in table.rows if row > header.last], self._known)
        filings = set(rows.filings)
        others = [row for row in table.rows if row not in filings]
        records = table_records(sheet, header, rows.filings)
        flag_of_two(sheet, records, parted, self._known.values.flags)
        if not len(records):
            self.reading.seen.append(TableRead(sheet, header, records, 0).seen)
            return others
        upper = self._filings[-1] if self._filings else None
        if upper and upper.sheet.whole is sheet.whole and upper.records.goes_on_below(records):
            self._finish(sheet, records, upper.first, header.money)
            upper.records.widen(records)
            upper.header.widen(header)
            return others
        part = TableRead(sheet, header, records, self._count, goes_on=table.goes_on)
        unit = header.money or noted_unit(sheet, above)
        self._finish(sheet, records, part.first, unit, upper.records if upper and table.goes_on else None)
        self._chain = self._chain if table.goes_on else 0
        before = [read.records for read in self._filings]
        self.reading.totals += totals(
            sheet, header, records, rows.totals, table.again, before, self._chain, unit, self._known.patterns
        )
        self._chain += 1
        self._filings.append(part)
        self._taking_part(*from_filings(sheet, header, records, rows.lines, part.first, self._known.patterns))
        return others

    def _card(self, sheet: Sheet, card: CardRecords) -> None:
        records, labels = card.records, card.card.labels
        titles = {name: label.title for name, label in labels.items()}
        twice = [(label.field, label.title) for label in card.card.twice]
        header = Header(FILINGS, card.card.first, card.card.first, titles, twice)
        part = TableRead(sheet, header, records, self._count, card=True)
        self._finish(sheet, records, part.first, header.money or noted_unit(sheet, range(sheet.top, header.first)))
        self._filings.append(part)
        if "taking_part" in records.texts:
            self._taking_part(*from_card(records, part.first, self._known.patterns))

    def _number_cards(self) -> None:
        """A card has no 序号 by nature: where a file has nothing but such cards they are numbered as they come."""
        if not all(part.card and "seq" not in part.records.texts for part in self._filings):
            return
        for part in self._filings:
            records = part.records
            records.texts["seq"] = [""] * len(records)
            records.said |= {("seq", record): str(part.first + record + 1) for record in range(len(records))}

    def _not_counted(self) -> None:
        """Which filings the file itself says no longer count, and which of those that do are hidden."""
        for place, why, remark in not_counted(self._filings):
            self.reading.gone[place] = why
            self.reading.remarks.append(remark)
        self.reading.remarks += hidden_sheets(self._filings, self.reading.gone)

    def _participants(self, table: Table, filed: list[Filed]) -> None:
        records, links = from_table(table, filed, self._known)
        if not len(records):
            return
        exact_numbers(table.sheet, records)
        self.reading.remarks += unsaved_and_errors(table.sheet, records, None)
        self._taking_part(records, links)
        by_place = len(filed) == 1 or any(
            f.card and f.sheet == table.sheet.name and f.row < table.header.first for f in filed
        )
        part = TableRead(table.sheet, table.header, records, 0, goes_on=table.goes_on)
        self._about(part, needless={"seq"} if by_place or {"project", "project_no"} & set(records.texts) else set())

    def _finish(
        self, sheet: Sheet, records: Records, first: int, unit: str | None, before: Records | None = None
    ) -> None:
        """What the texts of records mean where they do not say it themselves."""
        short_days(sheet, records)
        exact_numbers(sheet, records)
        explain_marks(sheet, records)
        fill_ditto(records, self._known.ditto_marks, before)
        self.reading.remarks += unsaved_and_errors(sheet, records, first)
        if sheet.grid.epoch_1904:
            serial_days_1904(sheet, records)
        say_units(records, unit, self._known.unlikely_budget)
        split_combined(records, self._known)

    def _taking_part(self, records: Records, links: list[int]) -> None:
        if len(records):
            self.reading.participants.append(pack(records, _NAMES[PARTICIPANTS]))
            self.reading.links.append(links)

    @property
    def _count(self) -> int:
        """How many filings have been read."""
        return sum(len(part.records) for part in self._filings)

    def _about(self, read: TableRead, needless: Iterable[str] = ()) -> None:
        """Say how a table was understood, and once a table what is to be said of its titles."""
        self.reading.seen.append(read.seen)
        if not read.goes_on:
            self.reading.remarks += title_remarks(read, self._known.form, needless)


def _is_last_years(header: Header, form: Form) -> bool:
    """Whether a table lists the approved projects of last year: how many were approved and went, and nothing planned."""
    theirs = {title_key(column.title) for column in LAST_YEAR} - {title_key(column.title) for column in form.filing}
    there = {title_key(title.text) for title in header.unknown} & theirs
    return len(there) >= 2 and not {"days", "start_date", "period", "budget", "content"} & set(header.fields)
