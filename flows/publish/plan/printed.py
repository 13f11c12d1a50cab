"""The plan as it is put before the leaders: on paper, in the typefaces of official papers, with who is to sign."""

from dataclasses import replace

from flows.publish.night import Night
from flows.publish.plan.total import PRELIMINARY, budget_of, total
from flows.publish.workbook import WHOLE, Book, RowSheet, Table, across, height
from flows.publish.workbook.style import HEADING, OFFICE, PAPER_BODY, PAPER_TITLE, RULED, SERIF_OF_CHINESE, STYLES
from flows.settings import Paper
from schemas.columns import Column
from schemas.sheets import Sheet

_SIZES: dict[Paper, tuple[int, float]] = {"A4": (9, 1.0), "A3": (8, 1.4)}
"""Paper → its number in Excel, and how much wider it is than A4."""

_BELOW = "以下超出指标控制数，列在线下"
_SIGNED = "编制人：　　　　　　　　　审核人：　　　　　　　　　负责人：　　　　　　　　　　　　　　年　　　月　　　日"
_TEXTS = ("title", "organiser", "institution", "training_type", "funding_source")
"""Columns that take what wider paper gives."""


def write_printed(book: Book, sheet: Sheet, night: Night, paper: Paper = "A4") -> None:
    """Write the groups of the plan, above the line of 指标控制数 and below it, with sums, and where to sign."""
    number, wider = _SIZES[paper]
    columns = tuple(_widened(column, wider) for column in sheet.columns)
    width, last = sum(column.width for column in columns), len(columns) - 1
    page = book.sheet(sheet.name, "#7F7F7F")
    page.set_paper(number)
    for position, column in enumerate(columns):
        page.set_column(position, position, column.width)
    page.set_row(0, 21)
    page.write_string(0, 0, "附件", book.style(font_name=HEADING, font_size=14))
    page.set_row(1, 36)
    across(
        page,
        1,
        (0, last),
        night.title,
        book.style(font_name=PAPER_TITLE, font_size=20, align="center", **SERIF_OF_CHINESE),
    )
    told = f"编制单位：{OFFICE}　　{night.made:%Y 年 %m 月 %d 日}　　{total(night)}{PRELIMINARY}"
    page.set_row(2, height([told], [width]) + 2)
    across(page, 2, (0, last), told, book.style(font_name=PAPER_BODY, text_wrap=True))
    groups = night.view(sheet.view)
    below = groups["beyond"].notna()
    table = replace(
        night.table(sheet, groups), columns=columns, font=PAPER_BODY, most_lines=dict.fromkeys(_TEXTS, WHOLE)
    )
    book.titles(page, 3, table)
    above, under = (table.part(side.to_numpy().nonzero()[0].tolist()) for side in (~below, below))
    if not below.any():
        row = _part(book, page, 4, above, "合计")
    else:
        row = _part(book, page, 4, replace(above, nothing="没有列在线上的团组。"), "线上合计")
        page.set_row(row, 20)
        across(page, row, (0, last), _BELOW, book.style(font_name=HEADING, align="center", **RULED, **STYLES["hold"]))
        row = _part(book, page, row + 1, under, "线下合计")
    page.set_row(row, 12)
    page.write_blank(row, 0, None, book.style())
    page.set_row(row + 1, 30)
    across(page, row + 1, (0, last), _SIGNED, book.style(font_name=PAPER_BODY, font_size=12))
    page.set_row(row + 2, 16)
    small = book.style(font_size=8, font_color="#7F7F7F", align="right")
    across(
        page,
        row + 2,
        (0, last),
        f"{night.batch}；团组编号、参团单位、来源文件和排序依据见“计划总表”",
        small,
    )
    page.repeat_rows(3)
    page.freeze_panes(4, 2)
    page.print_area(0, 0, row + 2, last)


def _widened(column: Column, wider: float) -> Column:
    return replace(column, width=column.width * (1 + (wider - 1) * 1.6)) if column.name in _TEXTS else column


def _part(book: Book, page: RowSheet, first: int, table: Table, called: str) -> int:
    """The groups of a part from the row ``first`` on, and their sum; the row after it."""
    book.rows(page, first, table)
    row = first + max(1, len(table.frame))
    page.set_row(row, 20)
    bold = {"font_name": HEADING, "align": "center", "bg_color": STYLES["total"]["bg_color"], **RULED}
    for position, column in enumerate(table.columns):
        letter = chr(ord("A") + position)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})"
        if column.name == "headcount":
            page.write_formula(
                row, position, formula, book.style(**bold, num_format="0"), int(table.frame["headcount"].sum())
            )
        elif column.name == "budget":
            money = book.style(**{**bold, "align": "right"}, num_format="#,##0.00")
            page.write_formula(row, position, formula, money, budget_of(table.frame))
        elif column.name == "title":
            page.write_string(row, position, f"{called}（{len(table.frame)} 个团组）", book.style(**bold))
        else:
            page.write_blank(row, position, None, book.style(**bold))
    return row + 1
