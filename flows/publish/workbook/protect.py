"""A sheet in which a reader fills some columns and changes nothing else."""

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from flows.publish.workbook.table import Table

_ALLOWED = ("sort", "autofilter", "format_columns", "format_rows", "delete_rows")
"""What may be done in a protected sheet."""

_REFUSE = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "本栏不能修改",
    "error_message": "请只填写浅黄色表头的各栏。",
}


def protect(sheet: Worksheet, header: int, bottom: int, table: Table) -> None:
    """Only the entries may be filled in; everything may be sorted and filtered.

    Excel sorts rows of a protected sheet only where each of their cells may be edited. A range without a password makes
    them so, and a rule that nothing satisfies refuses what is typed outside the entries.
    """
    last = len(table.columns) - 1
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
    sheet.unprotect_range(xl_range(header, 0, bottom, last), "Sorting")
    sheet.data_validation(header + 1, 0, bottom, last - len(table.entries), _REFUSE)
    for position, column in enumerate(table.columns):
        words = table.lists.get(column.name)
        if words:
            rule = {"validate": "list", "source": list(words), "error_title": "填写有误"}
            rule["error_message"] = f"请选：{'、'.join(words)}。"
            sheet.data_validation(header + 1, position, bottom, position, rule)
