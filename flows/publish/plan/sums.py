"""The sums of the plan by what leaders ask for, as formulas that keep their values, and charts of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from flows.publish.night import Night
from flows.publish.plan.total import total
from flows.publish.workbook import Book, RowSheet, Table, height
from flows.publish.workbook.style import CENTRED, NUMBER_FORMATS, RULED, STYLES
from schemas.sheets import SUMS, Sheet
from schemas.tables import TEXT
from schemas.words import REGIONS

_SUMMED = ("groups", "people", "person_days", "budget", "last_groups", "last_approved", "last_executed")
_RATIOS = {"people_share": ("people", "people"), "executed_share": ("last_executed", "last_approved")}
"""Column → what is divided by what; the share of the people by those of the last row of the block."""

_TOLD = "小计、合计、占比和执行率都是公式。上年数按上年项目表的批复人数、执行人数；该表没有的口径留空。上年有、本年没有的项目也列出。"
_ROW, _TALL = 18.0, 15
"""Points of a row beside charts, and how many rows each of them takes."""
_CHARTS_ACROSS = 12
"""The last column that charts reach over."""
_MOST_BARS = 12
"""Words in a chart; there are countries with one group each."""


@dataclass
class _Block:
    """The rows of one dimension: its words in ``first`` to ``last``, the sum below in ``last`` + 1; ``rows`` of each ``kind``'s sum."""

    words: pd.DataFrame
    first: int
    last: int
    kinds: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)


class Sums:
    """The sheet of sums, which remembers where its blocks stand, and the sheet of charts, which draws them."""

    def __init__(self) -> None:
        self._blocks: dict[str, _Block] = {}

    def write(self, book: Book, sheet: Sheet, night: Night) -> None:
        """Write the sums, a block a dimension."""
        page, row = _begun(book, night.table(sheet, None, f"{total(night)}{_TOLD}"))
        page.repeat_rows(row - 1)
        for code, words in _months_said(night.view(sheet.view), night.run["year"]).groupby(
            "dimension_code", sort=False
        ):
            cells = _Cells(book, page, sheet, words["people"].sum())
            row = self._block(cells, str(code), words.reset_index(drop=True), row)
        page.print_area(0, 0, row - 1, len(sheet.columns) - 1)

    def _block(self, cells: "_Cells", code: str, words: pd.DataFrame, first: int) -> int:
        """The words of one dimension from the row ``first`` on, the sums of those that are of one kind, and of all."""
        block = self._blocks[code] = _Block(words, first, first)
        row, end = first, first + len(words) + sum(len(of) > 1 for _, of in words.groupby("kind", sort=False))
        for kind, of_kind in words.groupby(words["kind"].fillna(""), sort=False):
            begun = row
            for place in of_kind.index:
                cells.word(row, words.loc[place], end, repeated=row > first)
                block.rows.append(row)
                row += 1
            if kind and len(of_kind) > 1:
                block.kinds[str(kind)] = row
                cells.sum(row, f"{kind}小计", (begun, row - 1), of_kind, end)
                row += 1
            elif kind:
                block.kinds[str(kind)] = begun
        cells.sum(row, "合计", (first, row - 1), words, end)
        block.last = row - 1
        return row + 1

    def draw(self, book: Book, sheet: Sheet, night: Night) -> None:
        """Draw charts of the sums, below the kinds of classes in figures."""
        page, row = _begun(book, night.table(sheet, None, f"{total(night)}图中的数见“汇总”。"))
        block = self._blocks.get("priority_class")
        if block is None:
            return
        people = block.words["people"].sum()
        cells = _Cells(book, page, sheet, people)
        for kind, at in block.kinds.items():
            of_kind = block.words[block.words["kind"].eq(kind)]
            groups, of_kind_people = int(of_kind["groups"].sum()), int(of_kind["people"].sum())
            page.set_row(row, _ROW)
            cells.text(row, 0, kind)
            for place, (name, value) in enumerate((("groups", groups), ("people", of_kind_people)), 1):
                cells.formula(row, place, f"='{SUMS.name}'!{_at(at, name)}", value, "whole")
            everybody = f"'{SUMS.name}'!{_at(block.last + 1, 'people')}"
            share = of_kind_people / people if people else ""
            cells.formula(row, 3, f'=IF({everybody}=0,"",C{row + 1}/{everybody})', share, "share")
            row += 1
        chart = _Charts(book, page, SUMS, self._blocks)
        shares = [int(block.words.loc[block.words["kind"].eq(kind), "people"].sum()) for kind in block.kinds]
        for below in range(row, row + 4 * _TALL):  # a row that nobody gives a height has another one elsewhere
            page.set_row(below, _ROW)
            page.write_blank(below, 0, None, book.style())
        row += 1
        chart.pie("各类别人数（人）", sheet.name, (row - 1 - len(shares), row - 2), [*block.kinds], shares, row)
        chart.bars("month", "各月出境人数（人）", ("people",), row, beside=True)
        chart.bars("region", "各市州人数（人）：本年计划与上年批复、执行", _YEARS, row := row + _TALL)
        chart.bars("country", "各国家（地区）人数（人）：本年计划与上年批复、执行", _YEARS, row := row + _TALL)
        chart.bars("system", "各系统人数（人）：本年计划与上年批复、执行", _YEARS, row := row + _TALL)
        page.set_h_pagebreaks([row - 2 * _TALL, row])
        page.print_area(0, 0, row + _TALL, _CHARTS_ACROSS)
        page.set_print_scale(_SCALE)  # where a sheet is fitted to the page, Excel heeds no breaks


def _begun(book: Book, table: Table) -> tuple[RowSheet, int]:
    """A sheet with the heading and header of ``table``, and its first row below."""
    page, last, header = book.sheet(table.name, table.colour), len(table.columns) - 1, 1 + len(table.remarks)
    for position, column in enumerate(table.columns):
        page.set_column(position, position, column.width)
    over = max(last, _CHARTS_ACROSS) if table.width < _NARROW else last
    width = table.width + max(0, over - last) * 9
    book.heading(page, 0, (0, over), table.title)
    for row, text in enumerate(table.remarks, 1):
        book.remark(page, row, (0, over), text, width)
    book.titles(page, header, table)
    page.freeze_panes(header + 1, 0)
    return page, header + 1


def _at(row: int, name: str) -> str:
    return xl_rowcol_to_cell(row, _place(SUMS, name), row_abs=True, col_abs=True)


_NARROW = 60
"""A table of so few characters has its heading over what stands beside it."""


def _place(sheet: Sheet, name: str) -> int:
    return next(place for place, column in enumerate(sheet.columns) if column.name == name)


def _months_said(sums: pd.DataFrame, year: int) -> pd.DataFrame:
    """The sums, of which months are said as 3月, with their year where that is not the plan's ``year``."""
    month = pd.to_datetime(sums["word"].where(sums["dimension_code"].eq("month")), format="%Y-%m", errors="coerce")
    plain = month.dt.month.astype("Int64").astype(TEXT) + "月"
    said = plain.where(month.dt.year.eq(year), month.dt.year.astype("Int64").astype(TEXT) + "年" + plain)
    return sums.assign(word=said.fillna(sums["word"]))


class _Cells:
    """Writes the cells of a row of sums; so many people are ``everybody``."""

    def __init__(self, book: Book, page: RowSheet, sheet: Sheet, everybody: int) -> None:
        self._book, self._page, self._sheet, self._everybody = book, page, sheet, everybody

    def word(self, row: int, word: pd.Series, total: int, *, repeated: bool) -> None:
        """One word of a dimension; its share is that of the row ``total``."""
        texts, widths = [word["dimension"], word["word"]], [column.width for column in self._sheet.columns[:2]]
        self._page.set_row(row, max(18.0, height(texts, widths)))
        self.text(row, 0, texts[0], **(STYLES["faint"] if repeated else {}))
        self.text(row, 1, texts[1])
        self._figures(row, word, {}, total)

    def sum(self, row: int, called: str, over: tuple[int, int], words: pd.DataFrame, total: int) -> None:
        """The sum of the rows ``over``, in which other sums are not counted again."""
        self._page.set_row(row, 18)
        self.text(row, 0, words["dimension"].iloc[0], **STYLES["total"])
        self.text(row, 1, called, **STYLES["total"])
        sums = words[list(_SUMMED)].sum(min_count=1)
        formulas = {name: f"=SUBTOTAL(9,{self._cell(over[0], name)}:{self._cell(over[1], name)})" for name in _SUMMED}
        self._figures(row, sums, formulas, total, **STYLES["total"])

    def _figures(self, row: int, values: pd.Series, formulas: dict[str, str], total: int, **look: Any) -> None:
        for column in self._sheet.columns[2:]:
            place, name = _place(self._sheet, column.name), column.name
            if name in _SUMMED and pd.isna(values[name]):
                self._page.write_blank(row, place, None, self._look("whole", **look))
            elif name in formulas:
                self.formula(row, place, formulas[name], _plain(values[name]), column.kind, **look)
            elif name in _SUMMED:
                self._page.write_number(row, place, _plain(values[name]), self._look(column.kind, **look))
            elif pd.isna(values["last_approved"]) and name != "people_share":
                self._page.write_blank(row, place, None, self._look("whole", **look))
            else:
                self._made(row, place, name, values, total, **look)

    def _made(self, row: int, place: int, name: str, values: pd.Series, total: int, **look: Any) -> None:
        if name == "difference":
            formula = f"={self._cell(row, 'people')}-{self._cell(row, 'last_approved')}"
            self.formula(row, place, formula, _plain(values["people"] - values["last_approved"]), "whole", **look)
            return
        part, whole = _RATIOS[name]
        of = total if name == "people_share" else row
        cell, divided = self._cell(row, part), self._cell(of, whole)
        everybody = self._everybody if name == "people_share" else values[whole]
        share = values[part] / everybody if everybody else ""
        self.formula(row, place, f'=IF({divided}=0,"",{cell}/{divided})', share, "share", **look)

    def text(self, row: int, place: int, text: str, **look: Any) -> None:
        """A cell with a word."""
        self._page.write_string(row, place, text, self._book.style(text_wrap=True, align="left", **RULED, **look))

    def formula(self, row: int, place: int, formula: str, value: float | str, kind: str, **look: Any) -> None:
        """A cell with a formula and the value that it has."""
        self._page.write_formula(row, place, formula, self._look(kind, **look), value)

    def _look(self, kind: str, **look: Any) -> Format:
        centred = kind in CENTRED or kind == "share"
        formats = {"num_format": NUMBER_FORMATS[kind]}
        return self._book.style(align="center" if centred else "right", **RULED, **formats, **look)

    def _cell(self, row: int, name: str) -> str:
        return xl_rowcol_to_cell(row, _place(self._sheet, name))


def _plain(value: Any) -> float:
    """A figure without what adding up decimals leaves behind."""
    return round(float(value), 6)


_SCALE = 88
"""Of print, in percent."""
_INK: dict[str, Any] = {"color": "#222222", "size": 9}
_HALF = 465
"""Pixels of half the width of a page, with room for programs that take columns for wider."""
_YEARS = ("people", "last_approved", "last_executed")
_SERIES = {
    "people": ("本年计划", "#1F4E79"),
    "last_approved": ("上年批复", "#4F8FC4"),
    "last_executed": ("上年执行", "#C77700"),
}


class _Charts:
    """Draws blocks of the sums; what is drawn is kept in the chart, so that it shows where nothing is calculated."""

    def __init__(self, book: Book, page: RowSheet, sums: Sheet, blocks: dict[str, _Block]) -> None:
        self._book, self._page, self._sums, self._blocks = book, page, sums, blocks

    def pie(self, title: str, sheet: str, rows: tuple[int, int], words: list[str], people: list[int], at: int) -> None:
        """The shares of some words, which stand in the first column of ``sheet``, their people in the third."""
        chart = self._book.workbook.add_chart({"type": "pie"})
        chart.add_series(
            {
                "name": title,
                "categories": [sheet, rows[0], 0, rows[1], 0],
                "values": [sheet, rows[0], 2, rows[1], 2],
                "categories_data": words,
                "values_data": people,
                "data_labels": {"category": True, "value": True, "percentage": True, "separator": "\n", "font": _INK},
                "points": [{"fill": {"color": colour}} for colour in ("#9DC3E6", "#F4B183", "#D9D9D9", "#A9D18E")][
                    : len(words)
                ],
            }
        )
        chart.set_legend({"none": True})
        self._put(chart, title, at, _HALF)

    def bars(self, code: str, title: str, names: Sequence[str], at: int, *, beside: bool = False) -> None:
        """The people of the first words of a dimension, ``beside`` another chart. The province's own units are no 市州, and so
        many more that beside them nothing could be read."""
        block = self._blocks.get(code)
        if block is None:
            return
        skipped = int(code == "region" and block.words["word"].iloc[0] == REGIONS[0])
        words = block.words.iloc[skipped:]
        size = len(words) if code in ("region", "month") else min(_MOST_BARS, len(words))
        chart = self._book.workbook.add_chart({"type": "column"})
        for name in names:
            called, colour = _SERIES[name]
            chart.add_series(
                {
                    "name": called,
                    "categories": self._range(block.first + skipped, "word", size),
                    "values": self._range(block.first + skipped, name, size),
                    "categories_data": words["word"].head(size).tolist(),
                    "values_data": words[name].head(size).fillna(0).astype(int).tolist(),
                    "fill": {"color": colour},
                    "gap": 60,
                    "data_labels": {"value": True, "font": _INK} if len(names) == 1 else {},
                }
            )
        chart.set_legend({"none": True} if len(names) == 1 else {"position": "top", "font": _INK})
        chart.set_x_axis({"num_font": {**_INK, "rotation": 0}})  # else long words lie on their side
        chart.set_y_axis({"num_font": _INK, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
        told = f"{title}（前 {size} 个）" if size < len(words) else title
        self._put(
            chart,
            f"{told}（不含省级单位）" if skipped else told,
            at,
            _HALF if beside else 2 * _HALF,
            _HALF if beside else 0,
        )

    def _range(self, first: int, name: str, size: int) -> list[Any]:
        place = _place(self._sums, name)
        return [self._sums.name, first, place, first + size - 1, place]

    def _put(self, chart: Any, title: str, at: int, width: int, beside: int = 0) -> None:
        chart.set_title({"name": title, "name_font": {**_INK, "size": 12}, "overlay": False})
        chart.set_chartarea({"fill": {"color": "#FFFFFF"}})  # also where the program's own look is a dark one
        chart.set_size({"width": width - 8, "height": int(_ROW * 4 / 3 * _TALL) - 12})
        self._page.insert_chart(at, 0, chart, {"description": title, "x_offset": beside, "y_offset": 6})
