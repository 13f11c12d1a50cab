"""What the cells of a form accept: drop-downs and limits, with messages that name the clause."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from flows.validate import RuleCheck, rule_book
from schemas.columns import Column
from schemas.notice import Limits, Notice

WORDS_SHEET = "选项"
LAST_ROW = 1000
"""The last row (as Excel counts) that has drop-downs and ruled lines once filled."""

_STRICTNESS = {"prohibit": "stop", "return": "stop", "hold": "warning", "advise": "information"}
"""What breaks a rule of this severity is refused, or may be kept after a question."""
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32


@dataclass(frozen=True)
class Limit:
    """What a rule lets a column be: ``accepts`` gives XlsxWriter's criteria, ``says`` the end of “应为…”."""

    rule: str
    accepts: Callable[[Limits, int, str], dict[str, Any]]
    says: Callable[[Limits, int], str]


def _between(minimum: object, maximum: object) -> dict[str, Any]:
    return {"criteria": "between", "minimum": minimum, "maximum": maximum}


LIMITS: dict[str, Limit] = {
    "headcount": Limit(
        "headcount",
        lambda limits, _, __: {"validate": "integer"} | _between(1, limits.headcount),
        lambda limits, _: f"1 至 {limits.headcount} 的整数，原则上不超过 {limits.headcount} 人",
    ),
    "days": Limit(
        "days",
        lambda limits, _, __: {"validate": "integer"} | _between(limits.days_least, limits.days_most),
        lambda limits, _: f"{limits.days_least} 至 {limits.days_most} 的整数",
    ),
    "start_date": Limit(
        "departure-year",
        lambda limits, year, _: (
            {"validate": "date"} | _between(date(year, 1, 1), date(year + limits.departure_years, 12, 31))
        ),
        lambda _, year: f"{year} 年的日期，写成 {year}-05-11 的样子",
    ),
    "end_date": Limit(
        "dates-in-order",
        lambda _, __, start: {"validate": "date", "criteria": ">=", "value": start or date(1990, 1, 1)},
        lambda _, year: f"不早于拟出境日期的日期，写成 {year}-05-31 的样子",
    ),
    "budget": Limit(
        "budget-positive",
        lambda _, __, ___: {"validate": "decimal", "criteria": ">", "value": 0},
        lambda _, __: "大于 0 的数字，以万元为单位，不写单位",
    ),
    "necessity": Limit(
        "necessity",
        lambda limits, _, __: {"validate": "length", "criteria": ">=", "value": limits.necessity_characters},
        lambda limits, _: f"至少 {limits.necessity_characters} 字，写明国内为什么不能解决",
    ),
    "content": Limit(
        "content-length",
        lambda limits, _, __: {"validate": "length", "criteria": ">=", "value": limits.content_characters},
        lambda limits, _: f"至少 {limits.content_characters} 字，写明课程和培训安排",
    ),
}
"""Column → what it may be, where the notice sets a limit to it alone."""


def admit(
    sheet: Worksheet, first: int, position: int, column: Column, words: Mapping[str, Sequence[str]], year: int
) -> None:
    """What the cells of a column accept by their kind. A name may also be another than the list's, so that only words are
    refused."""
    if rule := _by_kind(column, words, year):
        sheet.data_validation(first, position, LAST_ROW - 1, position, rule)


class Admission:
    """What the cells of a form accept by the year's notice, each with the clauses that are checked."""

    def __init__(self, notice: Notice, words: Mapping[str, Sequence[str]]) -> None:
        self._notice, self._words = notice, words
        self._checks = rule_book(notice)
        self._of = {check.rule.id: check for check in self._checks}

    def admit(self, sheet: Worksheet, first: int, position: int, column: Column, start: int | None) -> None:
        """Rule a column, which begins in row ``first``; ``start`` is the place of 拟出境日期."""
        rule = _by_kind(column, self._words, self._notice.year) or {"validate": "any"}
        limit = LIMITS.get(column.name)
        if limit and limit.rule in self._of:
            rule = self._limited(column, limit, "" if start is None else f"={xl_rowcol_to_cell(first, start)}")
        elif rule["validate"] != "any":
            rule["error_message"] = self._citing(rule["error_message"], self._of.get("unread-cell"))
        rule |= {"input_title": column.title[:_LONGEST_TITLE], "input_message": self._prompt(column)[:_LONGEST_MESSAGE]}
        rule["error_title"] = rule.get("error_title", column.title)[:_LONGEST_TITLE]
        sheet.data_validation(first, position, LAST_ROW - 1, position, rule)

    def _limited(self, column: Column, limit: Limit, start: str) -> dict[str, Any]:
        limits, year = self._notice.limits, self._notice.year
        check = self._of[limit.rule]
        message = self._citing(f"{column.title}应为{limit.says(limits, year)}。", check)
        strict = _STRICTNESS[check.severity]
        message += "" if strict == "stop" else "确需如此的请选“是”，报送后待核。"
        told = {
            "error_title": f"“{column.title}”请核对",
            "error_message": message[:_LONGEST_MESSAGE],
            "error_type": strict,
        }
        return limit.accepts(limits, year, start) | told

    @staticmethod
    def _citing(message: str, check: RuleCheck | None) -> str:
        return f"{message}（通知{check.clause.number}）" if check else message

    def _prompt(self, column: Column) -> str:
        """What is said beside a cell in which one is: what it wants and which clauses look at it."""
        clauses = dict.fromkeys(c.clause.number for c in self._checks if c.rule.about == column.name)
        basis = f"核对依据：通知{'、'.join(clauses)}。" if clauses else ""
        return f"{column.asked}。{column.doc}。{basis}"


def _by_kind(column: Column, words: Mapping[str, Sequence[str]], year: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"error_title": f"“{column.title}”填写有误", "error_message": f"{column.doc}。"}
    key = column.vocabulary or column.kind
    if key in words:
        rule |= {"validate": "list", "source": _source(key, words)}
        if column.kind in ("unit", "country"):
            rule |= {"error_type": "warning", "error_message": "不在名录中，请核对名称；确需使用请选“是”。"}
        elif column.kind in ("choices", "institution"):
            rule |= {"show_error": False}
    elif column.kind == "whole":
        rule |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填整数，不带单位。"}
    elif column.kind == "number":
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填数字，不带单位。"}
    elif column.kind == "date":
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": date(year, 1, 1),
            "maximum": date(year + 1, 12, 31),
        }
        rule |= {"error_message": f"请填日期，例如 {year}-05-11。"}
    else:
        return {}
    return rule


def _source(key: str, words: Mapping[str, Sequence[str]]) -> list[str] | str:
    """The words of a drop-down: written out where Excel has room for them, else where they stand in the hidden sheet."""
    listed = list(words[key])
    if len(",".join(listed)) <= 255 and not any("," in word for word in listed):
        return listed
    position = list(words).index(key)
    return f"='{WORDS_SHEET}'!{xl_range_abs(0, position, max(1, len(listed)) - 1, position)}"
