"""What a rule is: a small named function over a whole table, declared with its clause, and pandera's own check of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pa
from pandera.api.base.checks import CheckResult

from schemas.notice import Clause, Notice, NoticeError
from schemas.words import SEVERITIES

Over = Literal["files", "sheets", "totals", "remarks", "cells", "filings", "participants", "units", "groups", "members"]
"""The table whose rows a rule judges (see :mod:`flows.validate.facts`)."""

SCOPES: dict[str, tuple[Over, ...]] = {
    "file": ("files", "sheets", "totals", "remarks"),
    "filing": ("cells", "filings"),
    "participant": ("cells", "participants"),
    "unit": ("units",),
    "group": ("groups", "members"),
}
"""What the door is asked for → the tables that it judges."""

Holds = Callable[..., pd.Series]
Tells = Callable[[pd.DataFrame, Notice], pd.DataFrame]


@dataclass(frozen=True)
class Rule:
    """One rule of the notice.

    ``holds(rows, notice)`` is true where a row of the table ``over`` meets it; missing counts as met. ``about`` is the
    column whose cell a finding names (None: the table says it by its columns ``cell``, ``value`` and ``column``); a row
    that has no value there meets the rule, so that what could not be read is found once and not again.
    ``looks_at`` says for officials what it reads. ``message`` and ``advice`` are templates over the columns of the row,
    ``notice`` and ``item``; ``tells`` gives further columns for the failing rows alone. ``assist``: the program points, a
    person decides. ``each`` gives the entries of the notice for which the rule is applied one by one, each with a
    ``clause`` of its own; ``holds`` gets it as ``item``.
    """

    id: str
    clause: str
    severity: str
    over: Over
    about: str | None
    looks_at: str
    message: str
    advice: str
    assist: bool
    tells: Tells | None
    each: Callable[[Notice], Iterable[Any]] | None
    holds: Holds

    @property
    def doc(self) -> str:
        """What the rule asks, in the words of its function."""
        return (self.holds.__doc__ or "").strip()


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the notice."""


def rule(
    rule_id: str,
    *,
    clause: str,
    severity: str,
    looks_at: str,
    message: str,
    advice: str,
    over: Over = "filings",
    about: str | None = None,
    assist: bool = False,
    tells: Tells | None = None,
    each: Callable[[Notice], Iterable[Any]] | None = None,
) -> Callable[[Holds], Holds]:
    """Declare a function to be a rule. ``severity`` holds unless the year's file says otherwise; see :class:`Rule`."""

    def declare(holds: Holds) -> Holds:
        if rule_id in RULES:
            raise ValueError(f"two rules are called {rule_id}")
        RULES[rule_id] = Rule(
            rule_id, clause, severity, over, about, looks_at, message, advice, assist, tells, each, holds
        )
        return holds

    return declare


class RuleCheck(pa.Check):
    """A rule under one year's notice, as a pandera check that carries the rule, its clause, severity and scope.

    A failing case is the row's place in the table, not a copy of its hundred columns; pandera's own failure cases of a
    wide table would cost more than all checks together.
    """

    def __init__(self, rule: Rule, clause: Clause, severity: str, notice: Notice, item: Any = None) -> None:
        bound = {"notice": notice} if item is None else {"notice": notice, "item": item}
        super().__init__(rule.holds, name=rule.id, title=clause.number, description=rule.doc, ignore_na=False, **bound)
        self.rule = rule
        self.clause = clause
        self.severity = severity
        self.notice = notice
        self.item = item

    def __call__(self, check_obj: pd.DataFrame, column: str | None = None) -> CheckResult:
        """Which rows of the table meet the rule."""
        holds = self._check_fn(check_obj, **self._check_kwargs)
        if holds.dtype != bool:
            holds = holds.astype("boolean").fillna(True).astype(bool)
        if self.rule.about:
            holds |= check_obj[self.rule.about].isna()
        passed = bool(holds.all())
        return CheckResult(holds, passed, check_obj, None if passed else holds.index[~holds].to_series())


def rule_book(notice: Notice) -> list[RuleCheck]:
    """Every rule that the year's notice asks for, in the order of the notice.

    Raises:
        NoticeError: the year's file gives a severity to no known rule, names no clause for a rule, or makes a rule that
            only points out graver than a person's decision.
    """
    if unknown := [rule_id for rule_id in notice.severities if rule_id not in RULES]:
        raise NoticeError(f"{notice.year} 年的通知规则文件给不认得的规则定了级别：{'、'.join(unknown)}。")
    checks: list[RuleCheck] = []
    for declared in RULES.values():
        severity = notice.severities.get(declared.id, declared.severity)
        if declared.assist and severity not in ("hold", "advise"):
            raise NoticeError(
                f"{notice.year} 年的通知规则文件：规则 {declared.id} 只作提示、由人判断，"
                f"级别只能是 hold 或 advise，现为 {severity}（{SEVERITIES[severity]}）。"
            )
        for item in declared.each(notice) if declared.each else (None,):
            number = item.clause if item is not None else declared.clause
            clause = notice.clause_of.get(number)
            if clause is None:
                raise NoticeError(
                    f"{notice.year} 年的通知规则文件：规则 {declared.id} 所依的条款 {number} 不在条款表中。"
                )
            if clause.active:
                checks.append(RuleCheck(declared, clause, severity, notice, item))
    return checks
