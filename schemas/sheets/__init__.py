"""Every sheet of the workbooks that the program writes, declared once.

The writer (``flows.publish``), the reader of decisions (``flows.decide``) and ``docs/sheets.md`` all ask these declarations.
"""

from schemas.sheets.exceptions import EXCEPTIONS, ID, NOTE, REVIEWER, TO_UNIT, VERDICT
from schemas.sheets.letter import LETTER
from schemas.sheets.plan import CHARTS, PLAN, PRINTED, SUMS
from schemas.sheets.sheet import Sheet

__all__ = [
    "CHARTS",
    "EXCEPTIONS",
    "ID",
    "LETTER",
    "NOTE",
    "PLAN",
    "PRINTED",
    "REVIEWER",
    "SUMS",
    "TO_UNIT",
    "VERDICT",
    "WORKBOOKS",
    "Sheet",
]

WORKBOOKS: dict[str, tuple[Sheet, ...]] = {
    "全省计划.xlsx": PLAN,
    "异常清单.xlsx": EXCEPTIONS,
    "退回修改/<单位>/<原文件名>": (LETTER,),
}
"""Workbook, as it lies in the year's outputs → its sheets with tables, in their order."""
