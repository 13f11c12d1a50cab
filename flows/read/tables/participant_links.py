"""Which filing a participant of a table belongs to: by project number, by project name, the card just above, or by 序号."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.read.tables.file_reading import TableRead
from flows.read.tables.find import Table
from flows.read.tables.records import Records
from flows.read.tables.synonyms import title_key
from flows.read.values import numbers
from flows.read.values.characters import fold


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


def filings_of_file(tables: Iterable[TableRead]) -> list[Filed]:
    """The filings of the file by what names them."""
    filed: list[Filed] = []
    for read in tables:
        records = read.records
        for record, row in enumerate(records.rows):
            seq = records.meant("seq", record)
            number = numbers.whole(seq, "order") if seq else None
            filed.append(
                Filed(
                    place=len(filed),
                    sheet=records.sheet,
                    row=row,
                    seq=number if isinstance(number, int) else None,
                    title=title_key(records.meant("title", record)),
                    number=fold(records.meant("otm_no", record)),
                    card=read.card,
                )
            )
    return filed


def linked(table: Table, records: Records, filings: list[Filed]) -> list[int]:
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
