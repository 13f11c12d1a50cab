"""One file, read in a worker: its filings and participants as text with their cells, and what is to be said of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flows.read.formats.open import open_grids
from flows.read.tables.cards import CardRecords
from flows.read.tables.extract import (
    amounts,
    combined,
    ditto,
    serial_days_1904,
    short_days,
    table_records,
    unsaved_and_errors,
)
from flows.read.tables.filer import filer
from flows.read.tables.find import Layout, Table, layout, nearest_header
from flows.read.tables.header import Header
from flows.read.tables.participants import Filed, from_card, from_filings, from_table
from flows.read.tables.plausible import Plausible, plausibility
from flows.read.tables.records import Packed, Records, Remark, Total, pack
from flows.read.tables.row_kinds import filing_rows
from flows.read.tables.sheet import Sheet
from flows.read.tables.subcolumns import flag_of_two, groups, settle
from flows.read.tables.synonyms import FILINGS, PARTICIPANTS, known_titles, money_unit, title_key
from flows.read.tables.totals import totals
from flows.read.values import numbers
from flows.read.values.characters import fold
from flows.read.values.column import Values
from flows.settings import ReadLimits
from schemas.cells import a1, cell_code
from schemas.columns import FILING, LAST_YEAR, PARTICIPANT
from schemas.titles import COMBINED
from schemas.yearbook import Yearbook

COVER_ROWS = 60
"""Rows of a cover in which the unit may be named."""

_LAST_YEARS = {title_key(column.title) for column in LAST_YEAR} - {title_key(column.title) for column in FILING}
"""Titles that only a list of last year's projects has."""

_NAMES = {FILINGS: [column.name for column in FILING], PARTICIPANTS: [column.name for column in PARTICIPANT]}


@dataclass(frozen=True)
class FileReader:
    """Surveys files of a year with the words of its data files."""

    book: Yearbook

    def __call__(self, path: Path, limits: ReadLimits) -> FileReading:
        """What the file at ``path`` gives.

        Raises:
            Unreadable: it is no table, or a broken one.
        """
        grids = open_grids(path, limits)
        survey = self.survey([Sheet(grid) for grid in grids if grid.rows])
        survey.blank = not any(grid.rows for grid in grids)
        survey.troubles = [grid.trouble for grid in grids if grid.trouble]
        return survey

    def survey(self, sheets: list[Sheet]) -> FileReading:
        """What these sheets of one file give."""
        reading = _Reading(self._values, self._plausible)
        reading.take(layout(sheets, known_titles(), self._plausible))
        if not reading.survey.seen:
            reading.survey.nearest = nearest_header(sheets, known_titles())
        return reading.survey

    @cached_property
    def _values(self) -> Values:
        return Values(self.book.year, self.book.notice.vocabularies, self.book.spellings)

    @cached_property
    def _fits(self) -> Plausible:
        return plausibility(self._values)


@dataclass
class _Part:
    """One table or card that was read: ``first`` is the place of its first filing among those of the file."""

    sheet: Sheet
    header: Header
    records: Records
    first: int
    card: bool = False
    goes_on: bool = False


class _Reading:
    """Gathers what the tables and cards of one file give."""

    def __init__(self, values: Values, plausible: Plausible) -> None:
        self.survey = FileReading()
        self._values, self._plausible = values, plausible
        self._filings: list[_Part] = []
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
        filed = self._filed() if found.tables(PARTICIPANTS) else []
        for read in self._filings:
            self._about(read, needless={"seq"} if read.card else None)
            self.survey.filings.append(pack(read.records, _NAMES[FILINGS]))
        for table in found.tables(PARTICIPANTS):
            self._participants(table, filed)
        self.survey.unit = filer(
            [(sheet, sorted(loose[id(sheet)])) for sheet, _ in found.loose], known_titles()
        ) or filer([(sheet, range(sheet.top, sheet.top + COVER_ROWS)) for sheet in found.others], known_titles())

    def _table(self, table: Table, above: list[int]) -> list[int]:
        """Read a table of filings; gives the rows of it that turned out to be something else."""
        sheet, header = table.sheet, table.header
        if _is_last_years(header):
            return list(table.rows)
        parted = groups(sheet, header, known_titles())
        settle(header, parted, known_titles())
        rows = filing_rows(sheet, header, [row for row in table.rows if row > header.last], self._plausible)
        filings = set(rows.filings)
        others = [row for row in table.rows if row not in filings]
        records = table_records(sheet, header, rows.filings)
        flag_of_two(sheet, records, parted, self._values.flags)
        if not len(records):
            self._show(_Part(sheet, header, records, 0))
            return others
        upper = self._filings[-1] if self._filings else None
        if upper and upper.sheet.whole is sheet.whole and upper.records.goes_on_below(records):
            self._finish(sheet, records, upper.first, header.money)
            upper.records.widen(records)
            upper.header.widen(header)
            return others
        part = _Part(sheet, header, records, self._count, goes_on=table.goes_on)
        unit = header.money or _noted_unit(sheet, above)
        self._finish(sheet, records, part.first, unit, upper.records if upper and table.goes_on else None)
        self._chain = self._chain if table.goes_on else 0
        before = [read.records for read in self._filings]
        self.survey.totals += totals(sheet, header, records, rows.totals, table.again, before, self._chain, unit)
        self._chain += 1
        self._filings.append(part)
        self._taking_part(*from_filings(sheet, header, records, rows.lines, part.first))
        return others

    def _card(self, sheet: Sheet, card: CardRecords) -> None:
        records, labels = card.records, card.card.labels
        titles = {name: label.title for name, label in labels.items()}
        twice = [(label.field, label.title) for label in card.card.twice]
        header = Header(FILINGS, card.card.first, card.card.first, titles, twice)
        part = _Part(sheet, header, records, self._count, card=True)
        self._finish(sheet, records, part.first, header.money or _noted_unit(sheet, range(sheet.top, header.first)))
        self._filings.append(part)
        if "taking_part" in records.texts:
            self._taking_part(*from_card(records, part.first))

    def _number_cards(self) -> None:
        """A card has no 序号 by nature: where a file has nothing but such cards they are numbered as they come."""
        if not all(part.card and "seq" not in part.records.texts for part in self._filings):
            return
        for part in self._filings:
            records = part.records
            records.texts["seq"] = [""] * len(records)
            records.said |= {("seq", record): str(part.first + record + 1) for record in range(len(records))}

    def _participants(self, table: Table, filed: list[Filed]) -> None:
        records, links = from_table(table, filed)
        if not len(records):
            return
        self.survey.remarks += unsaved_and_errors(table.sheet, records, None)
        self._taking_part(records, links)
        by_place = len(filed) == 1 or any(
            f.card and f.sheet == table.sheet.name and f.row < table.header.first for f in filed
        )
        part = _Part(table.sheet, table.header, records, 0, goes_on=table.goes_on)
        self._about(part, needless={"seq"} if by_place or {"project", "project_no"} & set(records.texts) else set())

    def _finish(
        self, sheet: Sheet, records: Records, first: int, unit: str | None, before: Records | None = None
    ) -> None:
        """What the texts of records mean where they do not say it themselves."""
        short_days(sheet, records)
        ditto(records, before)
        self.survey.remarks += unsaved_and_errors(sheet, records, first)
        if sheet.grid.epoch_1904:
            serial_days_1904(sheet, records)
        amounts(records, unit)
        combined(records, self._values)

    def _taking_part(self, records: Records, links: list[int]) -> None:
        if len(records):
            self.survey.participants.append(pack(records, _NAMES[PARTICIPANTS]))
            self.survey.links.append(links)

    @property
    def _count(self) -> int:
        """How many filings have been read."""
        return sum(len(part.records) for part in self._filings)

    def _filed(self) -> list[Filed]:
        """The filings of the file by what names them, for their participants."""
        filed: list[Filed] = []
        for part in self._filings:
            records = part.records
            for record, row in enumerate(records.rows):
                seq = records.meant("seq", record)
                number = numbers.whole(seq, "order") if seq else None
                filed.append(
                    Filed(
                        len(filed),
                        records.sheet,
                        row,
                        number if isinstance(number, int) else None,
                        title_key(records.meant("title", record)),
                        fold(records.meant("otm_no", record)),
                        part.card,
                    )
                )
        return filed

def _is_last_years(header: Header) -> bool:
    """Whether a table lists the approved projects of last year: how many were approved and went, and nothing planned."""
    there = {title_key(title.text) for title in header.unknown} & _LAST_YEARS
    return len(there) >= 2 and not {"days", "start_date", "period", "budget", "content"} & set(header.fields)
