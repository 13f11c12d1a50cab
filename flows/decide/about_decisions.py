"""Findings about decisions themselves: one not understood, verdicts that contradict each other, a workbook not read."""

import pandas as pd

from flows.decide.standing_decisions import understood
from flows.decision_log import NAME
from schemas.decisions import ABOUT_DECISIONS, UNCLEAR, UNFINISHED, VERDICTS
from schemas.sheets import VERDICT
from schemas.tables import TEXT, DataFrame, Decisions, DecisionWorkbooks, Findings, finding_id, unclear_id

CLAUSE = VERDICT
"""What stands in 条款 where a finding is about a decision and not about a filing."""

_CONTRADICTION, _WORKBOOK = (f"{ABOUT_DECISIONS}{what}" for what in ("contradiction", "workbook"))
_WHERE = ["source", "sheet", "run_id"]
_LIKE_A_VERDICT = "|".join(sorted({word for words in VERDICTS.values() for word in words}))
_MANY, _LISTED = 5, 10
"""From how many cells of a sheet on that hold no verdict they are told together, and how many of their rows are listed."""

_FILL_AGAIN = "请在今天的异常清单中重新填写；不需要处理的，对本条填“同意”即可。"


def about_decisions(
    decisions: DataFrame[Decisions],
    findings: DataFrame[Findings],
    contradictions: pd.DataFrame,
    workbooks: DataFrame[DecisionWorkbooks],
) -> DataFrame[Findings]:
    """Findings (提示) about ``decisions`` that were not understood, ``contradictions`` of linking, and ``workbooks`` that
    could not be read; ``findings`` are tonight's, of which a sentence may speak."""
    parts = [_unclear(decisions, findings), _contradicting(contradictions), _unread(workbooks)]
    return Findings.validate(pd.concat(parts, ignore_index=True).astype(TEXT))


def _unclear(decisions: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """A finding for each decision that was not understood and has no later one in its place."""
    unclear = decisions[decisions["problem"].notna() & ~decisions["problem"].isin(UNFINISHED)]
    night = pd.Series(pd.factorize(decisions["run_id"])[0], index=decisions.index)
    last = understood(decisions).drop_duplicates("about", keep="last")
    later = (
        unclear["about"].map(pd.Series(night[last.index].to_numpy(), index=last["about"].to_numpy())).astype("Int64")
    )
    unclear = unclear[~later.gt(night[unclear.index]).fillna(False).astype(bool)]
    many = _no_verdicts(unclear)
    about = findings.set_index("finding_id")["message"]
    rows = [_unclear_row(said, about) for said in unclear[~many].to_dict("records")]
    rows += [_unclear_rows(sheet) for _, sheet in unclear[many].groupby(_WHERE, dropna=False)]
    return _as_findings(rows)


def _no_verdicts(unclear: pd.DataFrame) -> pd.Series:
    """Where many verdicts of one sheet are plainly none: a column of something else stands there."""
    plainly = unclear["problem"].eq("unknown_verdict") & ~unclear["verdict"].str.contains(_LIKE_A_VERDICT).fillna(False)
    return plainly & plainly.groupby([unclear[name] for name in _WHERE]).transform("sum").ge(_MANY)


def _unclear_row(said: dict, about: pd.Series) -> dict[str, object]:
    return {
        "finding_id": unclear_id(said["decision_id"]),
        "rule_id": UNCLEAR,
        "file": said["source"],
        "sheet": said["sheet"],
        "cell": None,
        "column": CLAUSE,
        "value": said["verdict"],
        "message": f"第 {said['row']} 行的处理意见没有生效：{said['reason']}{_of(about.get(said['about']))}",
        "advice": _FILL_AGAIN,
    }


def _unclear_rows(said: pd.DataFrame) -> dict[str, object]:
    first = said.iloc[0]
    listed = "、".join(said["row"].astype(str).head(_LISTED)) + ("等" if len(said) > _LISTED else "")
    return {
        "finding_id": finding_id(UNCLEAR, *(str(first[name]) for name in _WHERE)),
        "rule_id": UNCLEAR,
        "file": first["source"],
        "sheet": first["sheet"],
        "column": CLAUSE,
        "value": first["verdict"],
        "message": f"第 {listed} 行共 {len(said)} 处“处理意见”栏的文字都不是处理意见（如“{first['verdict']}”），没有生效。",
        "advice": "全部文字见“已处理”。请检查该表的各栏是否错位；" + _FILL_AGAIN,
    }


def _of(message: object) -> str:
    return f"（关于：{message}）" if isinstance(message, str) else ""


def _contradicting(contradictions: pd.DataFrame) -> pd.DataFrame:
    """A finding for each pair judged 不合并 that other verdicts join."""
    rows = [
        {
            "finding_id": finding_id(_CONTRADICTION, left, right),
            "rule_id": _CONTRADICTION,
            "column": CLAUSE,
            "message": message,
            "advice": "请在“疑似重复”中改正其中一条，或选“撤销”。",
        }
        for left, right, message in contradictions[["filing_id_l", "filing_id_r", "message"]].itertuples(index=False)
    ]
    return _as_findings(rows)


def _unread(workbooks: pd.DataFrame) -> pd.DataFrame:
    """A finding for each workbook that could not be read for its decisions, or is not the one that it should be."""
    rows = [
        {
            "finding_id": finding_id(_WORKBOOK, path, problem),
            "rule_id": _WORKBOOK,
            "file": path,
            "message": f"“{path}”{problem}" if not problem.startswith("昨夜") else problem,
            "advice": "已入库的处理意见继续有效。如其中有新填的意见，请修复或另存为 xlsx 后放入“处理意见”文件夹。",
        }
        for path, problem in workbooks.dropna(subset=["problem"])[["path", "problem"]].itertuples(index=False)
        if path != NAME  # what is told of the file is nothing to decide about
    ]
    return _as_findings(rows)


def _as_findings(rows: list[dict]) -> pd.DataFrame:
    blank = dict.fromkeys(Findings.names()) | {"clause": CLAUSE, "severity": "advise", "status": "open"}
    return pd.DataFrame([{**blank, **row} for row in rows], columns=Findings.names()).astype(TEXT)
