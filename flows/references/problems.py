"""How a problem of a reference workbook is told: one row a problem, with its cell."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from schemas.cells import a1
from schemas.tables import DataFrame, ReferenceProblems, empty, finding_id
from schemas.words import NO_CELL

HELD = "依据该处核对的项目先作待核，不据此退回或不予受理。"
NAME_HELD = "以该名称申报的项目先作待核。"
NO_LINE = "不按这一行控制人数。"
UNUSED = "没有采用。"
HARMLESS = "不影响核对。"

PROBLEMS_AT_MOST = 1_000
"""More problems of one workbook are counted and not told one by one: somebody has shifted a column."""


@dataclass(frozen=True)
class Problem:
    """One problem: ``cell`` a cell code; ``kind`` and ``entry`` what it is known by tomorrow besides column and value."""

    workbook: str
    kind: str
    message: str
    effect: str
    advice: str
    sheet: str | None = None
    cell: int = NO_CELL
    column: str | None = None
    value: str | None = None
    entry: str = ""


def table(problems: Iterable[Problem]) -> DataFrame[ReferenceProblems]:
    """The problems as a table, in the order of workbooks and cells."""
    kept = _told(sorted(problems, key=lambda p: (p.workbook, p.sheet or "", p.cell)))
    if not kept:
        return empty(ReferenceProblems)
    known: Counter[tuple[str, ...]] = Counter()
    rows: list[dict[str, object]] = []
    for problem in kept:
        about = (problem.workbook, problem.kind, problem.column or "", problem.entry, problem.value or "")
        known[about] += 1
        rows.append(
            {
                "problem_id": finding_id("reference", *about, str(known[about])),
                "place": len(rows) + 1,
                "workbook": problem.workbook,
                "sheet": problem.sheet,
                "cell": a1(problem.cell),
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
                "effect": problem.effect,
                "advice": problem.advice,
            }
        )
    return ReferenceProblems.validate(pd.DataFrame(rows).astype(ReferenceProblems.dtypes()))


def _told(problems: list[Problem]) -> list[Problem]:
    counts, kept = Counter[str](), []
    for problem in problems:
        counts[problem.workbook] += 1
        if counts[problem.workbook] <= PROBLEMS_AT_MOST:
            kept.append(problem)
    for workbook, count in counts.items():
        if count > PROBLEMS_AT_MOST:
            said = f"另有 {count - PROBLEMS_AT_MOST} 处问题没有逐条列出。"
            advice = "请先更正已列出的各处（可能是整列错位），下一夜再列其余。"
            kept.append(Problem(workbook, "more", said, "同类问题的处理相同。", advice))
    return kept
