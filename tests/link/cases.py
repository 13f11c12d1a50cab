"""Filings to be linked, and what linking made of them."""

import json
from collections.abc import Sequence
from datetime import date

import pandas as pd

from flows.link import NO_VERDICTS, Linked, Verdicts, evidence_in_full, link, pair_id
from schemas.tables import TEXT
from tests.frames import filings, participants
from tests.labelled.pairs import references
from tests.year import BOOK

REFERENCES = references()

GROUP = {
    "title": "柑橘黄龙病综合防控技术培训",
    "country": "西班牙",
    "institution": "伊比利亚柑橘研究中心",
    "letter_no": "YX2020-0101",
    "days": 21,
    "start_date": date(2020, 6, 1),
    "end_date": date(2020, 6, 21),
    "cross_region": True,
    "content": "黄龙病检疫、木虱防控、无毒苗圃建设。",
}
UNRELATED = {
    "title": "水库大坝安全监测培训",
    "organiser": "绵阳市农业农村局",
    "unit": "绵阳市农业农村局",
    "theme": "水利建设",
    "country": "荷兰",
    "letter_no": "YX2020-0999",
    "start_date": date(2020, 9, 7),
    "end_date": date(2020, 9, 27),
    "content": "大坝渗流监测与应急调度。",
}
TWO = [GROUP, GROUP | {"unit": "眉山市农业农村局", "headcount": 3}, UNRELATED]


def linked(
    rows: Sequence[dict[str, object]],
    taking_part: Sequence[dict[str, object]] = (),
    yesterday: pd.DataFrame | None = None,
    standing: pd.DataFrame = NO_VERDICTS.standing,
    lapsed: pd.DataFrame = NO_VERDICTS.lapsed,
) -> Linked:
    return link(filings(rows), participants(taking_part), REFERENCES, BOOK, yesterday, Verdicts(standing, lapsed))


def group_of(result: Linked) -> dict[str, str]:
    return dict(zip(result.members["filing_id"], result.members["group_id"], strict=True))


def steps_of(evidence: str) -> list[dict[str, object]]:
    """What each comparison said, of the evidence of one pair."""
    return json.loads(evidence_in_full(pd.Series([evidence]), BOOK.linkage).iloc[0])


def outcome(result: Linked, left: str, right: str) -> str | None:
    found = result.pairs[result.pairs["pair_id"].eq(pair_id(left, right))]
    return None if found.empty else str(found["outcome"].iloc[0])


def said(*verdicts: tuple[str, str, str]) -> pd.DataFrame:
    rows = [(left, right, verdict, "核对过", "李某") for left, right, verdict in verdicts]
    return pd.DataFrame(rows, columns=["filing_id_l", "filing_id_r", "verdict", "note", "reviewer"]).astype(TEXT)
