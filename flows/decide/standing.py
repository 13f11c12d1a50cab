"""Which decisions hold tonight: the last word on each finding and pair, as long as the value it was made about stands."""

from dataclasses import dataclass

import pandas as pd

from flows.decide.decisions import Said, takes_back
from flows.decide.pairs import pair_value, what_changed
from flows.link import Linked
from schemas.decisions import ABOUT_DECISIONS, STATUS_OF_VERDICT, TAKE_BACK, UNFINISHED, VERDICTS
from schemas.tables import (
    TEXT,
    AppliedDecisions,
    DataFrame,
    DecidedFindings,
    DecisionReadings,
    DecisionWorkbooks,
    Filings,
    Findings,
    LapsedVerdicts,
    Pairs,
    PairVerdicts,
    Standings,
    finding_id,
)

CLAUSE = "处理意见"
"""What stands in 条款 where a finding is about a decision and not about a filing."""

_UNCLEAR, _CONTRADICTION, _WORKBOOK = (f"{ABOUT_DECISIONS}{what}" for what in ("unclear", "contradiction", "workbook"))
_ENTRIES = ["verdict", "note", "reviewer"]
_WHERE = ["source", "sheet", "run_id"]
_LIKE_A_VERDICT = "|".join(sorted({word for words in VERDICTS.values() for word in words}))
_MANY, _LISTED = 5, 10
"""From how many cells of a sheet on that hold no verdict they are told together, and how many of their rows are listed."""

_FILL_AGAIN = "请在今天的异常清单中重新填写；不需要处理的，对本条填“同意”即可。"

_REPLACED = "已由后来的意见“{verdict}”取代。"
_TAKEN_BACK = "已撤销。"
_NO_LONGER_FOUND = "这个问题已不再出现（已更正、已撤回或已有新版）。"
_VALUE_CHANGED = "填报值由“{then}”变为“{now}”，重新列为待处理。"
_FIELDS_CHANGED = "{changed}，重新列为待判定。"
_IN_DISPUTE = "与其他疑似重复的处理意见相互矛盾，改正前不生效。"


@dataclass(frozen=True)
class Decided:
    """Findings and pairs with what reviewers decided; ``decisions`` those read tonight; ``standings`` those of all decisions of
    the year; ``readings`` and ``workbooks`` what was looked through tonight."""

    findings: DataFrame[DecidedFindings]
    pairs: DataFrame[Pairs]
    decisions: DataFrame[AppliedDecisions]
    standings: DataFrame[Standings]
    readings: DataFrame[DecisionReadings]
    workbooks: DataFrame[DecisionWorkbooks]


def judged(said: Said, filings: DataFrame[Filings]) -> DataFrame[PairVerdicts]:
    """What reviewers said about pairs and still holds for ``filings`` (current ones), for linking."""
    pairs = _understood(said.decisions)
    pairs = pairs[pairs["kind"].eq("pair")]
    last = _last_words(pairs, _pairs_changed(pairs, filings))
    kept = last.loc[last["verdict"].ne(TAKE_BACK), ["filing_id_l", "filing_id_r", *_ENTRIES]]
    return PairVerdicts.validate(kept.astype(TEXT).sort_values(["filing_id_l", "filing_id_r"], ignore_index=True))


def lapsed(said: Said, filings: DataFrame[Filings]) -> DataFrame[LapsedVerdicts]:
    """What reviewers said about pairs of ``filings`` (current ones) that changed since, for linking."""
    pairs = _understood(said.decisions)
    pairs = pairs[pairs["filing_id_l"].isin(filings["filing_id"]) & pairs["filing_id_r"].isin(filings["filing_id"])]
    pairs = pairs.assign(changed=_changed(pairs, filings))[~_taken_back(pairs)]
    standing = pairs.loc[pairs["changed"].isna(), "about"]
    last = pairs[~pairs["about"].isin(standing)].drop_duplicates("about", keep="last")
    last = last[last["verdict"].ne(TAKE_BACK)]
    kept = last[["filing_id_l", "filing_id_r", "verdict", "changed"]].astype(TEXT)
    return LapsedVerdicts.validate(kept.sort_values(["filing_id_l", "filing_id_r"], ignore_index=True))


def apply(
    findings: DataFrame[Findings], linked: Linked, filings: DataFrame[Filings], said: Said, run_id: str
) -> Decided:
    """The findings and pairs of tonight with what reviewers decided about them.

    ``linked`` the pairs, linked with :func:`judged`; ``filings`` current ones. A decision holds where it is the last
    word on its finding or pair among those whose value stands. What was not understood, verdicts that contradict each
    other, and a workbook that could not be read, become findings of their own (提示).
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
        findings=DecidedFindings.validate(findings),
        pairs=Pairs.validate(_with_drafts(linked.pairs, drafts)),
        decisions=AppliedDecisions.validate(tonight),
        standings=Standings.validate(standings),
        readings=said.readings,
        workbooks=said.workbooks,
    )


def _understood(decisions: pd.DataFrame) -> pd.DataFrame:
    return decisions[decisions["problem"].isna()]


def _last_words(understood: pd.DataFrame, changed: pd.Series) -> pd.DataFrame:
    """The last decision about each thing among those whose value stands (``changed`` says why one does not) and that were
    not taken back: the night that read it decides, then when its workbook was saved."""
    stands = changed.isna() & ~_taken_back(understood)
    return understood[stands].drop_duplicates("about", keep="last")


def _taken_back(understood: pd.DataFrame) -> pd.Series:
    """Whether a later 撤销 speaks of a decision."""
    taken = pd.Series(False, index=understood.index)
    backs = understood[understood["verdict"].eq(TAKE_BACK)]
    for place, back in zip(backs.index, _plain(backs), strict=True):
        earlier = understood.loc[:place].iloc[:-1]
        earlier = earlier[earlier["about"].eq(back["about"]) & earlier["verdict"].ne(TAKE_BACK)]
        spoken_of = [takes_back(back, row) for row in _plain(earlier)]
        taken[earlier.index[spoken_of]] = True
    return taken


def _plain(decisions: pd.DataFrame) -> list[dict]:
    """What :func:`takes_back` looks at, a mapping a decision; what is missing is None."""
    kept = decisions[["about", "value", "shown_in", "run_id"]].astype(object)
    return kept.where(kept.notna(), None).to_dict("records")


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
    understood = _understood(decisions)
    changed = _not_standing(understood, findings, filings)
    last = _last_words(understood, changed)
    last = last[last["verdict"].ne(TAKE_BACK)]
    why_not = decisions["reason"].copy()
    why_not.update(_disputed(last[last["kind"].eq("pair")], pairs))
    why_not.update(changed.where(understood["verdict"].ne(TAKE_BACK)))
    why_not.update(_overtaken(understood, changed))
    return pd.DataFrame(
        {"decision_id": decisions["decision_id"], "applied": why_not.isna(), "why_not": why_not.astype(TEXT)}
    )


def _not_standing(understood: pd.DataFrame, findings: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """Why the value that each decision was made about no longer stands; missing where it does."""
    on_pairs = understood["kind"].eq("pair")
    about_findings = _findings_changed(understood[~on_pairs], findings)
    return pd.concat([about_findings, _pairs_changed(understood[on_pairs], filings)]).reindex(understood.index)


def _overtaken(understood: pd.DataFrame, changed: pd.Series) -> pd.Series:
    """Why a decision is not the last word on its matter as it was then: a later one spoke of the same value."""
    matter = understood["about"] + "\x1f" + understood["value"].fillna("").where(changed.notna(), "\x1e")
    later = understood["verdict"].groupby(matter).shift(-1)
    said = later.map(lambda verdict: _REPLACED.format(verdict=verdict), na_action="ignore")
    return said.mask(_taken_back(understood) | later.eq(TAKE_BACK), _TAKEN_BACK).astype(TEXT)


def _findings_changed(last: pd.DataFrame, findings: pd.DataFrame) -> pd.Series:
    """Why a decision about a finding no longer holds; missing where it does."""
    now = findings.set_index("finding_id")["value"]
    value = last["about"].map(now)
    stands = value.eq(last["value"]) | (value.isna() & last["value"].isna())
    why_not = pd.Series(None, index=last.index, dtype=TEXT)
    for index in last.index[~stands & last["about"].isin(now.index)]:
        then, new = (_shown(v) for v in (last.at[index, "value"], value.at[index]))
        why_not.at[index] = _VALUE_CHANGED.format(then=then, now=new)
    return why_not.mask(~last["about"].isin(now.index), _NO_LONGER_FOUND)


def _shown(value: object) -> str:
    return "空" if pd.isna(value) else str(value)


def _pairs_changed(last: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """What changed in the filings of a decided pair; missing where nothing did."""
    return _changed(last, filings).map(lambda changed: _FIELDS_CHANGED.format(changed=changed), na_action="ignore")


def _changed(last: pd.DataFrame, filings: pd.DataFrame) -> pd.Series:
    """Which fields of a decided pair changed, from what to what; missing where none did."""
    by_id = filings.set_index("filing_id")
    changes = pd.Series(None, index=last.index, dtype=TEXT)
    for index, then, left, right in last[["value", "filing_id_l", "filing_id_r"]].itertuples():
        changes.at[index] = what_changed(None if pd.isna(then) else then, pair_value(by_id, left, right)) or None
    return changes


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
    last = _understood(decisions).drop_duplicates("about", keep="last")
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
        "finding_id": finding_id(_UNCLEAR, said["decision_id"]),
        "rule_id": _UNCLEAR,
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
        "finding_id": finding_id(_UNCLEAR, *(str(first[name]) for name in _WHERE)),
        "rule_id": _UNCLEAR,
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
    ]
    return _as_findings(rows)


def _as_findings(rows: list[dict]) -> pd.DataFrame:
    blank = dict.fromkeys(Findings.names()) | {"clause": CLAUSE, "severity": "advise", "status": "open"}
    return pd.DataFrame([{**blank, **row} for row in rows], columns=Findings.names()).astype(TEXT)
