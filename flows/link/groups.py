"""Groups: one row a real group, each value from the filing that leads or, where that is silent, from the next."""

import json

import numpy as np
import pandas as pd

from flows.link.leads import ORDER, claims
from flows.references import References
from schemas.columns import FILING, by_name
from schemas.notice import Notice
from schemas.tables import DTYPES, TEXT, DataFrame, Filings, Groups, Members, Participants

_VALUES = [column.name for column in FILING if column.name != "seq"]
_LEVEL_NAMES = ("省级", "市级", "县级", "不在单位名录")


def form_groups(
    filings: DataFrame[Filings],
    participants: DataFrame[Participants],
    members: DataFrame[Members],
    references: References,
    notice: Notice,
) -> DataFrame[Groups]:
    """The groups of ``members``.

    ``value_sources`` JSON, column → filing_id of the values that are not the lead's; ``lead_reason`` in Chinese;
    ``participants_sum`` people of 参团单位, each unit once; ``shares_sum`` people that other filings give as their own
    share (a figure equal to the lead's is its total repeated); both missing where nothing was filed.
    """
    ranked = _ranked(filings, members, references)
    lead = ranked[ranked["leads"]].set_index("group_id")
    values = ranked.groupby("group_id")[_VALUES].first()
    taking_part = _taking_part(participants, ranked)
    shares = _shares(ranked, lead["headcount"])
    people = taking_part.groupby("group_id")["participants"].sum(min_count=1)
    values["headcount"] = lead["headcount"].fillna(people).fillna(ranked.groupby("group_id")["headcount"].max())
    senders = _senders(ranked, lead, taking_part, references)
    groups = values.assign(
        lead_filing_id=lead["filing_id"],
        filings=ranked.groupby("group_id").size().astype("int64"),
        participant_units=_joined(pd.concat([taking_part[["group_id", "unit"]], senders])),
        participants_sum=people.astype("Int64"),
        shares_sum=shares.groupby("group_id")["headcount"].sum(min_count=1).astype("Int64"),
        value_sources=_value_sources(ranked, values),
        lead_reason=_lead_reason(ranked),
    ).reset_index()
    dtypes = {name: DTYPES[by_name(FILING)[name].kind] for name in _VALUES}
    texts = dict.fromkeys(("group_id", "lead_filing_id", "participant_units", "value_sources", "lead_reason"), TEXT)
    return Groups.validate(groups.astype(dtypes | texts).sort_values("group_id", ignore_index=True))


def _ranked(filings: pd.DataFrame, members: pd.DataFrame, references: References) -> pd.DataFrame:
    """Filings with their ``group_id`` and claims, by group and the stronger claim first; ``leads`` the first of each."""
    claim = claims(filings, references).drop(columns="filing_id").add_prefix("claim_")
    with_claims = pd.concat([filings[["filing_id", "file", "row", "unit", *_VALUES]], claim], axis=1)
    ranked = with_claims.merge(members[["filing_id", "group_id"]], on="filing_id", validate="1:1")
    order = [name if name == "filing_id" else f"claim_{name}" for name in ORDER]
    ranked = ranked.sort_values(["group_id", *order], ignore_index=True)
    return ranked.assign(leads=~ranked.duplicated("group_id"))


def _taking_part(participants: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    """One row a group and a unit of 参团单位: ``group_id``, ``unit``, ``participants``; the stronger filing's word counts."""
    place = ranked[["filing_id", "group_id"]].assign(rank=np.arange(len(ranked)))
    listed = participants.dropna(subset=["filing_id"]).merge(place, on="filing_id")
    name = listed["called"]
    listed = listed.assign(unit=name).dropna(subset=["unit"]).sort_values(["rank", "sheet", "row"])
    within = (
        listed.groupby(["group_id", "filing_id", "unit"], sort=False)["participants"].sum(min_count=1).reset_index()
    )
    return within.drop_duplicates(["group_id", "unit"])[["group_id", "unit", "participants"]]


def _senders(
    ranked: pd.DataFrame, lead: pd.DataFrame, taking_part: pd.DataFrame, references: References
) -> pd.DataFrame:
    """The units that filed a group which another organises: ``group_id``, ``unit``.

    A filing that names itself as organiser names its unit; one that names the lead's organiser was sent by the unit that
    filed it, unless 参团单位 lists another one of that place: then it was only passed on.
    """
    others = ranked[~ranked["leads"]]
    organiser = others["group_id"].map(lead["organiser"])
    named = others["organiser"].where(others["organiser"].ne(organiser))
    region = references.units.drop_duplicates("unit").set_index("unit")["region"]
    listed = pd.MultiIndex.from_arrays([taking_part["group_id"], taking_part["unit"].map(region)])
    filed_for = pd.MultiIndex.from_arrays([others["group_id"], others["unit"].map(region)])
    unit = named.fillna(others["unit"].mask(pd.Series(filed_for.isin(listed), index=others.index)))
    sent = pd.DataFrame({"group_id": others["group_id"], "unit": unit.where(unit.ne(organiser))})
    return sent.dropna().sort_values(["group_id", "unit"])


def _shares(ranked: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    """The other filings whose headcount is a share of their own, one a unit: ``group_id``, ``unit``, ``headcount``."""
    others = ranked[~ranked["leads"] & ranked["headcount"].notna()]
    others = others[others["headcount"].ne(others["group_id"].map(total)).fillna(True).astype(bool)]
    return others.drop_duplicates(["group_id", "unit"])[["group_id", "unit", "headcount"]]


def _joined(units: pd.DataFrame) -> pd.Series:
    return units.drop_duplicates().groupby("group_id")["unit"].agg("、".join)


def _value_sources(ranked: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """By group, the values that the lead left open and another filing gave."""
    several = ranked[ranked.duplicated("group_id", keep=False)]
    open_in_lead = several[several["leads"]].set_index("group_id")[_VALUES].isna()
    taken: dict[str, dict[str, str]] = {}
    for name in _VALUES:
        wanted = open_in_lead.index[open_in_lead[name] & values.loc[open_in_lead.index, name].notna()]
        offers = several[several["group_id"].isin(wanted) & several[name].notna()]
        if name == "headcount":
            offers = offers[offers[name].eq(offers["group_id"].map(values[name]))]
        first = offers.drop_duplicates("group_id")
        for group, filing in zip(first["group_id"], first["filing_id"], strict=True):
            taken.setdefault(group, {})[name] = filing
    return pd.Series({group: json.dumps(sources) for group, sources in taken.items()}, dtype=TEXT).reindex(values.index)


def _lead_reason(ranked: pd.DataFrame) -> pd.Series:
    """By group of several filings, why the lead leads."""
    runner_up = ranked[ranked.groupby("group_id").cumcount().eq(1)].set_index("group_id")
    lead = ranked[ranked["leads"]].set_index("group_id").reindex(runner_up.index)
    level = lead["claim_level"].map(dict(enumerate(_LEVEL_NAMES)))
    organiser = lead["organiser"].fillna("（未填组团单位）")
    cases = [
        (lead["claim_no_right"] < runner_up["claim_no_right"], organiser + "有权组团，其他申报的组团单位没有。"),
        (lead["claim_level"] < runner_up["claim_level"], "组团单位" + organiser + "层级最高（" + level + "）。"),
        (lead["claim_sent_by_other"] < runner_up["claim_sent_by_other"], "由组团单位" + organiser + "自己申报。"),
        (lead["claim_gaps"] < runner_up["claim_gaps"], "组团单位条件相同，填报最完整。"),
        (lead["claim_start"].lt(runner_up["claim_start"]), "组团单位和完整程度相同，出境最早。"),
    ]
    why = np.select(
        [case.to_numpy(dtype=bool) for case, _ in cases], [text for _, text in cases], "条件相同，按编号取第一条。"
    )
    return pd.Series(why, index=runner_up.index, dtype=TEXT)
