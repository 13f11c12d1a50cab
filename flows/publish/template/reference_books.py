"""Empty reference workbooks, with the help that a form has: drop-downs, what each cell may be, and a guide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from flows.publish.template.registers import called
from flows.publish.workbook import Book, Page, height, new_book, safe
from flows.publish.workbook.style import HEADER_FILL, REQUIRED_FILL, RULED
from flows.validate import RULES
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES, Column
from schemas.notice import Notice
from schemas.words import LEVELS, NATURES, QUOTA_SCOPES, REGIONS
from schemas.yearbook import Yearbook

_WORDS, _GUIDE = "选项", "填表说明"
_LAST_ROW = 5_000
"""The last row (as Excel counts) that has drop-downs."""
_FLAG = ("是", "否")
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32

_OF = {
    "单位名录.xlsx": "列出可以申报、组团、参团的单位，一行一个。申报表中的单位按名称或别名在这里查找。",
    "境外机构名录.xlsx": "列出境外培训机构，一行一个。",
    "国家地区.xlsx": "列出国家（地区），一行一个；热点和“一带一路”按当年的口径填写。",
    "上年项目.xlsx": "列出上一年度批准的项目，一行一个。",
    "指标控制数.xlsx": "列出计划的控制人数，一行一项；没有控制数的可以不放这个文件。范围为“全省”的，名称填“全省”或留空。",
}


def write_reference_books(folder: Path, book: Yearbook) -> tuple[list[Path], list[Path]]:
    """Write every reference workbook empty into ``folder``; those that were written, and those that were there and stay as they are.

    Raises:
        OSError: a file cannot be written.
    """
    written: list[Path] = []
    there: list[Path] = []
    for name, columns in (REFERENCES | OPTIONAL_REFERENCES).values():
        path = folder / name
        (there if path.exists() else written).append(path)
        if path not in there:
            _write(path, columns, book)
    return written, there


def _write(path: Path, columns: tuple[Column, ...], book: Yearbook) -> None:
    title = path.stem
    with new_book(path, title, f"参考表：{title}", datetime(book.year, 1, 1)) as workbook:
        words = _words(book.notice)
        sheet = workbook.sheet(title)
        sheet.set_row(0, height((c.title for c in columns), (c.width - 1 for c in columns)) + 4)
        for place, column in enumerate(columns):
            text = column.kind == "text"
            sheet.set_column(
                place, place, column.width, workbook.style(text_wrap=True, num_format="@" if text else "General")
            )
            fill = REQUIRED_FILL if column.required else HEADER_FILL
            style = workbook.style(bold=True, align="center", text_wrap=True, **RULED, bg_color=fill)
            sheet.write_string(0, place, column.title, style)
            _admit(sheet, place, column, path.name, words)
        _rule_filled(workbook, sheet, len(columns) - 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, _LAST_ROW - 1, len(columns) - 1)
        _guide(workbook, path.name, columns, words)
        _lists(workbook, words)


def _words(notice: Notice) -> dict[str, Sequence[str]]:
    """The words of each drop-down, by column or, of flags, by kind."""
    return {
        "flag": _FLAG,
        "level": LEVELS,
        "region": REGIONS,
        "nature": NATURES,
        "system": tuple(notice.systems),
        "scope": tuple(QUOTA_SCOPES.values()),
        "class": notice.vocabularies["priority_class"],
    }


def _admit(sheet: Worksheet, place: int, column: Column, workbook: str, words: Mapping[str, Sequence[str]]) -> None:
    rule: dict[str, Any] = {"validate": "any"}
    key = column.kind if column.kind == "flag" else column.name
    if workbook == OPTIONAL_REFERENCES["quotas"][0] and column.name == "name":
        scope = xl_rowcol_to_cell(1, 0, col_abs=True)
        by_scope = f'=IF({scope}="市州",{called("region")},IF({scope}="类别",{called("class")},""))'
        rule = {"validate": "list", "source": by_scope, "show_error": False}
    elif key in words:
        rule = {"validate": "list", "source": f"={called(key)}"}
        if key == "system":
            rule |= {
                "error_type": "warning",
                "error_message": "通知规则文件没有列出这个系统，会按原字样比较；确需使用请选“是”。",
            }
        else:
            rule |= {"error_message": f"请从下拉列表中选择：{'、'.join(words[key])}。"[:_LONGEST_MESSAGE]}
    elif column.kind == "whole":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填不小于 0 的整数，不带单位。"}
    told = f"{column.asked}。{column.doc}。{_used_for(workbook, column)}"
    rule |= {"input_title": column.title[:_LONGEST_TITLE], "input_message": told[:_LONGEST_MESSAGE]}
    rule["error_title"] = f"“{column.title}”填写有误"[:_LONGEST_TITLE]
    sheet.data_validation(1, place, _LAST_ROW - 1, place, rule)


def _used_for(workbook: str, column: Column) -> str:
    """The clauses that are checked by a column."""
    stem = workbook.removesuffix(".xlsx")
    clauses = dict.fromkeys(
        rule.clause
        for rule in RULES.values()
        if stem in rule.looks_at and column.title.removesuffix("（地区）") in rule.looks_at
    )
    return f"据此核对通知{'、'.join(clauses)}。" if clauses else ""


def _rule_filled(book: Book, sheet: Worksheet, last: int) -> None:
    row = f"{xl_rowcol_to_cell(1, 0, col_abs=True)}:{xl_rowcol_to_cell(1, last, col_abs=True)}"
    rule = {"type": "formula", "criteria": f"=COUNTA({row})>0", "format": book.workbook.add_format(RULED)}
    sheet.conditional_format(1, 0, _LAST_ROW - 1, last, rule)


def _guide(book: Book, name: str, columns: Iterable[Column], words: Mapping[str, Sequence[str]]) -> None:
    """One page on what the workbook is for. Titles stand within sentences, so that it is not taken for the table."""
    page = Page(book, _GUIDE, f"{name.removesuffix('.xlsx')}填表说明", (34.0, 66.0))
    page.say(f"一、{_OF[name]}")
    page.say("二、第一行是表头，请不要改动；表头底色较深的栏目必填。一行一条，中间不要空行，不要合并单元格。")
    page.say(
        "三、改好后放入 inputs/reference 文件夹，文件名不变；下一夜即按新的内容核对，有问题的列在异常清单的“名录问题”。"
    )
    page.head("各栏")
    for column in columns:
        listed = words.get(column.kind if column.kind == "flag" else column.name, ())
        told = f"{column.doc}{'：' + '、'.join(listed) if listed else ''}。{_used_for(name, column)}"
        page.row((f"“{column.title}”，{column.asked}", told))


def _lists(book: Book, words: Mapping[str, Sequence[str]]) -> None:
    """The words of the drop-downs on a hidden sheet, a column a list, without titles."""
    sheet = book.sheet(_WORDS)
    for place, (key, listed) in enumerate(words.items()):
        sheet.write_column(0, place, [safe(word) for word in listed], book.style())
        cells = xl_range_abs(0, place, len(listed) - 1, place)
        book.workbook.define_name(called(key), f"='{_WORDS}'!{cells}")
    sheet.hide()
