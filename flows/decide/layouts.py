"""How the program's own workbooks are laid out, as data: what tells them from submissions and finds a column that lost its title."""

from collections.abc import Iterable

from flows.publish import exceptions
from flows.publish.plan import NOT_IN_PLAN, PARTICIPANTS, PLAN, SHARE, UNIT_SHARE
from schemas.columns import FILING, Column


def _titles(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.title for column in columns)


EXCEPTIONS: dict[str, tuple[str, ...]] = {
    "问题清单": _titles(exceptions.FINDINGS),
    "疑似重复": _titles(exceptions.DUPLICATES),
    "已处理": _titles(exceptions.DECIDED),
    "文件清单": _titles(exceptions.FILES),
    "对账": _titles(exceptions.RECONCILED),
    "分单位对账": _titles(exceptions.RECONCILED_UNITS),
    "本夜变化": _titles(exceptions.CHANGES),
}
"""Sheet of ``异常清单.xlsx`` → its titles in the order in which they are written."""

PLANS: dict[str, tuple[str, ...]] = {
    "计划总表": _titles(PLAN),
    "计划的参团单位": _titles(PARTICIPANTS),
    "统计": _titles(SHARE),
    "分单位占比": _titles(UNIT_SHARE),
    "未纳入项目": _titles(NOT_IN_PLAN),
}
"""The same of ``全省计划.xlsx``; its 参团单位 is not to be taken for that of a submission."""

SUBMISSION = _titles(FILING)
