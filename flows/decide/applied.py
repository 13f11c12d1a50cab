"""Tonight's findings and pairs with what reviewers decided about them."""

from dataclasses import dataclass

import pandas as pd

from flows.decide.about_decisions import about_decisions
from flows.decide.decisions import Said
from flows.decide.standing_decisions import fields_changed, last_words, pairs_changed, standings, taken_back, understood
from flows.decide.typed import as_seen
from flows.link import Linked
from schemas.decisions import NO_VERDICT, STATUS_OF_VERDICT, TAKE_BACK, UNFINISHED
from schemas.tables import (
    TEXT,
    AppliedDecisions,
    DataFrame,
    DecidedFindings,
    DecidedPairs,
    DecisionReadings,
    DecisionWorkbooks,
    Filings,
    Findings,
    LapsedVerdicts,
    PairVerdicts,
    Standings,
    is_in,
)

_ENTRIES = ["verdict", "note", "reviewer"]
_BETWEEN_VERDICTS = "／"


@dataclass(frozen=True)
class Decided:
    """Findings and pairs with what reviewers decided; ``decisions`` those read tonight; ``standings`` those of all decisions of
    the year; ``readings`` and ``workbooks`` what was looked through tonight."""

    findings: DataFrame[DecidedFindings]
    pairs: DataFrame[DecidedPairs]
    decisions: DataFrame[AppliedDecisions]
    standings: DataFrame[Standings]
    readings: DataFrame[DecisionReadings]
    workbooks: DataFrame[DecisionWorkbooks]


def pair_verdicts(said: Said, filings: DataFrame[Filings]) -> DataFrame[PairVerdicts]:
    """What reviewers said about pairs and still holds for ``filings`` (current ones), for linking."""
    pairs = understood(said.decisions)
    pairs = pairs[pairs["kind"].eq("pair")]
    last = last_words(pairs, pairs_changed(pairs, filings))
    kept = last.loc[last["verdict"].ne(TAKE_BACK), ["filing_id_l", "filing_id_r", *_ENTRIES]]
    return PairVerdicts.validate(kept.astype(TEXT).sort_values(["filing_id_l", "filing_id_r"], ignore_index=True))


def lapsed_verdicts(said: Said, filings: DataFrame[Filings]) -> DataFrame[LapsedVerdicts]:
    """What reviewers said about pairs of ``filings`` (current ones) that changed since, for linking."""
    pairs = understood(said.decisions)
    pairs = pairs[is_in(pairs["filing_id_l"], filings["filing_id"]) & is_in(pairs["filing_id_r"], filings["filing_id"])]
    pairs = pairs.assign(changed=fields_changed(pairs, filings))[~taken_back(pairs)]
    standing = pairs.loc[pairs["changed"].isna(), "about"]
    last = pairs[~pairs["about"].isin(standing)].drop_duplicates("about", keep="last")
    last = last[last["verdict"].ne(TAKE_BACK)]
    kept = last[["filing_id_l", "filing_id_r", "verdict", "changed"]].astype(TEXT)
    return LapsedVerdicts.validate(kept.sort_values(["filing_id_l", "filing_id_r"], ignore_index=True))


def apply(
    findings: DataFrame[Findings], linked: Linked, filings: DataFrame[Filings], said: Said, run_id: str
) -> Decided:
    """The findings and pairs of tonight with what reviewers decided about them.

    ``linked`` the pairs, linked with :func:`pair_verdicts`; ``filings`` current ones. A decision holds where it is the last
    word on its finding or pair among those whose value stands. What was not understood, verdicts that contradict each
    other, and a workbook that could not be read, become findings of their own (提示).
    """
    decisions = _known_by_now(said.decisions, findings, run_id)
    of_decisions = about_decisions(decisions, findings, linked.contradictions, said.workbooks)
    findings = pd.concat([findings, of_decisions], ignore_index=True).astype(TEXT)
    stand = standings(decisions, findings, linked.pairs, filings)
    holding = decisions[is_in(decisions["decision_id"], stand.loc[stand["applied"], "decision_id"])]
    holding = holding[holding["verdict"].ne(TAKE_BACK)].set_index("about")
    drafts = _drafts(decisions)
    findings = _with_entries(findings, "finding_id", holding, drafts)
    said_of = findings["finding_id"].map(holding["verdict"])
    findings["status"] = said_of.map(STATUS_OF_VERDICT).fillna("open").astype(TEXT)
    tonight = decisions[decisions["run_id"].eq(run_id)].merge(stand, on="decision_id", validate="1:1")
    return Decided(
        findings=DecidedFindings.validate(findings),
        pairs=DecidedPairs.validate(_with_drafts(linked.pairs, drafts)),
        decisions=AppliedDecisions.validate(tonight),
        standings=stand,
        readings=said.readings,
        workbooks=said.workbooks,
    )


def _known_by_now(decisions: pd.DataFrame, findings: pd.DataFrame, run_id: str) -> pd.DataFrame:
    """Tonight's findings make known what no earlier night had: the workbook outlived its warehouse."""
    known = decisions["problem"].eq("unknown_id") & decisions["run_id"].eq(run_id)
    known &= is_in(decisions["about"], findings["finding_id"]) & decisions["verdict"].isin(STATUS_OF_VERDICT)
    if not known.any():
        return decisions
    decisions = decisions.copy()
    decisions.loc[known, ["problem", "reason"]] = None
    now = decisions.loc[known, "about"].map(findings.set_index("finding_id")["value"]).dropna()
    unchanged = now[now.map(as_seen).eq(decisions.loc[now.index, "value"])]
    decisions.loc[unchanged.index, "value"] = unchanged
    return decisions


def _drafts(decisions: pd.DataFrame) -> pd.DataFrame:
    """What was begun and not finished, or is no verdict, since the last decision about it, by what it is about; ``unclear`` what
    stands in the place of a verdict and is none: of verdicts that contradict each other both."""
    last = decisions[decisions["about"].notna()].drop_duplicates("about", keep="last")
    last = last[last["problem"].isin((*UNFINISHED, *NO_VERDICT))].set_index("about")
    drafts = last.assign(unclear=last["verdict"].where(last["problem"].isin(NO_VERDICT)))
    opposed = last.index[last["problem"].eq("contradicts")]
    said = decisions[decisions["about"].isin(opposed) & decisions["problem"].eq("contradicts")]
    for about, rows in said.groupby("about"):
        rows = rows[rows["number"].eq(rows["number"].max())]
        drafts.loc[about, "unclear"] = _BETWEEN_VERDICTS.join(sorted({*rows["verdict"]}))
        for name in ("note", "reviewer", "to_unit"):
            drafts.loc[about, name] = "；".join(dict.fromkeys(rows[name].dropna())) or None
    return drafts


def _with_entries(frame: pd.DataFrame, key: str, holding: pd.DataFrame, drafts: pd.DataFrame) -> pd.DataFrame:
    for name in (*_ENTRIES, "to_unit"):
        frame[name] = frame[key].map(holding[name]).astype(TEXT)
    return _with_drafts(frame, drafts, key)


def _with_drafts(frame: pd.DataFrame, drafts: pd.DataFrame, key: str = "pair_id") -> pd.DataFrame:
    """What was begun goes back into its row, so that it can be finished; a verdict that holds keeps its own words, unless
    something was written over it that is none."""
    frame = frame.copy()
    frame["unclear"] = frame[key].map(drafts["unclear"]).astype(TEXT)
    begun = frame[key].isin(drafts.index) & (frame["verdict"].isna() | frame["unclear"].notna())
    for name in ("note", "reviewer", "to_unit"):
        if name in frame:
            frame[name] = frame[name].mask(begun, frame[key].map(drafts[name])).astype(TEXT)
    return frame
