"""``huizong rules``: every clause of the notice, what looks after it, and how many findings that made last night."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from flows.rulebook.printed import padded, page_table, write_sheet
from flows.validate import RuleCheck, rule_book
from schemas.columns import Column
from schemas.notice import KINDS, Notice
from schemas.sureness import Measured
from schemas.tables import DataFrame, Frame
from schemas.words import SEVERITIES

COVERAGE: tuple[Column, ...] = (
    Column("clause", "条款", "text", "通知的编号", width=10),
    Column("says", "要求", "text", "通知的要求（摘要）", width=36),
    Column("kinds", "方式", "text", "由谁判断", width=14),
    Column("severity", "级别", "choice", "不符合时的处理", width=10),
    Column("rule_id", "规则", "text", "规则编号", width=26),
    Column("looks_at", "核对内容", "text", "看哪些栏目", width=40),
    Column("sure", "把握", "text", "判断得有多准：按列判断的确定，按文字判断的看标注样本上的实测", width=44),
    Column("findings", "昨夜问题数", "whole", "上一夜发现的问题（条）", width=8),
    Column("why", "说明", "text", "没有规则逐项核对的，为什么", width=44),
)
"""One row of the rule book: a rule under its clause, or a clause without one."""


class RuleBook(Frame, form=COVERAGE):
    """One row a rule under its clause, or a clause without one; ``kinds`` and ``severity`` by their own words."""


NOT_IN_FORCE = "本年不核对"
BY_COLUMNS, BY_COLUMNS_HINT, BY_TEXTS = "按列判断，确定", "按列提示，由人判断", "按文字判断"
"""What a rule judges by, and so how sure it is."""

Found = Mapping[tuple[str, str], int]
"""Clause and rule → how many findings they made."""


def coverage(notice: Notice, found: Found | None = None, measured: Measured | None = None) -> DataFrame[RuleBook]:
    """The rule book as a table, in the order of the notice.

    ``found`` says how many findings each rule made in the last night; without it they are missing throughout. ``measured``
    is what text rules made of labelled filings. A clause that is not in force has no kind.
    """
    checks = rule_book(notice)
    rows: list[dict[str, object]] = []
    for clause in notice.clauses:
        told: dict[str, object] = {"clause": clause.number, "says": clause.says, "why": clause.why}
        told["kinds"] = "、".join(clause.kinds) if clause.active else None
        rows += [told | _rule(check, found, measured) for check in checks if check.clause is clause] or [told]
    return RuleBook.validate(pd.DataFrame(rows, columns=RuleBook.names()).astype(RuleBook.dtypes()))


def _rule(check: RuleCheck, found: Found | None, measured: Measured | None) -> dict[str, object]:
    return {
        "rule_id": check.rule.id,
        "severity": check.severity,
        "looks_at": check.rule.looks_at,
        "sure": _sure(check, measured),
        "findings": None if found is None else found.get((check.clause.number, check.rule.id), 0),
    }


def _sure(check: RuleCheck, measured: Measured | None) -> str:
    """How sure a rule is: what a column says it says; what texts say was measured, for all text rules of the clause together."""
    if check.rule.over != "texts":
        return BY_COLUMNS_HINT if check.rule.assist else BY_COLUMNS
    of_clause = measured.clauses.get(check.clause.known_as) if measured else None
    if measured is None or of_clause is None:
        return f"{BY_TEXTS}：没有用标注样本测过"
    unseen = f"其中选词时没有看过的：{of_clause.unseen_faulty} 条提示了 {of_clause.unseen_found} 条，误报 {of_clause.unseen_alarms} 条"
    return (
        f"{BY_TEXTS}：标注样本中应提示的 {of_clause.faulty} 条提示了 {of_clause.found} 条，"
        f"没有问题的 {measured.clean} 条误报 {of_clause.alarms} 条；{unseen}"
    )


def _in_chinese(table: pd.DataFrame) -> pd.DataFrame:
    kinds = (
        table["kinds"].str.split("、").map(lambda words: "、".join(KINDS[word] for word in words), na_action="ignore")
    )
    return table.assign(kinds=kinds.fillna(NOT_IN_FORCE), severity=table["severity"].map(SEVERITIES))


def plain(notice: Notice, table: DataFrame[RuleBook]) -> str:
    """For a terminal: each clause, under it its rules."""
    lines = (line for part in _by_clause(_in_chinese(table)) for line in _plain_clause(part))
    return "\n".join((notice.title, _LEGEND, "", *lines)) + "\n"


_LEGEND = f"方式：{'、'.join(f'{told}（{kind}）' for kind, told in KINDS.items())}。"


def _plain_clause(rules: pd.DataFrame) -> Iterator[str]:
    clause = rules.iloc[0]
    yield f"{clause['clause']}　{clause['says']}　［{clause['kinds']}］"
    sure = rules["sure"].dropna().drop_duplicates()
    for told in sure[sure.str.startswith(BY_TEXTS)]:
        yield f"    把握：{told}"
    for rule in rules.dropna(subset=["rule_id"]).itertuples():
        last_night = "" if pd.isna(rule.findings) else f"昨夜 {rule.findings}"
        columns = ((rule.severity, 9), (rule.rule_id, 32), (last_night, 10), (_briefly(rule.sure), 20))
        yield f"    {''.join(padded(str(text), width) for text, width in columns)}{rule.looks_at}"
    if pd.notna(clause["why"]):
        yield f"    说明：{clause['why']}"
    yield ""


def _briefly(sure: object) -> str:
    """How a rule judges, without what was measured."""
    return str(sure).partition("：")[0]


def _by_clause(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    return (rules for _, rules in table.groupby("clause", sort=False))


def markdown(notice: Notice, table: DataFrame[RuleBook]) -> str:
    """As a page: one table of clauses and rules; the last night's findings where they are known."""
    columns = [column for column in COVERAGE if column.name != "findings" or table["findings"].notna().any()]
    shown = _in_chinese(table)
    repeated = shown["clause"].duplicated()
    shown = shown.assign(**{name: shown[name].mask(repeated) for name in ("clause", "says", "kinds", "why")})
    shown["rule_id"] = "`" + shown["rule_id"] + "`"
    lines = [
        f"# {notice.title}：条款与规则",
        "",
        f"由 `huizong rules --year {notice.year} --format markdown` 生成；数据在 `schemas/notices/{notice.year}.toml`。",
        f"{_LEGEND}级别：{'、'.join(f'{told}（{word}）' for word, told in SEVERITIES.items())}。",
        "",
        *page_table(
            (column.title for column in columns),
            shown[[column.name for column in columns]].itertuples(index=False),
        ),
    ]
    return "\n".join(lines) + "\n"


def as_json(notice: Notice, table: DataFrame[RuleBook]) -> str:
    """For programs: year, title and the clauses, each with its kinds and rules."""
    clauses = [_clause(rules) for rules in _by_clause(table)]
    told = {"year": notice.year, "title": notice.title, "clauses": clauses}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _clause(rules: pd.DataFrame) -> dict[str, object]:
    first = rules.iloc[0]
    kinds = first["kinds"].split("、") if pd.notna(first["kinds"]) else []
    named = rules.dropna(subset=["rule_id"])[["rule_id", "severity", "looks_at", "sure", "findings"]].to_dict("records")
    return {
        "clause": first["clause"],
        "says": first["says"],
        "kinds": kinds,
        "why": None if pd.isna(first["why"]) else first["why"],
        "rules": [{name: value for name, value in rule.items() if pd.notna(value)} for rule in named],
    }


TEXT_FORMATS: dict[str, Callable[[Notice, pd.DataFrame], str]] = {"text": plain, "markdown": markdown, "json": as_json}
"""What the rule book can be printed as."""


def write_workbook(path: Path, notice: Notice, table: DataFrame[RuleBook], made: datetime) -> None:
    """The rule book as a workbook at ``path``.

    Raises:
        OSError: the file cannot be written.
    """
    remarks = (f"级别、数字和词表在 {notice.year}.toml。",)
    marks = {"severity": table["severity"]}
    write_sheet(path, f"{notice.title}：条款与规则", "条款与规则", COVERAGE, _in_chinese(table), remarks, marks, made)
