"""``huizong rules --decided``: of each rule, how often reviewers let a finding pass or upheld it, over all years, and on which
words these findings rested. The office sees which rule to change in next year's file; nothing changes by itself."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from flows.rulebook.printed import padded, page_table, write_sheet
from flows.validate import RULES, rule_book
from flows.warehouse import Judged
from schemas.columns import Column
from schemas.decisions import STATUS_OF_VERDICT, TAKE_BACK
from schemas.notice import Notice
from schemas.tables import BETWEEN_WORDS, TEXT, DataFrame, Frame, empty
from schemas.tables.frame import Series, Text
from schemas.words import FINDING_VERDICTS, PAIR_VERDICTS, SEVERITIES

DECIDED: tuple[Column, ...] = (
    Column("clause", "条款", "text", "通知的编号", width=10),
    Column("severity", "级别", "choice", "本年不符合时的处理", width=10),
    Column("rule_id", "规则", "text", "规则编号", width=26),
    Column("findings", "发现问题数", "whole", "各年各夜发现的问题，同一问题只算一次（条）", width=8),
    Column("passed", "放行", "whole", "最后的意见是“同意”的（条）", width=7),
    Column("upheld", "维持", "whole", "最后的意见是“退回”“剔除”的（条）", width=7),
    Column("returned", "退回", "whole", "其中“退回”的（条）", width=7),
    Column("excluded", "剔除", "whole", "其中“剔除”的（条）", width=7),
    Column("passed_share", "放行比例", "number", "放行占放行和维持的比例", width=9),
    Column("revised", "改过意见", "whole", "最后的意见与原先不同的（条）", width=8),
    Column("withdrawn", "已撤销", "whole", "意见已撤销、没有再定的（条）", width=8),
    Column("words", "用词或填报值", "text", "问题依据的用词；按栏目判断的，是填报的值", width=60),
    Column("examples", "实例", "text", "最近的几条", width=90),
)
"""One row: a rule under its clause about whose findings reviewers said something."""

_PASSES, _RETURNS, _EXCLUDES = FINDING_VERDICTS
_WORDS_SHOWN, _EXAMPLES_SHOWN = 12, 2
_VALUE_SHOWN = 24
_KEY = ["clause", "rule_id"]
_WORD = ["year", "decision_id"]
"""What tells reviewers' words apart."""
_NOTHING = "还没有关于各条规则的处理意见。"
_NOTE = (
    "各年各夜的处理意见：同一问题、同一填报值只算一次，以最后的意见为准，不论它维持了几夜。放行＝同意；维持＝退回、剔除。",
    "只供改下一年的通知文件时参考，程序不会自己改动任何规则：按用词判断的规则改 [[weighed]] 的 words 和 points，级别改 [severities]。",
)


class DecidedRules(Frame, form=DECIDED):
    """One row a rule under its clause about whose findings reviewers said something; ``severity`` by its own word."""


class DecidedWords(Frame):
    """One row a rule and a word, or a value as filed: how many findings that rested on it were let pass and upheld."""

    clause: Series[Text]
    rule_id: Series[Text]
    word: Series[Text]
    passed: Series[np.int64]
    upheld: Series[np.int64]


@dataclass(frozen=True)
class Decided:
    """``rules`` in the order of the notice, their ``words``; ``untouched`` how many rules had findings and no reviewer's word;
    ``of_pairs`` how often each was said of possible duplicates, which is about no rule; ``unknown`` how many words are about
    findings that no night in the warehouse knows."""

    rules: DataFrame[DecidedRules]
    words: DataFrame[DecidedWords]
    untouched: int
    of_pairs: dict[str, int]
    unknown: int


def decided(notice: Notice, judged: Judged | None) -> Decided:
    """What reviewers made of the rules; the clauses as ``notice`` numbers them."""
    if judged is None:
        return Decided(_rules([]), empty(DecidedWords), 0, {}, 0)
    now = _clauses_now(notice)
    findings = judged.findings[judged.findings["rule_id"].isin(list(RULES))]
    findings = findings.assign(clause=findings["rule_id"].map(now).fillna(findings["clause"]).astype(TEXT))
    found: Counter[tuple[str, str]] = Counter()
    for (number, rule), count in judged.found.items():
        found[now.get(rule, number), rule] += count
    standing = findings[findings["verdict"].ne(TAKE_BACK)]
    words = _words(standing)
    rows = [
        {
            "clause": clause,
            "rule_id": rule,
            "severity": notice.severities.get(rule),
            "findings": found[clause, rule],
            **_counts(said),
            "words": _told_words(words, clause, rule),
            "examples": "\n".join(_examples(said)) or None,
        }
        for (clause, rule), said in findings.groupby(_KEY, sort=False)
    ]
    of_pairs = judged.words.loc[judged.words["kind"].eq("pair"), "verdict"].value_counts()
    known = pd.MultiIndex.from_frame(judged.findings[_WORD])
    about_findings = pd.MultiIndex.from_frame(judged.words.loc[judged.words["kind"].ne("pair"), _WORD])
    return Decided(
        rules=_in_order(_rules(rows), notice),
        words=words,
        untouched=len({rule for _, rule in judged.found if rule in RULES} - {row["rule_id"] for row in rows}),
        of_pairs={verdict: int(of_pairs[verdict]) for verdict in PAIR_VERDICTS if verdict in of_pairs},
        unknown=int((~about_findings.isin(known)).sum()),
    )


def _rules(rows: list[dict[str, object]]) -> DataFrame[DecidedRules]:
    return DecidedRules.validate(pd.DataFrame(rows, columns=DecidedRules.names()).astype(DecidedRules.dtypes()))


def _clauses_now(notice: Notice) -> dict[str, str]:
    """Rule → its clause as the year's notice numbers it; one that stands under several clauses is told as the finding has it."""
    clauses: dict[str, set[str]] = defaultdict(set)
    for check in rule_book(notice):
        clauses[check.rule.id].add(check.clause.number)
    return {rule: numbers.pop() for rule, numbers in clauses.items() if len(numbers) == 1}


def _in_order(rules: DataFrame[DecidedRules], notice: Notice) -> DataFrame[DecidedRules]:
    clauses = {clause.number: place for place, clause in enumerate(notice.clauses)}
    place = rules["clause"].map(clauses).fillna(len(clauses))
    by_rule = rules["rule_id"].map({rule: nth for nth, rule in enumerate(RULES)})
    ordered = rules.assign(place=place, nth=by_rule).sort_values(["place", "clause", "nth"], ignore_index=True)
    return DecidedRules.validate(ordered[DecidedRules.names()])


def _counts(said: pd.DataFrame) -> dict[str, object]:
    verdicts = said["verdict"].value_counts()
    passed, returned, excluded = (int(verdicts.get(verdict, 0)) for verdict in STATUS_OF_VERDICT)
    upheld = returned + excluded
    return {
        "passed": passed,
        "upheld": upheld,
        "returned": returned,
        "excluded": excluded,
        "passed_share": passed / (passed + upheld) if passed + upheld else None,
        "revised": int((said["revised"] & said["verdict"].ne(TAKE_BACK)).sum()),
        "withdrawn": int(verdicts.get(TAKE_BACK, 0)),
    }


def _words(standing: pd.DataFrame) -> DataFrame[DecidedWords]:
    """A row a rule and a word: how many findings that rested on it were let ``passed`` and ``upheld``, the most judged first.
    A finding without words rests on the value of its cell."""
    value = standing["value"].str.slice(stop=_VALUE_SHOWN) + standing["value"].str.len().gt(_VALUE_SHOWN).map(
        {True: "…", False: ""}
    )
    cell = standing["column"].fillna("") + ("“" + value + "”").fillna("空白")
    rests_on = standing["words"].str.split(BETWEEN_WORDS).explode().astype(TEXT)  # no text at all would be numbers
    word = ("“" + rests_on + "”").dropna().groupby(level=0).agg(list)
    word = word.reindex(standing.index)
    word = word.where(word.notna(), cell.map(lambda told: [told]))
    each = standing[_KEY].assign(word=word, passed=standing["verdict"].eq(_PASSES)).explode("word")
    each = each.assign(upheld=~each["passed"])
    counted = each.groupby([*_KEY, "word"], sort=False)[["passed", "upheld"]].sum().reset_index()
    judged = counted["passed"] + counted["upheld"]
    ordered = counted.assign(judged=judged).sort_values(["judged", "word"], ascending=[False, True], ignore_index=True)
    return DecidedWords.validate(ordered[DecidedWords.names()].astype(DecidedWords.dtypes()))


def _told_words(words: pd.DataFrame, clause: str, rule: str) -> str | None:
    of_rule = words[words["clause"].eq(clause) & words["rule_id"].eq(rule)]
    told = [
        f"{row.word}放行 {row.passed}、维持 {row.upheld}" for row in of_rule.head(_WORDS_SHOWN).itertuples(index=False)
    ]
    more = [f"另有 {len(of_rule) - _WORDS_SHOWN} 个"] if len(of_rule) > _WORDS_SHOWN else []
    return "；".join([*told, *more]) or None


def _examples(said: pd.DataFrame) -> Iterator[str]:
    """The newest findings that were let pass, then those that were upheld; what was taken back is no example."""
    for verdicts in ([_PASSES], [_RETURNS, _EXCLUDES]):
        newest = said[said["verdict"].isin(verdicts)].head(_EXAMPLES_SHOWN)
        yield from map(_example, newest.to_dict("records"))


def _example(row: Mapping[Hashable, Any]) -> str:
    told = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    place = "!".join(filter(None, (told["sheet"], told["cell"])))
    title = f"“{told['title']}”" if told["title"] else ""
    on = "、".join(f"“{word}”" for word in told["words"].split(BETWEEN_WORDS)) if told["words"] else ""
    if not on and told["value"]:
        on = f"填报“{told['value']}”"
    why = "，".join(filter(None, (told["reviewer"], told["note"])))
    parts = filter(None, (f"{told['year']} 年", told["file"], place, title, on))
    said = f"{told['verdict']}：{' '.join(parts)}{f'（{why}）' if why else ''} 编号 {told['finding_id']}"
    return " ".join(said.splitlines())


def plain(notice: Notice, told: Decided) -> str:
    """For a terminal: each clause with a rule that was judged, under it these rules, their words and examples."""
    says = {clause.number: clause.says for clause in notice.clauses}
    lines = [f"{notice.title}：审核人怎样看各条规则发现的问题", *_NOTE, ""]
    for clause, rules in told.rules.groupby("clause", sort=False):
        lines.append(f"{clause}　{says.get(str(clause), '（本年的通知没有这一条）')}")
        for rule in rules.to_dict("records"):
            lines += _plain_rule(rule)
        lines.append("")
    return "\n".join([*lines, *_rest(told)]) + "\n"


def _plain_rule(row: Mapping[Hashable, Any]) -> Iterator[str]:
    share = "" if pd.isna(row["passed_share"]) else f"（{row['passed_share']:.0%}）"
    upheld = f"（退回 {row['returned']}、剔除 {row['excluded']}）" if row["upheld"] else ""
    more = [f"{told} {row[name]}" for name, told in (("revised", "改过意见"), ("withdrawn", "已撤销")) if row[name]]
    counts = "，".join([f"放行 {row['passed']}{share}、维持 {row['upheld']}{upheld}", *more])
    severity, found = SEVERITIES.get(row["severity"], ""), f"发现 {row['findings']}"
    yield f"    {padded(severity, 9)}{padded(row['rule_id'], 32)}{padded(found, 10)}{counts}"
    if pd.notna(row["words"]):
        yield f"        {row['words']}"
    if pd.notna(row["examples"]):
        yield from (f"        {example}" for example in row["examples"].split("\n"))


def _rest(told: Decided) -> Iterator[str]:
    if told.rules.empty:
        yield _NOTHING
    if told.untouched:
        yield f"另有 {told.untouched} 条规则发现过问题，还没有关于它们的处理意见。"
    if told.of_pairs:
        said = "、".join(f"{verdict} {count}" for verdict, count in told.of_pairs.items())
        yield f"关于疑似重复的意见（{said}）不属于任何一条规则，没有计入。"
    if told.unknown:
        yield f"有 {told.unknown} 条意见所说的问题，数据库里已没有哪一夜列出过，不知道是哪条规则的，没有计入。"
    if not told.rules.empty:
        yield "看某一条的来龙去脉：huizong explain --year 年份 编号"


def markdown(notice: Notice, told: Decided) -> str:
    """As a page: one table of the rules that were judged."""
    lines = [f"# {notice.title}：审核人怎样看各条规则发现的问题", "", *_NOTE, ""]
    shown = _in_chinese(told.rules)
    lines += page_table((column.title for column in DECIDED), shown.itertuples(index=False)) if len(shown) else []
    return "\n".join([*lines, "", *_rest(told)]) + "\n"


def _in_chinese(rules: pd.DataFrame) -> pd.DataFrame:
    share = rules["passed_share"].map(lambda share: f"{share:.0%}", na_action="ignore")
    return rules.assign(severity=rules["severity"].map(SEVERITIES), passed_share=share)


def as_json(notice: Notice, told: Decided) -> str:
    """For programs: the rules that were judged, each with its words."""
    rules = []
    for row in told.rules.to_dict("records"):
        words = told.words[told.words["clause"].eq(row["clause"]) & told.words["rule_id"].eq(row["rule_id"])]
        of_rule = [
            {**one, "passed": int(one["passed"]), "upheld": int(one["upheld"])}
            for one in words[["word", "passed", "upheld"]].to_dict("records")
        ]
        said = {name: value for name, value in row.items() if name not in ("words", "examples") and pd.notna(value)}
        rules.append(
            {**said, "words": of_rule, "examples": row["examples"].split("\n") if pd.notna(row["examples"]) else []}
        )
    told_all = {
        "year": notice.year,
        "rules": rules,
        "untouched": told.untouched,
        "pairs": told.of_pairs,
        "unknown": told.unknown,
    }
    return json.dumps(told_all, ensure_ascii=False, indent=2) + "\n"


DECIDED_TEXTS: dict[str, Callable[[Notice, Decided], str]] = {"text": plain, "markdown": markdown, "json": as_json}
"""What this can be printed as."""


def write_decided(path: Path, notice: Notice, told: Decided, made: datetime) -> None:
    """The rules that were judged as a workbook at ``path``.

    Raises:
        OSError: the file cannot be written.
    """
    title, name = f"{notice.title}：审核人怎样看各条规则发现的问题", "规则与处理意见"
    shown = told.rules.assign(severity=told.rules["severity"].map(SEVERITIES).astype(TEXT))
    marks = {"severity": told.rules["severity"]}
    write_sheet(path, title, name, DECIDED, shown, (*_NOTE, *_rest(told)), marks, made, shares=("passed_share",))
