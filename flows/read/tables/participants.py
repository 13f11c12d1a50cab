"""Who takes part: from a table of participants, from a column that lists them, and from rows of their own."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.read.tables.extract import ditto, table_records
from flows.read.tables.find import Table
from flows.read.tables.header import Header
from flows.read.tables.records import Records
from flows.read.tables.row_kinds import begin_notes, is_aside, total_label
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import PARTICIPANTS, title_key
from flows.read.values import numbers
from flows.read.values.characters import fold, one_line
from schemas.cells import cell_code
from schemas.words import NO_CELL

_SEPARATORS = re.compile(r"[、,，;；\n\r/]+(?![^（(]*[)）])")
_COUNT = re.compile(
    r"^(?P<name>.*?[^\d\s:：(（×xX*\-—])[\s:：\-—]*(?:[(（]\s*(?P<in>\d+|[一二三四五六七八九十两]+)\s*(?:人|名|位)?\s*[)）]"
    r"|[×xX*]?\s*(?P<plain>\d+)\s*(?:人|名|位)?|(?P<word>[一二三四五六七八九十两]+)\s*(?:人|名))(?:[(（][^()（）]*[)）])?$"
)
_EACH = re.compile(r"各(?:派|派出|选派)?(\d+|[一二三四五六七八九十两]+)(?:人|名)$")
_SUMMARY = re.compile(
    r"^(?:共|合计|总计|等|计)?(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:单位)?(?:共|合计|计)?\d*(?:人|名)?$"
)
_BEFORE = re.compile(
    r"^(?:参团单位|参加单位|参训单位|成员单位|派员单位)[:：]|^(?:\d{1,2}|[一二三四五六七八九十]+)[.、．)）]\s*|^[①-⑳]"
)
_NUMBER_AND_NAME = 2
_UNIT = re.compile(r"[局厅委办院校会司心所站部团学处队馆社]$|大学|公司|医院|政府")


@dataclass(frozen=True)
class Filed:
    """A filing that participants may belong to: its place among all of the file, and what names it."""

    place: int
    sheet: str
    row: int
    seq: int | None
    title: str
    number: str
    card: bool


@dataclass(frozen=True)
class Part:
    """One unit in a list: its name, how many it sends, and both as they stand in the list."""

    name: str
    count: str | None
    filed: str


def listed(text: str) -> list[Part]:
    """The units that one cell lists: 绵阳市水务局4人、宜宾市水务局（3人）."""
    spaced = re.sub(r"(?<=[人名)）])[ \u3000\u00a0]+(?=\S)", "、", text.strip())
    parts: list[Part] = []
    for piece in _SEPARATORS.split(spaced):
        filed = piece.strip(" 。.;；、,，")
        bare = _BEFORE.sub("", one_line(filed))
        bare = re.sub(r"等(?:\d+个?单位)?$", "", bare)
        if not bare or _SUMMARY.match(fold(bare)) or not re.search(r"[㐀-鿿A-Za-z]{2}", bare):
            continue
        if each := _EACH.search(bare):
            bare = bare[: each.start()]
            parts = [Part(p.name, p.count or each[1], p.filed) for p in parts] + [Part(bare, each[1], filed)]
        elif count := _COUNT.match(bare):
            parts.append(Part(count["name"].strip(), count["in"] or count["plain"] or count["word"], filed))
        else:
            parts.append(Part(bare, None, filed))
    return parts


def from_table(table: Table, filings: list[Filed]) -> tuple[Records, list[int]]:
    """The participants of a table of their own, and for each the place of its filing, -1 where it has none."""
    noted = next((row for row in table.rows if (cells := table.sheet.filled(row)) and begin_notes(cells)), None)
    rows = [
        row
        for row in table.rows
        if _is_participant(table.sheet, table.header, row) and not _is_numbered_note(table, row, noted)
    ]
    records = table_records(table.sheet, table.header, rows)
    ditto(records)
    return records, _links(table, records, filings)


def from_filings(
    sheet: Sheet, header: Header, records: Records, lines: dict[int, list[int]], first: int
) -> tuple[Records, list[int]]:
    """The participants that a table of filings names itself: in a column that lists them, and in rows of their own.

    ``lines``: row of a filing → further rows that belong to it; ``first``: the place of its first filing among the file's.
    """
    found = _Gathered(records, first)
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


def from_card(records: Records, first: int) -> tuple[Records, list[int]]:
    """The participants that a card lists in one cell."""
    found = _Gathered(records, first)
    for record, row in enumerate(records.rows):
        found.add(record, row, records.meant("taking_part", record), records.code("taking_part", record), {})
    return found.records, found.links


class _Gathered:
    """Participants of ``filings`` gathered one by one; ``first`` is the place of the first filing among the file's."""

    def __init__(self, filings: Records, first: int) -> None:
        names = ("seq", "participant", "participants", "region", "system")
        self.records = Records(PARTICIPANTS, filings.sheet, [], {name: [] for name in names}, {})
        self.links: list[int] = []
        self._filings, self._first = filings, first

    def add(self, filing: int, row: int, text: str, code: int, beside: dict[str, tuple[str, int]]) -> None:
        """The units that ``text`` lists; ``beside`` is what further columns of the row say, with their cells."""
        parts = listed(text)
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


def _is_participant(sheet: Sheet, header: Header, row: int) -> bool:
    cells = sheet.filled(row)
    if not cells or total_label(cells) is not None or is_aside(cells):
        return False
    column = header.fields["participant"].column
    place = sheet.anchor(row, column)
    text = sheet.text(*place)
    if not text or len(text) > 60 or "：" in text or ":" in text:
        return False
    known = {title.column for name, title in header.fields.items() if name != "participant"}
    if any(column in known for column, _ in cells):
        return not re.fullmatch(r"\d+", text)
    return place[0] == row and bool(_UNIT.search(fold(text))) and sheet.end(row, column) == column


def _is_numbered_note(table: Table, row: int, noted: int | None) -> bool:
    """Whether a row is a number and a sentence below the participants; ``noted`` is the row that says 备注."""
    held = [text for _, text in table.sheet.filled(row)]
    if len(held) > _NUMBER_AND_NAME:
        return False
    return held[-1].endswith(("。", "；", ";")) or (
        noted is not None and noted < row and not _UNIT.search(fold(held[-1]))
    )


def _links(table: Table, records: Records, filings: list[Filed]) -> list[int]:
    """The filing of each participant: by project number, by project name, the card just above, or by 序号."""
    links = _Links(table, records, filings)
    found = (links.by_name(record) or links.card or links.by_seq(record) for record in range(len(records)))
    return [filing.place if filing else -1 for filing in found]


class _Links:
    """Finds the filing of a participant of one table."""

    def __init__(self, table: Table, records: Records, filings: list[Filed]) -> None:
        self._records, self._filings = records, filings
        self._here = [filing for filing in filings if filing.sheet == table.sheet.name]
        self._above = [filing for filing in self._here if filing.row < table.header.first]
        self.card = self._above[-1] if self._above and self._above[-1].card else None
        said = [records.meant("seq", record) for record in range(len(records))]
        self._seqs = [numbers.whole(text, "order") if text else None for text in said]
        title = table.header.fields.get("seq")
        own = title is not None and "项目" not in title.text and self._seqs == list(range(1, len(self._seqs) + 1))
        self._only_numbered = own and len(filings) == 1
        self._says = bool({"seq", "project", "project_no"} & set(records.texts)) and not self._only_numbered

    def by_name(self, record: int) -> Filed | None:
        """By 系统项目编号 or by the project's name or number."""
        number = fold(self._records.meant("project_no", record))
        project = self._records.meant("project", record)
        title = title_key(project)
        if number and (found := _first(self._filings, lambda filing: filing.number == number)):
            return found
        if not title:
            return None
        seq = numbers.whole(project, "order")
        by_title = _first(self._filings, lambda filing: filing.title == title)
        return by_title or _first(self._filings, lambda filing: seq is not None and filing.seq == seq)

    def by_seq(self, record: int) -> Filed | None:
        """By 序号, first in the same sheet; where the table says nothing of projects, the one project there is."""
        if not self._says:
            nearest = self._above or self._here or self._filings
            return nearest[-1] if len(self._filings) == 1 or self._above else None
        seq = self._seqs[record]
        if seq is None:
            return None
        return _first(self._here, lambda filing: filing.seq == seq) or _first(
            self._filings, lambda filing: filing.seq == seq
        )


def _first(filings: Iterable[Filed], is_it: Callable[[Filed], bool]) -> Filed | None:
    return next((filing for filing in filings if is_it(filing)), None)
