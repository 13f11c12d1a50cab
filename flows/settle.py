"""Settle: each filing read gets exactly one disposition."""

import pandas as pd

from flows.lineage import Lineage
from schemas.cells import a1
from schemas.form import Form
from schemas.tables import (
    TEXT,
    DataFrame,
    DecidedFindings,
    Dispositions,
    Filings,
    Findings,
    Groups,
    Members,
    Readings,
    finding_id,
    is_in,
)
from schemas.words import DISPOSITIONS, PRECEDENCE

OUT_WITH_LEAD = "out-with-lead"
"""The rule id of what is told of a filing whose group is out with its lead's filing."""
_LED = {
    "rule_id": OUT_WITH_LEAD,
    "clause": "四（二）",
    "severity": "advise",
    "advice": "请与牵头单位衔接，牵头申报更正后本项目随之纳入；不是同一团组的，请说明。",
    "status": "open",
}
_LED_BY = "团组由“{file}”第 {row} 行牵头申报，该申报没有纳入计划，本项目随之处理。"

_OUT_WITH_LEAD = "团组由“{file}”第 {row} 行牵头申报，该项目为“{word}”，本项目随之处理。"
_MERGED = "与“{file}”第 {row} 行为同一团组，已随其纳入计划。"


def settle(
    filings: DataFrame[Filings],
    findings: DataFrame[DecidedFindings],
    members: DataFrame[Members],
    groups: DataFrame[Groups],
) -> DataFrame[Dispositions]:
    """Where each filing ended up.

    ``filings`` older versions included; ``members`` and ``groups`` those of the current filings.

    A filing alone, or the lead of a group, goes where its gravest finding sends it (``PRECEDENCE``). The other filings
    of a group are ``merged`` where the lead is in, whatever was found in them, since the group is in the plan; where the
    lead is out the group is out with it. What a reviewer took out or sent back stays out by itself. A finding about a
    sheet (no ``filing_id``: a missing column, a wrong total) is one about each filing of that sheet, and of the whole
    file where the sheet has none.
    """
    alone = _by_own_findings(filings, pd.concat([findings, _of_sheets(filings, findings)], ignore_index=True))
    lead = members.merge(groups[["group_id", "lead_filing_id"]], on="group_id").set_index("filing_id")["lead_filing_id"]
    of_lead = filings["filing_id"].map(lead)
    follows = of_lead.notna() & of_lead.ne(filings["filing_id"]) & filings["superseded_by"].isna()
    own = alone.set_index("filing_id")
    lead_goes = of_lead.map(own["disposition"])

    disposed = alone.copy()
    by_reviewer = findings.loc[findings["status"].isin(("returned", "excluded")), "filing_id"]
    taken_out = disposed["disposition"].isin(("returned", "excluded")) & disposed["filing_id"].isin(by_reviewer)
    disposed["disposition"] = disposed["disposition"].mask(
        follows & ~taken_out, lead_goes.where(lead_goes.ne("included"), "merged")
    )
    disposed["because"] = disposed["because"].mask(follows & ~taken_out, _because_of_lead(filings, of_lead, lead_goes))
    old = filings["superseded_by"].notna()
    disposed.loc[old, "disposition"] = "superseded"
    disposed.loc[old, "because"] = filings.loc[old, "superseded_by"]
    return Dispositions.validate(disposed.astype({"filing_id": TEXT, "disposition": TEXT, "because": TEXT}))


def told_of_followers(
    readings: Readings, members: DataFrame[Members], groups: DataFrame[Groups], form: Form
) -> DataFrame[Findings]:
    """Findings (提示), one a filing that another one leads: that it goes where its lead goes.

    They are told before decisions are applied, so that a reviewer can decide on them, and kept by :func:`out_with_lead`
    where the lead is out. ``members`` and ``groups`` as for :func:`settle`.
    """
    filings = readings.filings
    lead = members.merge(groups[["group_id", "lead_filing_id"]], on="group_id").set_index("filing_id")
    led = filings[filings["superseded_by"].isna()].merge(lead, left_on="filing_id", right_index=True)
    led = led[led["lead_filing_id"].ne(led["filing_id"])]
    organiser = Lineage(readings.cells).of(led["filing_id"])
    by = filings.set_index("filing_id")[["file", "row"]].reindex(led["lead_filing_id"].to_numpy())
    told = led[["unit", "file", "sheet", "filing_id", "group_id"]].assign(
        finding_id=[finding_id(OUT_WITH_LEAD, one) for one in led["filing_id"]],
        cell=[a1(code) for code in organiser.cell("organiser")],
        column=form.filing_titles["organiser"],
        value=organiser.filed("organiser"),
        words=None,
        message=[_LED_BY.format(file=file, row=row) for file, row in zip(by["file"], by["row"], strict=True)],
        **_LED,
    )
    return Findings.validate(told[Findings.names()].astype(TEXT))


def out_with_lead(
    findings: DataFrame[DecidedFindings],
    disposed: DataFrame[Dispositions],
    members: DataFrame[Members],
    groups: DataFrame[Groups],
) -> DataFrame[DecidedFindings]:
    """``findings`` without what :func:`told_of_followers` told of groups whose lead is in the plan after all."""
    went = groups["lead_filing_id"].map(disposed.set_index("filing_id")["disposition"])
    planned = groups.loc[went.eq("included"), "group_id"]
    return findings[findings["rule_id"].ne(OUT_WITH_LEAD) | ~is_in(findings["group_id"], planned)].reset_index(
        drop=True
    )


def _of_sheets(filings: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The findings about sheets and files, once for each current filing that they concern."""
    about_all = findings[findings["filing_id"].isna() & findings["group_id"].isna() & findings["file"].notna()]
    current = filings.loc[filings["superseded_by"].isna(), ["filing_id", "file", "sheet"]]
    with_filings = pd.MultiIndex.from_frame(current[["file", "sheet"]])
    of_sheet = pd.MultiIndex.from_frame(about_all[["file", "sheet"]]).isin(with_filings)
    about_all = about_all.drop(columns="filing_id")
    return pd.concat(
        [
            about_all[of_sheet].merge(current, on=["file", "sheet"]),
            about_all[~of_sheet].merge(current.drop(columns="sheet"), on="file"),
        ],
        ignore_index=True,
    )


def _by_own_findings(filings: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The disposition of each filing taken by itself, and the sentence that decided it."""
    rank = {consequence: i for i, (consequence, _) in enumerate(PRECEDENCE)}
    goes = dict(PRECEDENCE)
    weighed = findings.dropna(subset=["filing_id"])
    consequence = weighed["status"].where(weighed["status"].ne("open"), weighed["severity"])
    weighed = weighed.assign(consequence=consequence, rank=consequence.map(rank))
    weighed = weighed[weighed["rank"].eq(weighed.groupby("filing_id")["rank"].transform("min"))]
    gravest = weighed.sort_values(["rank", "clause", "rule_id", "finding_id"]).drop_duplicates("filing_id")
    gravest = gravest.set_index("filing_id").reindex(filings["filing_id"])
    disposition = gravest["consequence"].map(goes).fillna("included")
    because = (gravest["clause"] + "：" + gravest["message"]).where(disposition.ne("included"))
    return pd.DataFrame(
        {
            "filing_id": filings["filing_id"].to_numpy(),
            "disposition": disposition.to_numpy(),
            "because": because.to_numpy(),
        },
        index=filings.index,
    )


def _because_of_lead(filings: pd.DataFrame, of_lead: pd.Series, lead_goes: pd.Series) -> pd.Series:
    place = filings.set_index("filing_id")[["file", "row"]].astype({"row": "Int64"}).reindex(of_lead.to_numpy())
    said = [
        None
        if pd.isna(goes)
        else (_MERGED if goes == "included" else _OUT_WITH_LEAD).format(file=file, row=row, word=DISPOSITIONS[goes])
        for file, row, goes in zip(place["file"], place["row"], lead_goes, strict=True)
    ]
    return pd.Series(said, index=filings.index, dtype=TEXT)
