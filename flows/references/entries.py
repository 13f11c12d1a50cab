"""The rows of a reference workbook as entries: rows of one name are one entry, each value read; what is wrong is a problem."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.read import name_key
from flows.references.doubts import Doubt, Nameless
from flows.references.problems import HARMLESS, HELD, UNUSED, Problem
from flows.references.values import NO_WORD, as_name, expected, options, read
from flows.references.workbook import Register, Written
from schemas.cells import COLUMNS_A_SHEET, a1
from schemas.columns import Column

NAMES = ("aliases", "foreign_name")
"""Columns of other names: what several rows have is put together and contradicts nothing."""

SEPARATORS = r"[、,，;；\n]"
"""What parts the names in one cell."""

_NAMED_BY_NOBODY = ("last_year", "quotas")
"""Tables whose entries no filing names: a row without a name may be nobody's."""

_MEND = "请在{workbook}中更正。"

Row = Mapping[str, tuple[Written, ...]]


@dataclass
class Entry:
    """One entry: its ``name``; by column in code the ``cells`` that it was read from, and its ``values`` (missing: unknown)."""

    name: str
    at: int
    cells: dict[str, list[Written]]
    values: dict[str, object] = field(default_factory=dict)


class Entries:
    """The entries of one table, in the order of their first rows, with the ``doubts`` about them and the ``problems``."""

    def __init__(
        self,
        table: str,
        workbook: str,
        columns: tuple[Column, ...],
        register: Register,
        named_by: str | None = None,
        effect: str = HELD,
    ) -> None:
        """``named_by`` is the column by which rows are one entry, where it is not the first; ``effect`` what comes of a value
        that is not known."""
        self.table, self.workbook, self.sheet = table, workbook, register.sheet
        self.columns, self._effect = columns, effect
        self._named_by = next(column for column in columns if column.name == (named_by or columns[0].name))
        self._others = tuple(column for column in columns if column is not self._named_by)
        self.doubts: list[Doubt] = []
        self.problems: list[Problem] = []
        self.nameless: list[Nameless] = []
        self._key: Callable[[str], str] = (
            (lambda text: "".join(text.upper().split())) if table == "last_year" else name_key
        )
        self.header, self._rows = register.header, register.rows
        self._about_the_sheet(register)
        grouped: dict[str, list[Row]] = {}
        for row in register.rows:
            name = row.get(self._named_by.title, ())
            if any(not cell.trouble and self._key(as_name(cell.text)) for cell in name[:1]):
                grouped.setdefault(self._key(as_name(name[0].text)), []).append(row)
            else:
                self._nameless(row)
        self.entries = [self._entry(rows) for rows in grouped.values()]

    def problem(self, kind: str, cell: Written | int, column: str | None, message: str, **told: str) -> None:
        """Note a problem at a cell."""
        code, text = (cell.cell, cell.text) if isinstance(cell, Written) else (cell, None)
        given = {"effect": self._effect, "advice": _MEND.format(workbook=self.workbook)} | told
        self.problems.append(
            Problem(self.workbook, kind, message, sheet=self.sheet, cell=code, column=column, value=text, **given)
        )

    def place(self, *codes: int) -> str:
        """Cells as a Chinese clause names them."""
        return f"{self.workbook}“{self.sheet}”{'、'.join(a1(code) or '' for code in dict.fromkeys(codes))}"

    def _about_the_sheet(self, register: Register) -> None:
        for column in self.columns:
            codes = register.header.get(column.title, ())
            if not codes:
                at = min(code for title in register.header.values() for code in title)
                told = f"没有“{column.title}”一栏，按全部为空处理。"
                advice = f"请补上“{column.title}”一栏（{column.doc}）。"
                self.problem("no-column", at, column.title, told, effect="该栏的内容无从知道。", advice=advice)
            for again in codes[1:]:
                told = f"“{column.title}”有两栏（另一栏在 {a1(codes[0])}），两栏不一致之处无法确定以哪一栏为准。"
                self.problem("column-twice", again, column.title, told, advice="请只保留一栏。")
        for stray in register.strays:
            told = "这一格不在任何一行、任何一栏之内，没有读取。"
            self.problem("stray", stray, None, told, effect=HARMLESS, advice="如是误填，请删去；并删去其间的空行空列。")
        for name in register.others:
            told = f"工作表“{name}”也有同样的表头，没有读取；读取的是“{self.sheet}”。"
            advice = f"请把内容合到“{self.sheet}”，或删去该工作表。"
            self.problems.append(Problem(self.workbook, "sheet", told, UNUSED, advice, sheet=name))

    def _nameless(self, row: Row) -> None:
        title = self._named_by.title
        filled = next(iter(row.get(title, ()) or next(iter(row.values()))))
        code = filled.cell // COLUMNS_A_SHEET * COLUMNS_A_SHEET + self.header[title][0] % COLUMNS_A_SHEET
        said = "、".join(cell.text for cells in row.values() for cell in cells)
        told = f"该行没有可用的{title}，其余内容：{said[:60]}。"
        effect = UNUSED if self.table in _NAMED_BY_NOBODY else f"{UNUSED}{title}相近而不在名录中的，先作待核。"
        self.problem("no-name", code, title, told, effect=effect, advice=f"请补上{title}，或删去该行。")
        cells = {
            column.name: [cell for cell in row.get(column.title, ()) if not cell.trouble] for column in self.columns
        }
        read_as = {
            c.name: read(c, cells[c.name][0].text) for c in self._others if cells[c.name] and c.name not in NAMES
        }
        values = {name: value for name, value in read_as.items() if value is not NO_WORD}
        texts = [cell.text for name in NAMES for cell in cells.get(name, ())]
        aliases = tuple(alias for text in texts for alias in re.split(SEPARATORS, text) if name_key(alias))
        self.nameless.append(
            Nameless(self.table, title, aliases, f"{self.place(code)} 一行没有{title}，可能就是它", values)
        )

    def _entry(self, rows: Sequence[Row]) -> Entry:
        named = [row[self._named_by.title][0] for row in rows]
        cells = {column.name: [cell for row in rows for cell in row.get(column.title, ())] for column in self.columns}
        entry = Entry(as_name(named[0].text), named[0].cell, cells)
        entry.values[self._named_by.name] = entry.name
        before = len(self.problems)
        lacking = [column for column in self.columns if column.required and not cells[column.name]]
        bare = len(lacking) == sum(column.required for column in self.columns) - 1 and lacking
        if bare:
            told = f"该行只有{self._named_by.title}“{entry.name}”，{'、'.join(c.title for c in lacking)}都是空的。"
            self.problem("bare", named[0], self._named_by.title, told, advice="请补全该行；如是说明文字，请移到表外。")
        for column in self._others:
            entry.values[column.name] = self._value(entry, column, told=not bare)
        for again in named[1:] if len(self.problems) == before else ():
            told = f"“{entry.name}”在 {a1(entry.at)} 已经列出，内容不相矛盾。"
            self.problem("twice", again, self._named_by.title, told, effect=HARMLESS, advice="请只保留一行。")
        return entry

    def _value(self, entry: Entry, column: Column, told: bool) -> object:
        """The one value that the entry's cells give; missing, and a doubt, where they give none or several."""
        cells = entry.cells[column.name]
        if column.name in NAMES:
            return self._other_names(cells, column)
        values = [(cell, NO_WORD if cell.trouble else read(column, cell.text)) for cell in cells]
        good = list(dict.fromkeys(value for _, value in values if value is not NO_WORD))
        bad = [cell for cell, value in values if value is NO_WORD]
        for cell in bad:
            said = cell.trouble or f"不是{expected(column)}"
            self.problem("no-word", cell, column.title, f"“{entry.name}”的{column.title}“{cell.text}”{said}。")
        if len(good) > 1:
            self._contradiction(entry, column, [(cell, value) for cell, value in values if value is not NO_WORD])
        if not cells and column.required and told:
            told_empty = f"“{entry.name}”的{column.title}为空。"
            self.problem("empty", self.beside(entry.at, column), column.title, told_empty)
        if len(good) == 1 and not bad:
            return good[0]
        if bad or len(good) > 1 or column.required:
            self.doubt(entry, column, tuple(good) if good and not bad else ())
        return None

    def doubt(self, entry: Entry, column: Column, known: tuple[object, ...] = ()) -> None:
        """Note that a value is open: one of ``known``, or any that the column may have."""
        cells = entry.cells[column.name]
        at = self.place(*(cell.cell for cell in cells)) if cells else self.place(self.beside(entry.at, column))
        words = "、".join(dict.fromkeys(f"“{cell.text}”" for cell in cells))
        why = f"{at} 中“{entry.name}”的{column.title}"
        why += f"互相矛盾（{words}）" if known else f"{words}无法识别" if cells else "为空"
        said = (cell.text for row in self._rows for cell in row.get(column.title, ()) if not cell.trouble)
        if may_be := known or options(column, entry.name, said):
            self.doubts.append(Doubt(self.table, entry.name, column.name, column.title, may_be, why))

    def _contradiction(self, entry: Entry, column: Column, values: list[tuple[Written, object]]) -> None:
        first, said = values[0]
        for cell, value in values[1:]:
            if value != said:
                told = f"“{entry.name}”的{column.title}在 {a1(first.cell)} 是“{first.text}”，这里是“{cell.text}”，互相矛盾。"
                advice = f"请核实后只保留正确的一行（{a1(first.cell)} 或 {a1(cell.cell)}）。"
                self.problem("contradiction", cell, column.title, told, advice=advice)

    def _other_names(self, cells: list[Written], column: Column) -> object:
        for cell in cells:
            if cell.trouble:
                self.problem("no-word", cell, column.title, f"“{cell.text}”{cell.trouble}，没有采用。", effect=HARMLESS)
        return "、".join(dict.fromkeys(cell.text for cell in cells if not cell.trouble)) or None

    def beside(self, cell: int, column: Column) -> int:
        """The cell in the row of ``cell`` under the title of ``column``."""
        under = self.header.get(column.title, (cell,))[0]
        return cell // COLUMNS_A_SHEET * COLUMNS_A_SHEET + under % COLUMNS_A_SHEET
