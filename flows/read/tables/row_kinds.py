"""Which rows below a header are filings, which belong to the one above, which are totals, and which are neither."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from flows.read.tables.asides import begin_notes, is_aside
from flows.read.tables.heads.header import Header
from flows.read.tables.heads.hints import count_on
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.totals import SUMMED, total_label
from flows.read.values import numbers
from flows.read.values.characters import fold
from flows.read.values.numbers import whole
from schemas.columns import FILING

_SENTENCE = re.compile(r"[。；;！!]$|^[（(]?\d+[.．、)）]|^[*※注]")

_SHORTEST, _LONGEST_HINT = 4, 12
"""A name of a project has more characters than the one; what is to be filled in there is said in no more than the other."""

_SAME = 1e-6
"""How far apart two sums may be that are the same."""

_HEAD = 4
"""Rows above a header that may belong to it, or be printed again with it."""

_KEYS, _SIGNS_OF_NOTES = 2, 2
_TOLD_AT_LEAST = 4
"""How many cells of a row must be other than their columns want for it to be a row of hints."""

_FIGURES = {"headcount", "days", "provincial_cadres", "budget"}
"""What a section heading may sum up beside its name."""

_SET_BEFOREHAND = {c.name for c in FILING if c.kind == "flag"} | {"contact", "phone", "expert_review", "training_type"}
"""What a form may hold before anyone has filled in a project."""


@dataclass
class RowKinds:
    """The rows of a table: ``filings``; ``lines`` by the filing they belong to; ``totals`` with the column of their label
    and whether it is a subtotal, and the number of filings before each."""

    filings: list[int] = field(default_factory=list)
    lines: dict[int, list[int]] = field(default_factory=dict)
    totals: list[tuple[int, bool, int]] = field(default_factory=list)


def filing_rows(sheet: Sheet, header: Header, rows: Iterable[int], known: Knowledge) -> RowKinds:
    """Tell the rows of a table of filings apart."""
    reader = _Rows(sheet, header, known)
    for row in rows:
        reader.take(row)
    return reader.found


class _Rows:
    """Tells rows apart, one after the other."""

    def __init__(self, sheet: Sheet, header: Header, known: Knowledge) -> None:
        self._sheet, self._plausible, self._patterns = sheet, known.plausible, known.patterns
        self._fields = {column: name for name, title in header.fields.items() for column in (title.column, *title.more)}
        self._main = {title.column: name for name, title in header.fields.items()}
        self._seq = header.fields["seq"].column if "seq" in header.fields else None
        self._title = header.fields["title"].column if "title" in header.fields else None
        self._lines = {title.column for title in header.lines.values()}
        if "taking_part" in header.fields:
            self._lines.add(header.fields["taking_part"].column)
        self._plain = not sheet.merged_down and self._seq is not None and self._title is not None
        self._seq_place, self._title_place = (self._seq or 0) - sheet.left, (self._title or 0) - sheet.left
        self._last_key = max(self._seq_place, self._title_place)
        lines = (tuple(sheet.filled(row)) for row in range(max(sheet.top, header.first - _HEAD), header.last + 1))
        self._head = {line for line in lines if len(line) > 1}
        self._notes_begun = self._in_notes = False
        self.found = RowKinds()

    def take(self, row: int) -> None:
        """Say what ``row`` is."""
        if row in self._sheet.grid.table_totals:
            self.found.totals.append((row, False, len(self.found.filings)))
            return
        if self._plain and self._plainly_filing(row):
            self._file(row)
            return
        cells = self._sheet.filled(row)
        if not cells or self._is_numbered_note(row) or (not self.found.filings and self._is_hint(cells)):
            return
        if count_on([text for _, text in cells]) or tuple(cells) in self._head:
            return
        self._notes_begun |= begin_notes(cells, self._patterns)
        if (label := self._total(row, cells)) is not None:
            self.found.totals.append((row, bool(self._patterns.subtotal.search(label)), len(self.found.filings)))
        elif self._belongs_above(row, cells):
            self.found.lines.setdefault(self.found.filings[-1], []).append(row)
        elif not self._is_note(cells) and self._is_filing(row, cells):
            self._file(row)

    def _file(self, row: int) -> None:
        self.found.filings.append(row)
        self._notes_begun = self._in_notes = False

    def _plainly_filing(self, row: int) -> bool:
        cells = self._sheet.row(row)
        if len(cells) <= self._last_key:
            return False
        seq, title = cells[self._seq_place], cells[self._title_place]
        numbered = type(seq) is float or (type(seq) is str and seq.isdecimal()) or type(seq) is int
        if not numbered or type(title) is not str or len(title) <= _SHORTEST:
            return False
        if self._patterns.example_title.match(title):
            return False
        return len(cells) - cells.count(None) > _KEYS or not self._is_numbered_note(row)

    def _is_numbered_note(self, row: int) -> bool:
        """Whether a row is one of the notes below a table: a number and a sentence under 备注, or one that ends with ；.

        A number that goes on from the filings' own is a filing's, of which nothing but the name is filled in.
        """
        values = self._sheet.row(row)
        if len(values) - values.count(None) > _KEYS or not self.found.filings:
            return False
        held = {self._main.get(column): text for column, text in self._sheet.filled(row)}
        if "title" not in held or not set(held) <= {"seq", "title"}:
            return False
        number = whole(held.get("seq", ""), "order")
        goes_on = number is not None and number == self._last_number() + 1
        one_of_several, sentence = held["title"].endswith(("；", ";")), held["title"].endswith("。")
        signs = (self._notes_begun, sentence, not goes_on)
        self._in_notes = self._in_notes or one_of_several or sum(signs) >= _SIGNS_OF_NOTES
        return self._in_notes

    def _last_number(self) -> int:
        text = "" if self._seq is None else self._sheet.text(self.found.filings[-1], self._seq)
        number = whole(text, "order")
        return number if isinstance(number, int) else len(self.found.filings)

    def _is_hint(self, cells: list[tuple[int, str]]) -> bool:
        """Whether a row under the header says how to fill in the columns: no cell is what its column wants, and no name
        of a project is there."""
        named = next((text for column, text in cells if column == self._title), "")
        told = [
            fit
            for column, text in cells
            if column in self._main and (fit := self._plausible(self._main[column], text)) is not None
        ]
        numbered = any(self._main.get(column) == "seq" and self._plausible("seq", text) for column, text in cells)
        if numbered or (len(named) > _LONGEST_HINT and not self._patterns.says_how.match(named)):
            return False
        return len(told) >= _TOLD_AT_LEAST and sum(told) * 5 <= len(told)

    def _total(self, row: int, cells: list[tuple[int, str]]) -> str | None:
        """The label of a row of totals, empty where it has none; None where the row is none.

        Without a label that is known a row of totals has nothing but figures, and what else is in it, of any name, says
        nothing if each figure is what the rows above it come to.
        """
        if (label := total_label(cells, self._patterns)) is not None:
            return label
        figures = [(column, text) for column, text in cells if self._fields.get(column) in SUMMED]
        others = [text for column, text in cells if self._fields.get(column) not in SUMMED]
        if not figures or len(others) > 1 or not self.found.filings or self._held(row):
            return None
        if not others and len(figures) > 1:
            return ""
        return fold(others[0]) if others and all(self._adds_up(*figure) for figure in figures) else None

    def _adds_up(self, column: int, text: str) -> bool:
        """Whether a figure is what the filings above it come to in its column, all of them or the last few."""
        sort = SUMMED[self._fields[column]]
        stated = numbers.total(text, sort)
        figures = [numbers.total(self._sheet.text(row, column), sort) for row in reversed(self.found.filings)]
        so_far = accumulate(figure or 0.0 for figure in figures)
        return stated is not None and len(figures) > 1 and any(abs(part - stated) < _SAME for part in so_far)

    def _held(self, row: int) -> bool:
        """Whether 序号 or 项目名称 is merged down into the row from the filing above."""
        keys = [column for column in (self._seq, self._title) if column is not None]
        return any(self._sheet.anchor(row, column)[0] < row for column in keys)

    def _belongs_above(self, row: int, cells: list[tuple[int, str]]) -> bool:
        """Whether the row only goes on with the filing above: its 序号 and title are merged down from there, or it
        holds nothing but a further participant."""
        if not self.found.filings:
            return False
        keys = [column for column in (self._seq, self._title) if column is not None]
        above = [self._sheet.anchor(row, column) for column in keys]
        if keys and all(place[0] == self.found.filings[-1] < row for place in above):
            if self._lines or self._seq is not None:
                return True
            return sum(column in self._main for column, _ in cells) < 3
        return bool(self._lines) and all(column in self._lines for column, _ in cells)

    def _is_note(self, cells: list[tuple[int, str]]) -> bool:
        if is_aside(cells, self._patterns) or (len(cells) == 1 and cells[0][0] != self._title):
            return True
        return any(column == self._title and self._patterns.example_title.match(fold(text)) for column, text in cells)

    def _is_filing(self, row: int, cells: list[tuple[int, str]]) -> bool:
        own = {self._fields[column]: text for column, text in cells if column in self._fields}
        others = [name for name in own if name not in ("seq", "title", "remarks")]
        told = [name for name in others if name not in _SET_BEFOREHAND]
        title = own.get("title", "")
        numbered = own.get("seq", "").isdecimal() and len(title) > _SHORTEST
        if not numbered and set(others) <= _FIGURES and self._is_heading(title or own.get("seq", "")):
            return False
        if title:
            if others:
                return True
            folded = fold(title)
            if "seq" in own and self._plausible("seq", own["seq"]):
                return True
            wide = self._sheet.end(row, self._title or 0) - (self._title or 0) >= 2
            return (
                not (wide or self._patterns.heading.match(folded) or _SENTENCE.search(folded) or len(folded) < 5)
                and len(cells) <= 2
            )
        fitting = sum(1 for name in told if self._plausible(name, own[name]) is True)
        held = self._title is not None and self._sheet.anchor(row, self._title)[0] < row
        if held:
            return len(others) >= 2
        return len(told) >= 3 or fitting >= 2 or (self._title is None and len(others) >= 3 and bool(told))

    def _is_heading(self, text: str) -> bool:
        return len(text) > 1 and not text.isdecimal() and bool(self._patterns.heading.match(fold(text)))
