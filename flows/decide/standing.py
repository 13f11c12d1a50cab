"""Which decisions hold tonight: the last word on each finding and pair, as long as the value it was made about stands."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from flows.decide.decisions import Said
from flows.decide.pairs import pair_value, what_changed
from flows.link import Linked
from schemas.decisions import ABOUT_DECISIONS, STATUS_OF_VERDICT, TAKE_BACK, UNFINISHED
from schemas.tables import FINDINGS, STANDINGS, TEXT

CLAUSE = "处理意见"
"""What stands in 条款 where a finding is about a decision and not about a filing."""

_UNCLEAR, _CONTRADICTION, _WORKBOOK = (f"{ABOUT_DECISIONS}{what}" for what in ("unclear", "contradiction", "workbook"))
_ENTRIES = ["verdict", "note", "reviewer"]

_REPLACED = "已由后来的意见“{verdict}”取代。"
_TAKEN_BACK = "已撤销。"
_NO_LONGER_FOUND = "这个问题已不再出现（已更正、已撤回或已有新版）。"
_VALUE_CHANGED = "填报值由“{then}”变为“{now}”，重新列为待处理。"
_FIELDS_CHANGED = "{changed}，重新列为待判定。"
_IN_DISPUTE = "与其他疑似重复的处理意见相互矛盾，改正前不生效。"


@dataclass(frozen=True)
class Decided:
    """FINDINGS and PAIRS with what reviewers decided; ``decisions`` DECISIONS read tonight, with ``applied`` and
    ``why_not``; ``standings`` STANDINGS of all decisions of the year; ``readings`` READINGS; ``workbooks`` WORKBOOKS."""

    findings: pd.DataFrame
    pairs: pd.DataFrame
    decisions: pd.DataFrame
    standings: pd.DataFrame
    readings: pd.DataFrame
    workbooks: pd.DataFrame


def judged(said: Said, filings: pd.DataFrame) -> pd.DataFrame:
    """What reviewers said about pairs and still holds for ``filings`` (FILINGS, current ones), for linking.

    One row a pair: ``filing_id_l``, ``filing_id_r``, ``verdict`` (合并, 不合并), ``note``, ``reviewer``.
    """
    last = _last_words(said.decisions)
    last = last[last["kind"].eq("pair") & last["verdict"].ne(TAKE_BACK)]
    changed = _pairs_changed(last, filings)
    kept = last.loc[changed.isna(), ["filing_id_l", "filing_id_r", *_ENTRIES]]
    return kept.astype(TEXT).sort_values(["filing_id_l", "filing_id_r"], ignore_index=True)


def apply(findings: pd.DataFrame, linked: Linked, filings: pd.DataFrame, said: Said, run_id: str) -> Decided:
    """The findings and pairs of tonight with what reviewers decided about them.

    ``findings`` FINDINGS; ``linked`` the pairs, linked with :func:`judged`; ``filings`` FILINGS, current ones. A decision
    holds where it is the last word on its finding or pair and the value it was made about stands. What was not
    understood, verdicts that contradict each other, and a workbook that could not be read, become findings of their own
    (提示).
    """
    decisions = _known_by_now(said.decisions, findings, run_id)
    about_decisions = [
        _unclear(decisions, findings),
        _contradicting(linked.contradictions),
        _unread(said.workbooks),
    ]
    findings = pd.concat([findings, *about_decisions], ignore_index=True).astype(TEXT)
    standings = _standings(decisions, findings, linked.pairs, filings)
    holding = decisions[decisions["decision_id"].isin(standings.loc[standings["applied"], "decision_id"])]
    holding = holding[holding["verdict"].ne(TAKE_BACK)].set_index("about")
    drafts = _drafts(decisions)
    findings = _with_entries(findings, "finding_id", holding, drafts)
    said_of = findings["finding_id"].map(holding["verdict"])
    findings["status"] = said_of.map(STATUS_OF_VERDICT).fillna("open").astype(TEXT)
    tonight = decisions[decisions["run_id"].eq(run_id)].merge(standings, on="decision_id", validate="1:1")
    return Decided(
        findings=FINDINGS.validate(findings),
        pairs=_with_drafts(linked.pairs, drafts),
        decisions=tonight,
        standings=STANDINGS.validate(standings),
        readings=said.readings,
        workbooks=said.workbooks,
    )


def _understood(decisions: pd.DataFrame) -> pd.DataFrame:
    return decisions[decisions["problem"].isna()]


def _last_words(decisions: pd.DataFrame) -> pd.DataFrame:
    """The last decision about each thing: the night that read it decides, then when its workbook was saved."""
    return _understood(decisions).drop_duplicates("about", keep="last")


def _known_by_now(decisions: pd.DataFrame, findings: pd.DataFrame, run_id: str) -> pd.DataFrame:
    """Tonight's findings make known what no earlier night had: the workbook outlived its warehouse."""
    known = decisions["problem"].eq("unknown_id") & decisions["run_id"].eq(run_id)
    known &= decisions["about"].isin(findings["finding_id"]) & decisions["verdict"].isin(STATUS_OF_VERDICT)
    if not known.any():
        return decisions
    decisions = decisions.copy()
    decisions.loc[known, ["problem", "reason"]] = None
    return decisions


def _standings(
    decisions: pd.DataFrame, findings: pd.DataFrame, pairs: pd.DataFrame, filings: pd.DataFrame
) -> pd.DataFrame:
    last = _last_words(decisions)
    why_not = decisions["reason"].copy()
    why_not = why_not.fillna(_overtaken(decisions, last))
    on_findings = last[last["kind"].eq("finding") & last["verdict"].ne(TAKE_BACK)]
    why_not.update(_findings_changed(on_findings, findings))
    on_pairs = last[last["kind"].eq("pair") & last["verdict"].ne(TAKE_BACK)]
    why_not.update(_pairs_changed(on_pairs, filings).fillna(_disputed(on_pairs, pairs)))
    return pd.DataFrame(
        {"decision_id": decisions["decision_id"], "applied": why_not.isna(), "why_not": why_not.astype(TEXT)}
    )


def _overtaken(decisions: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    """Why each decision that is not the last word on its matter no longer holds."""
    understood = _understood(decisions)
    next_verdict = understood.groupby("about")["verdict"].shift(-1)
    overtaken = next_verdict[~next_verdict.index.isin(last.index)]
    said = overtaken.map(lambda verdict: _TAKEN_BACK if verdict == TAKE_BACK else _REPLACED.format(verdict=verdict))
    return said.reindex(decisions.index).astype(TEXT)


def _findings_changed(last: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    """Why a decision about a finding no longer holds; missing where it does."""
    now = findings.set_index("finding_id")["value"]
    value = last["about"].map(now)
    stands = value.eq(last["value"]) | (value.isna() & last["value"].isna())
    why_not = pd.Series(None, index=last.index, dtype=TEXT)
    for index in last.index[~stands]:
        then, new = (_shown(v) for v in (last.at[index, "value"], value.at[index]))
        why_not.at[index] = _VALUE_CHANGED.format(then=then, now=new)
    return why_not.mask(~last["about"].isin(now.index), _NO_LONGER_FOUND)


def _shown(value: object) -> str:
    return "空" if pd.isna(value) else str(value)


def _pairs_changed(last: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """What changed in the filings of a decided pair; missing where nothing did."""
    by_id = filings.set_index("filing_id")
    why_not = pd.Series(None, index=last.index, dtype=TEXT)
    for index, then, left, right in last[["value", "filing_id_l", "filing_id_r"]].itertuples():
        changed = what_changed(None if pd.isna(then) else then, pair_value(by_id, left, right))
        if changed:
            why_not.at[index] = _FIELDS_CHANGED.format(changed=changed)
    return why_not


def _disputed(last: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Where linking could not do what was said, because other verdicts say the opposite."""
    outcome = last["about"].map(pairs.set_index("pair_id")["outcome"])
    wanted = last["verdict"].map({"合并": "merged", "不合并": "kept_apart"})
    return pd.Series(None, index=last.index, dtype=TEXT).mask(outcome.notna() & outcome.ne(wanted), _IN_DISPUTE)


def _drafts(decisions: pd.DataFrame) -> pd.DataFrame:
    """What was begun and not finished since the last decision about it, by what it is about."""
    last = decisions[decisions["about"].notna()].drop_duplicates("about", keep="last")
    return last[last["problem"].isin(UNFINISHED)].set_index("about")


def _with_entries(frame: pd.DataFrame, key: str, holding: pd.DataFrame, drafts: pd.DataFrame) -> pd.DataFrame:
    for name in _ENTRIES:
        frame[name] = frame[key].map(holding[name]).astype(TEXT)
    return _with_drafts(frame, drafts, key)


def _with_drafts(frame: pd.DataFrame, drafts: pd.DataFrame, key: str = "pair_id") -> pd.DataFrame:
    """What was begun goes back into its row, so that it can be finished; a verdict that holds keeps its own words."""
    frame = frame.copy()
    begun = frame[key].isin(drafts.index) & frame["verdict"].isna()
    for name in ("note", "reviewer"):
        frame[name] = frame[name].mask(begun, frame[key].map(drafts[name])).astype(TEXT)
    return frame


def _unclear(decisions: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """A finding for each decision that was not understood and has no later one in its place."""
    unclear = decisions[decisions["problem"].notna() & ~decisions["problem"].isin(UNFINISHED)]
    night = pd.Series(pd.factorize(decisions["run_id"])[0], index=decisions.index)
    last = _last_words(decisions)
    later = (
        unclear["about"].map(pd.Series(night[last.index].to_numpy(), index=last["about"].to_numpy())).astype("Int64")
    )
    unclear = unclear[~later.gt(night[unclear.index]).fillna(False).astype(bool)]
    about = findings.set_index("finding_id")["message"]
    rows = [
        {
            "finding_id": _finding_id(_UNCLEAR, said["decision_id"]),
            "rule_id": _UNCLEAR,
            "file": said["source"],
            "sheet": said["sheet"],
            "cell": None,
            "column": CLAUSE,
            "value": said["verdict"],
            "message": f"第 {said['row']} 行的处理意见没有生效：{said['reason']}{_of(about.get(said['about']))}",
            "advice": "请在今天的异常清单中重新填写；不需要处理的，对本条填“同意”即可。",
        }
        for said in unclear.to_dict("records")
    ]
    return _as_findings(rows)


def _of(message: object) -> str:
    return f"（关于：{message}）" if isinstance(message, str) else ""


def _contradicting(contradictions: pd.DataFrame) -> pd.DataFrame:
    """A finding for each pair judged 不合并 that other verdicts join."""
    rows = [
        {
            "finding_id": _finding_id(_CONTRADICTION, left, right),
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
            "finding_id": _finding_id(_WORKBOOK, path, problem),
            "rule_id": _WORKBOOK,
            "file": path,
            "message": f"“{path}”{problem}" if not problem.startswith("昨夜") else problem,
            "advice": "已入库的处理意见继续有效。如其中有新填的意见，请修复或另存为 xlsx 后放入“处理意见”文件夹。",
        }
        for path, problem in workbooks.dropna(subset=["problem"])[["path", "problem"]].itertuples(index=False)
    ]
    return _as_findings(rows)


def _finding_id(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _as_findings(rows: list[dict]) -> pd.DataFrame:
    blank = dict.fromkeys(FINDINGS.columns) | {"clause": CLAUSE, "severity": "advise", "status": "open"}
    return pd.DataFrame([{**blank, **row} for row in rows], columns=list(FINDINGS.columns)).astype(TEXT)
