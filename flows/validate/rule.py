"""What a rule is: a small named function over a whole table, declared with its clause, and pandera's own check of it."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd
import pandera.pandas as pa
from pandera.api.base.checks import CheckResult

from schemas.notice import Clause, Notice, Place
from schemas.words import SEVERITIES

Over = Literal[
    "files", "sheets", "totals", "remarks", "cells", "filings", "texts", "participants", "units", "groups", "members"
]
"""The table whose rows a rule judges (see :mod:`flows.validate.tables.rows`)."""

SCOPES: dict[str, tuple[Over, ...]] = {
    "file": ("files", "sheets", "totals", "remarks"),
    "filing": ("cells", "filings", "texts"),
    "participant": ("cells", "participants"),
    "unit": ("units",),
    "group": ("groups", "members"),
}
"""What the door is asked for → the tables that it judges."""

ASKS_REGISTERS: tuple[Over, ...] = ("filings", "texts", "participants", "units", "groups", "members")
"""The tables in which something stands that the reference workbooks know; the others are about what was filed alone."""

OF_ONE_FILE: tuple[Over, ...] = ("files", "sheets", "totals", "remarks", "cells", "texts", "participants")
"""The tables whose rows depend on their own file alone, so that files may be judged some at a time; what a filing costs a person
and day is seen beside others."""

Holds = Callable[..., pd.Series]
Tells = Callable[[pd.DataFrame, Notice], pd.DataFrame]


@dataclass(frozen=True)
class Rule:
    """One rule of the notice.

    ``holds(rows, notice)`` is true where a row of the table ``over`` meets it; missing counts as met. ``about`` is the
    column whose cell a finding names (None: the table says it by its columns ``cell``, ``value`` and ``column``); a row
    that has no value there meets the rule, so that what could not be read is found once and not again. So does a row of
    ``texts`` that speaks for the finding of another rule.
    ``looks_at`` says for officials what it reads. ``message`` and ``advice`` are templates over the columns of the
    row, ``notice`` and ``item``; ``otherwise`` is what else the office may do as long as no reviewer has sent it back,
    the same for every row. ``tells`` gives further columns for the failing rows alone, from those of the row and, as filed,
    of ``tells_from`` (``country_filed``). ``assist``: the program points, a
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
    otherwise: str
    assist: bool
    tells: Tells | None
    tells_from: tuple[str, ...]
    each: Callable[[Notice], Iterable[Any]] | None
    holds: Holds

    @property
    def whole_advice(self) -> str:
        """What the office may do, as one sentence."""
        return f"{self.advice.removesuffix('。')}；{self.otherwise}" if self.otherwise else self.advice

    def ordered(self, advice: str) -> str:
        """The ``advice`` of a finding of the rule without the way that is closed once a reviewer has sent it back."""
        rest = f"；{self.otherwise}"
        return f"{advice.removesuffix(rest)}。" if self.otherwise and advice.endswith(rest) else advice

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
    otherwise: str = "",
    over: Over = "filings",
    about: str | None = None,
    assist: bool = False,
    tells: Tells | None = None,
    tells_from: tuple[str, ...] = (),
    each: Callable[[Notice], Iterable[Any]] | None = None,
) -> Callable[[Holds], Holds]:
    """Declare a function to be a rule. ``severity`` is the usual one; the year's file decides. See :class:`Rule`."""

    def declare(holds: Holds) -> Holds:
        if rule_id in RULES:
            raise ValueError(f"two rules are called {rule_id}")
        if over not in get_args(Over):
            raise ValueError(f"rule {rule_id}: there is no table {over}; there are {', '.join(get_args(Over))}")
        RULES[rule_id] = Rule(
            rule_id,
            clause,
            severity,
            over,
            about,
            looks_at,
            message,
            advice,
            otherwise,
            assist,
            tells,
            tells_from,
            each,
            holds,
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
        if self.rule.over == "texts":
            holds |= check_obj["rule"].ne(self.rule.id)
        passed = bool(holds.all())
        return CheckResult(holds, passed, check_obj, None if passed else holds.index[~holds].to_series())


def rule_book(notice: Notice) -> list[RuleCheck]:
    """Every rule that the year's notice asks for, in the order of the notice.

    Raises:
        DataFileError: the year's file and the rules do not fit together; names the file and the line.
    """
    if wrong := [*_unfit_severities(notice), *_unfit_texts(notice), *_unfit_clauses(notice)]:
        raise notice.wrong(wrong)
    checks = [
        RuleCheck(declared, clause, notice.severities[declared.id], notice, item)
        for declared in RULES.values()
        for item, number in _applied(declared, notice)
        if (clause := notice.clause_of[number]).active
    ]
    checked = {check.clause.number for check in checks}
    if wrong := [
        (("clauses", place, "kinds"), f"条款 {clause.number} 没有规则核对，应写明为什么（why），kinds 写 person")
        for place, clause in enumerate(notice.clauses)
        if clause.active and clause.number not in checked and not clause.why
    ]:
        raise notice.wrong(wrong)
    return checks


def _applied(declared: Rule, notice: Notice) -> list[tuple[Any, str]]:
    """What a rule is applied for, one by one, with the number of its clause."""
    if declared.each is None:
        return [(None, declared.clause)]
    return [(item, item.clause) for item in declared.each(notice)]


def _unfit_severities(notice: Notice) -> Iterator[tuple[Place, str]]:
    """Every rule has its severity in the file; one that only points out is no graver than a person's decision."""
    for rule_id, severity in notice.severities.items():
        if rule_id not in RULES:
            yield ("severities", rule_id), "给不认得的规则定了级别"
        elif RULES[rule_id].assist and severity not in ("hold", "advise"):
            said = f"规则只作提示、由人判断，级别只能是 hold 或 advise，现为 {severity}（{SEVERITIES[severity]}）"
            yield ("severities", rule_id), said
    for rule_id, declared in RULES.items():
        if rule_id not in notice.severities:
            yield ("severities", rule_id), f"缺少这条规则的级别，一般为 {declared.severity}"


def _unfit_texts(notice: Notice) -> Iterator[tuple[Place, str]]:
    """What is weighed is weighed for a rule that judges texts."""
    for place, one in enumerate(notice.weighed):
        if one.rule not in RULES or RULES[one.rule].over != "texts":
            known = "、".join(declared.id for declared in RULES.values() if declared.over == "texts")
            yield ("weighed", place, "rule"), f"没有这样的文字规则“{one.rule}”，应为 {known} 之一"


def _unfit_clauses(notice: Notice) -> Iterator[tuple[Place, str]]:
    """Every clause that a rule is about stands in the file; said at the line that may have been meant for it."""
    asked: dict[str, list[str]] = {}
    for declared in RULES.values():
        for _, number in _applied(declared, notice):
            asked.setdefault(number, []).append(declared.id)
    missing = [number for number in asked if number not in notice.clause_of]
    idle = [
        place
        for place, clause in enumerate(notice.clauses)
        if clause.known_as not in asked and {"auto", "assist"} & set(clause.kinds)
    ]
    for place in idle:
        clause = notice.clauses[place]
        if clause.formerly:
            known = difflib.get_close_matches(clause.formerly, missing or asked, 1, 0)
            meant = f"，是否应为 {known[0]}" if known else ""
            yield ("clauses", place, "formerly"), f"没有规则依据条款 {clause.formerly}{meant}"
        elif missing:
            said = f"没有规则依据条款 {clause.number}；如果只是改了编号，请加一行 formerly，写原来的编号（{'、'.join(missing)}）"
            yield ("clauses", place, "number"), said
    for number in missing:
        if not idle:
            said = f"条款表中没有条款 {number}，规则 {'、'.join(dict.fromkeys(asked[number]))} 以它为依据"
            yield ("clauses",), f"{said}；不核对这一条的，请保留该条并写 active = false"
