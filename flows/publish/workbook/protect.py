"""A sheet in which a reader fills some columns and changes nothing else."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from flows.publish.workbook.table import Table

_ALLOWED = ("sort", "autofilter", "format_columns", "format_rows", "delete_rows")
"""What may be done in a protected sheet."""
_ALLOWED_IN_BLOCKS = ("format_columns", "format_rows")
"""What may be done where rows stand in blocks."""

_REFUSE = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "本栏不能修改",
    "error_message": "请只填写浅黄色表头的各栏。",
}


def protect(sheet: Worksheet, header: int, bottom: int, table: Table) -> None:
    """Only the entries may be filled in; where rows do not stand in blocks, everything may be sorted and filtered.

    Excel sorts rows of a protected sheet only where each of their cells may be edited. A range without a password makes
    them so, and a rule that nothing satisfies refuses what is typed outside the entries.
    """
    last = len(table.columns) - 1
    if table.across is None:
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        sheet.unprotect_range(xl_range(header, 0, bottom, last), "Sorting")
        begin, end = table.filled_in
        for left, right in ((0, begin - 1), (end + 1, last)):
            if left <= right:
                sheet.data_validation(header + 1, left, bottom, right, _REFUSE)
    else:
        sheet.protect("", dict.fromkeys(_ALLOWED_IN_BLOCKS, True))
    for position, column in enumerate(table.columns):
        if words := table.lists.get(column.name):
            others, other_words = table.other_lists.get(column.name, (None, ()))
            flags = [False] * (bottom - header) if others is None else [*others]
            for these, wanted in ((words, False), (other_words, True)):
                _choose(
                    sheet,
                    these,
                    [(header + 1 + a, position, header + 1 + b, position) for a, b in _stretches(flags, wanted)],
                )


def _choose(sheet: Worksheet, words: Sequence[str], ranges: Sequence[tuple[int, int, int, int]]) -> None:
    """One of ``words`` is to be chosen in the cells of these ranges."""
    if not ranges:
        return
    rule: dict[str, Any] = {"validate": "list", "source": list(words), "error_title": "填写有误"}
    rule["error_message"] = f"请选：{'、'.join(words)}。"
    if len(ranges) > 1:
        rule["other_cells"] = [list(one) for one in ranges[1:]]
    sheet.data_validation(*ranges[0], rule)


def _stretches(flags: Sequence[bool], wanted: bool) -> list[tuple[int, int]]:
    """The first and the last place of each stretch of ``flags`` that are ``wanted``."""
    found = []
    for flag, places in groupby(range(len(flags)), key=lambda place: bool(flags[place])):
        if flag is wanted:
            stretch = [*places]
            found.append((stretch[0], stretch[-1]))
    return found
