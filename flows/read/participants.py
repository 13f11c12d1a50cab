"""Who takes part: from a table of participants, from a column that lists them, and from rows of their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flows.read import numbers
from flows.read.characters import fold, one_line
from flows.read.extract import ditto, table_records
from flows.read.fits import Fits
from flows.read.header import Header, Title
from flows.read.layout import Table
from flows.read.records import Records
from flows.read.rows import is_aside, total_label
from flows.read.sheet import Sheet
from flows.read.titles import PARTICIPANTS, title_key
from schemas.cells import cell_code

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


def from_table(table: Table, filings: list[Filed], fits: Fits) -> tuple[Records, list[int]]:
    """The participants of a table of their own, and for each the place of its filing, -1 where it has none."""
    rows = [row for row in table.rows if _is_participant(table.sheet, table.header, row, fits)]
    records = table_records(table.sheet, table.header, rows)
    ditto(records)
    return records, _links(table, records, filings)


def from_filings(
    sheet: Sheet, header: Header, records: Records, lines: dict[int, list[int]], first: int
) -> tuple[Records, list[int]]:
    """The participants that a table of filings names itself: in a column that lists them, and in rows of their own.

    ``lines``: row of a filing → further rows that belong to it; ``first``: the place of its first filing among the file's.
    """
    who = header.fields.get("taking_part") or header.lines.get("participant")
    found = _Gathered(sheet.name)
    if who is None:
        return found.records, found.links
    for record, row in enumerate(records.rows):
        for line in (row, *lines.get(row, ())):
            place = sheet.anchor(line, who.column)
            if place[0] != line and place[0] in (row, *lines.get(row, ())):
                continue
            text = sheet.text(*place)
            beside = {
                name: sheet.text(line, title.column) for name, title in header.lines.items() if name != "participant"
            }
            found.add(records, record, first, line, cell_code(*place), text, beside, header.lines)
    return found.records, found.links


def from_card(records: Records, first: int) -> tuple[Records, list[int]]:
    """The participants that a card lists in one cell."""
    found = _Gathered(records.sheet)
    for record, row in enumerate(records.rows):
        text = records.meant("taking_part", record)
        found.add(records, record, first, row, records.code("taking_part", record), text, {}, {})
    return found.records, found.links


class _Gathered:
    """Participants gathered one by one."""

    def __init__(self, sheet: str) -> None:
        names = ("seq", "participant", "participants", "region", "system")
        self.records = Records(PARTICIPANTS, sheet, [], {name: [] for name in names}, {})
        self.links: list[int] = []

    def add(
        self, filings: Records, filing: int, first: int, row: int, code: int, text: str,
        beside: dict[str, str], columns: dict[str, Title],
    ) -> None:  # fmt: skip
        """The units that ``text`` lists; ``beside`` is what further columns say of a unit that stands alone."""
        parts = listed(text)
        counts = re.split(r"[、,，;；\n/]+", beside.get("participants", ""))
        counts = counts if len(counts) == len(parts) else [""] * len(parts)
        for part, count in zip(parts, counts, strict=True):
            record = len(self.records)
            self.records.rows.append(row)
            self.links.append(first + filing)
            self._put(
                "seq",
                record,
                filings.texts.get("seq", [""] * len(filings))[filing],
                filings.meant("seq", filing),
                filings.code("seq", filing),
            )
            self._put("participant", record, part.filed, part.name, code)
            if part.count is not None:
                self._put("participants", record, part.filed, part.count, code)
            else:
                self._beside("participants", record, count, row, columns)
            for name in ("region", "system"):
                self._beside(name, record, beside.get(name, ""), row, columns)

    def _beside(self, name: str, record: int, text: str, row: int, columns: dict[str, Title]) -> None:
        if name in columns:
            self._put(name, record, text, text, cell_code(row, columns[name].column))
        else:
            self.records.texts[name].append("")

    def _put(self, name: str, record: int, filed: str, said: str, code: int) -> None:
        self.records.texts[name].append(filed)
        if code >= 0:
            self.records.moved[name, record] = code
        if said != filed:
            self.records.said[name, record] = said


def _is_participant(sheet: Sheet, header: Header, row: int, fits: Fits) -> bool:
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


def _links(table: Table, records: Records, filings: list[Filed]) -> list[int]:
    """The filing of each participant: by project number, by project name, by 序号, or the filing just above."""
    here = [filing for filing in filings if filing.sheet == table.sheet.name]
    above = [filing for filing in here if filing.row < table.header.first]
    card = above[-1] if above and above[-1].card else None
    links = []
    seqs = [
        numbers.whole(records.meant("seq", record), "order") if records.meant("seq", record) else None
        for record in range(len(records))
    ]
    counting = (
        seqs == list(range(1, len(seqs) + 1))
        and len(filings) == 1
        and not _names_project(table.header.fields.get("seq"))
    )
    for record in range(len(records)):
        found = _by_name(records, record, filings)
        if found is None and card is not None:
            found = card
        if found is None and seqs[record] is not None and not counting:
            found = _one([f for f in here if f.seq == seqs[record]]) or _one(
                [f for f in filings if f.seq == seqs[record]]
            )
        elif found is None and (counting or not {"seq", "project", "project_no"} & set(records.texts)):
            found = (above or here or filings)[-1] if len(filings) == 1 or above else None
        links.append(found.place if found else -1)
    return links


def _by_name(records: Records, record: int, filings: Iterable[Filed]) -> Filed | None:
    number = fold(records.meant("project_no", record))
    if number and (found := _one([f for f in filings if f.number == number])):
        return found
    title = title_key(records.meant("project", record))
    if not title:
        return None
    return _one([f for f in filings if f.title == title]) or (
        _one(
            [
                f
                for f in filings
                if f.seq is not None and f.seq == numbers.whole(records.meant("project", record), "order")
            ]
        )
    )


def _names_project(title: Title | None) -> bool:
    return title is not None and "项目" in title.text


def _one(filings: list[Filed]) -> Filed | None:
    return filings[0] if filings else None
