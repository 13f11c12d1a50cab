"""Groups: one row a real group, each value that of the filing that leads or, where that is silent, of the next."""

import json

import numpy as np
import pandas as pd

from flows.cross_region import region_of
from flows.link.survivorship.lead import ORDER, precedence, why_it_leads
from flows.link.survivorship.people import people_of
from flows.references import References
from schemas.columns import FILING, by_name
from schemas.tables import DTYPES, TEXT, DataFrame, Filings, Groups, Members, Participants
from schemas.yearbook import Yearbook

_VALUES = [column.name for column in FILING if column.name != "seq"]


def form_groups(
    filings: DataFrame[Filings],
    participants: DataFrame[Participants],
    members: DataFrame[Members],
    references: References,
    book: Yearbook,
) -> DataFrame[Groups]:
    """The groups of ``members``, of ``filings`` and their ``participants``."""
    ranked = _ranked(filings, members, references, book)
    lead = ranked[ranked["leads"]].set_index("group_id")
    values = ranked.groupby("group_id")[_VALUES].first()
    people = people_of(ranked, participants, references, book.notice)
    values["headcount"] = people["headcount"]
    taking_part = _taking_part(participants, ranked)
    region = region_of(references.units, book.notice)
    groups = values.assign(
        lead_filing_id=lead["filing_id"],
        filings=ranked.groupby("group_id").size().astype("int64"),
        participant_units=_joined(pd.concat([taking_part, _senders(ranked, lead, taking_part, region)])),
        value_sources=_value_sources(ranked, values),
        lead_reason=why_it_leads(ranked),
        **people.drop(columns="headcount"),
    ).reset_index()
    dtypes = {name: DTYPES[by_name(FILING)[name].kind] for name in _VALUES}
    texts = dict.fromkeys(("group_id", "lead_filing_id", "participant_units", "value_sources", "lead_reason"), TEXT)
    return Groups.validate(groups.astype(dtypes | texts).sort_values("group_id", ignore_index=True))


def _ranked(filings: pd.DataFrame, members: pd.DataFrame, references: References, book: Yearbook) -> pd.DataFrame:
    """Filings with their ``group_id`` and :func:`precedence`, group by group in its order; ``leads`` the first of each."""
    before = precedence(filings, references, book.notice).drop(columns="filing_id")
    kept = pd.concat([filings[["filing_id", "file", "row", "unit", *_VALUES]], before], axis="columns")
    ranked = kept.merge(members[["filing_id", "group_id"]], on="filing_id", validate="1:1")
    ranked = ranked.sort_values(["group_id", *ORDER], ignore_index=True)
    return ranked.assign(leads=~ranked.duplicated("group_id"))


def _taking_part(participants: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    """One row a group and a unit of 参团单位: ``group_id``, ``unit``; those that the lead lists first."""
    place = ranked[["filing_id", "group_id"]].assign(rank=np.arange(len(ranked)))
    listed = participants.dropna(subset=["filing_id"]).merge(place, on="filing_id")
    listed = listed.rename(columns={"participant": "unit"}).dropna(subset=["unit"])
    listed = listed.sort_values(["rank", "sheet", "row"])
    return listed.drop_duplicates(["group_id", "unit"])[["group_id", "unit"]]


def _senders(ranked: pd.DataFrame, lead: pd.DataFrame, taking_part: pd.DataFrame, region: pd.Series) -> pd.DataFrame:
    """One row a group and a unit that filed it though another organises it: ``group_id``, ``unit``. ``region`` by unit.

    A filing that names itself as organiser names its unit; one that names the lead's organiser was sent by the unit that
    filed it, unless 参团单位 lists another one of that place: then it was only passed on.
    """
    others = ranked[~ranked["leads"]]
    organiser = others["group_id"].map(lead["organiser"])
    named = others["organiser"].where(others["organiser"].ne(organiser))
    listed = pd.MultiIndex.from_arrays([taking_part["group_id"], taking_part["unit"].map(region)])
    filed_for = pd.MultiIndex.from_arrays([others["group_id"], others["unit"].map(region)])
    unit = named.fillna(others["unit"].mask(pd.Series(filed_for.isin(listed), index=others.index)))
    sent = pd.DataFrame({"group_id": others["group_id"], "unit": unit.where(unit.ne(organiser))})
    return sent.dropna().sort_values(["group_id", "unit"])


def _joined(units: pd.DataFrame) -> pd.Series:
    """By group, its units joined by 、."""
    return units.drop_duplicates().groupby("group_id")["unit"].agg("、".join)


def _value_sources(ranked: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """By group, a JSON object, column → filing_id, of the values that the lead left open and another filing gave; missing
    where there are none."""
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
