"""Who takes part: from a table of participants, from a column that lists them, and from rows of their own."""

import re

from flows.read.tables.asides import begin_notes, is_aside
from flows.read.tables.ditto import fill_ditto
from flows.read.tables.extract import table_records
from flows.read.tables.find import Table
from flows.read.tables.heads.header import Header
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.participant_links import Filed, linked
from flows.read.tables.participant_lists import listed
from flows.read.tables.patterns import Patterns
from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import PARTICIPANTS
from flows.read.tables.totals import total_label
from flows.read.values.characters import fold
from schemas.cells import cell_code
from schemas.words import NO_CELL

_NUMBER_AND_NAME = 2


def from_table(table: Table, filings: list[Filed], known: Knowledge) -> tuple[Records, list[int]]:
    """The participants of a table of their own, and for each the place of its filing, -1 where it has none."""
    patterns = known.patterns
    noted = next(
        (row for row in table.rows if (cells := table.sheet.filled(row)) and begin_notes(cells, patterns)), None
    )
    rows = [
        row
        for row in table.rows
        if _is_participant(table.sheet, table.header, row, patterns)
        and not _is_numbered_note(table, row, noted, patterns)
    ]
    records = table_records(table.sheet, table.header, rows)
    fill_ditto(records, known.ditto_marks)
    return records, linked(table, records, filings)


def from_filings(
    sheet: Sheet, header: Header, records: Records, lines: dict[int, list[int]], first: int, patterns: Patterns
) -> tuple[Records, list[int]]:
    """The participants that a table of filings names itself: in a column that lists them, and in rows of their own.

    ``lines``: row of a filing → further rows that belong to it; ``first``: the place of its first filing among the file's.
    """
    found = _Listed(records, first, patterns)
    who = header.fields.get("taking_part") or header.lines.get("participant")
    beside = {name: title for name, title in header.lines.items() if name != "participant"}
    if who is None:
        return found.records, found.links
    for record, row in enumerate(records.rows):
        own = (row, *lines.get(row, ()))
        for line in own:
            place = sheet.anchor(line, who.column)
            if place[0] == line or place[0] not in own:
                cells = {name: (sheet.text(line, t.column), cell_code(line, t.column)) for name, t in beside.items()}
                found.add(record, line, sheet.text(*place), cell_code(*place), cells)
    return found.records, found.links


def from_card(records: Records, first: int, patterns: Patterns) -> tuple[Records, list[int]]:
    """The participants that a card lists in one cell."""
    found = _Listed(records, first, patterns)
    for record, row in enumerate(records.rows):
        found.add(record, row, records.meant("taking_part", record), records.code("taking_part", record), {})
    return found.records, found.links


class _Listed:
    """Participants that the cells of ``filings`` list, one after the other; ``first`` is the place of the first filing among the file's."""

    def __init__(self, filings: Records, first: int, patterns: Patterns) -> None:
        names = ("seq", "participant", "participants", "region", "system")
        self.records = Records(PARTICIPANTS, filings.sheet, [], {name: [] for name in names}, {})
        self.links: list[int] = []
        self._filings, self._first, self._patterns = filings, first, patterns

    def add(self, filing: int, row: int, text: str, code: int, beside: dict[str, tuple[str, int]]) -> None:
        """The units that ``text`` lists; ``beside`` is what further columns of the row say, with their cells."""
        parts = listed(text, self._patterns)
        counts = re.split(r"[、,，;；\n/]+", beside.get("participants", ("", NO_CELL))[0])
        counts = counts if len(counts) == len(parts) else [""] * len(parts)
        filings = self._filings
        seq = filings.texts["seq"][filing] if "seq" in filings.texts else ""
        for part, count in zip(parts, counts, strict=True):
            self.records.rows.append(row)
            self.links.append(self._first + filing)
            self._put("seq", seq, filings.meant("seq", filing), filings.code("seq", filing))
            self._put("participant", part.filed, part.name, code)
            if part.count is not None:
                self._put("participants", part.filed, part.count, code)
            else:
                self._put("participants", count, count, beside.get("participants", ("", NO_CELL))[1])
            for name in ("region", "system"):
                said, place = beside.get(name, ("", NO_CELL))
                self._put(name, said, said, place)

    def _put(self, name: str, filed: str, said: str, code: int) -> None:
        record = len(self.records) - 1
        self.records.texts[name].append(filed)
        if code != NO_CELL:
            self.records.moved[name, record] = code
        if said != filed:
            self.records.said[name, record] = said


def _is_participant(sheet: Sheet, header: Header, row: int, patterns: Patterns) -> bool:
    cells = sheet.filled(row)
    if not cells or total_label(cells, patterns) is not None or is_aside(cells, patterns):
        return False
    column = header.fields["participant"].column
    place = sheet.anchor(row, column)
    text = sheet.text(*place)
    if not text or len(text) > 60 or "：" in text or ":" in text:
        return False
    known = {title.column for name, title in header.fields.items() if name != "participant"}
    if any(column in known for column, _ in cells):
        return not re.fullmatch(r"\d+", text)
    return place[0] == row and bool(patterns.organisation.search(fold(text))) and sheet.end(row, column) == column


def _is_numbered_note(table: Table, row: int, noted: int | None, patterns: Patterns) -> bool:
    """Whether a row is a number and a sentence below the participants; ``noted`` is the row that says 备注."""
    held = [text for _, text in table.sheet.filled(row)]
    if len(held) > _NUMBER_AND_NAME:
        return False
    return held[-1].endswith(("。", "；", ";")) or (
        noted is not None and noted < row and not patterns.organisation.search(fold(held[-1]))
    )
