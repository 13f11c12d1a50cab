"""What a reviewer's word does: must-link and cannot-link, contradictions, verdicts that lapsed, ties."""

from datetime import date

import pandas as pd
import pytest

from flows.decide import Said, lapsed_verdicts, pair_verdicts
from flows.decide.pair_value import PairValues
from flows.link import Verdicts, link, pair_id
from schemas.tables import TEXT, Decisions
from tests.frames import filings, participants
from tests.link.cases import BOOK, GROUP, REFERENCES, TWO, UNRELATED, group_of, linked, outcome, said

pytestmark = pytest.mark.slow


def test_a_reviewer_keeps_apart_what_the_model_merges():
    result = linked(TWO, standing=said(("f1", "f0", "不合并")))
    assert group_of(result)["f0"] != group_of(result)["f1"]
    pair = result.pairs.set_index("pair_id").loc[pair_id("f0", "f1")]
    assert pair["outcome"] == "kept_apart"
    assert (pair["verdict"], pair["note"], pair["reviewer"]) == ("不合并", "核对过", "李某")


def test_a_reviewer_merges_what_the_model_does_not_even_compare():
    result = linked(TWO, standing=said(("f0", "f2", "合并")))
    assert group_of(result)["f0"] == group_of(result)["f2"] == group_of(result)["f1"]
    assert outcome(result, "f0", "f2") == "merged"


def test_not_the_same_holds_for_the_whole_cluster():
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    result = linked([*TWO, third], standing=said(("f0", "f1", "合并"), ("f1", "f3", "不合并")))
    groups = group_of(result)
    assert groups["f0"] == groups["f1"] != groups["f3"]
    assert outcome(result, "f0", "f3") == "kept_apart"


def test_not_the_same_is_not_bridged_by_a_third():
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    result = linked([*TWO, third], standing=said(("f0", "f1", "不合并")))
    groups = group_of(result)
    assert groups["f0"] != groups["f1"]
    assert groups["f3"] in (groups["f0"], groups["f1"])


def test_a_contradiction_is_shown_and_not_resolved():
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    verdicts = said(("f0", "f1", "合并"), ("f1", "f3", "合并"), ("f0", "f3", "不合并"))
    result = linked([*TWO, third], standing=verdicts)
    assert len({group_of(result)[f] for f in ("f0", "f1", "f3")}) == 3
    assert {outcome(result, a, b) for a, b in (("f0", "f1"), ("f1", "f3"), ("f0", "f3"))} == {"offered"}
    shown = result.contradictions.iloc[0]
    assert (shown["filing_id_l"], shown["filing_id_r"], shown["chain"]) == ("f0", "f3", "f0、f1、f3")
    assert "矛盾" in shown["message"]
    assert result.pairs["reasons"].str.contains("矛盾").sum() == 3


def test_words_beside_a_contradiction_still_hold():
    verdicts = said(("f0", "f1", "合并"), ("f0", "f1", "不合并"), ("f1", "f2", "合并"))
    result = linked(TWO, standing=verdicts)
    groups = group_of(result)
    assert groups["f1"] == groups["f2"] != groups["f0"]
    assert len(result.contradictions) == 1


def test_words_about_filings_that_are_gone_are_passed_over():
    result = linked(TWO, standing=said(("f0", "gone", "合并"), ("f0", "f0", "不合并")))
    assert group_of(result)["f0"] == group_of(result)["f1"]
    assert result.contradictions.empty


MARCH, JULY = ({"start_date": date(2020, month, 2), "end_date": date(2020, month, 22)} for month in (3, 7))
MONTHS = [
    GROUP | MARCH | {"letter_no": None},
    GROUP | JULY | {"letter_no": None},
    GROUP | {"unit": "绵阳市农业农村局", "start_date": None, "end_date": None, "headcount": 4, "letter_no": None},
]


def test_a_filing_that_fits_two_different_groups_equally_well_is_left_to_a_reviewer():
    # 三月、七月两期各报一条，绵阳的一条没有日期：归哪一期，机器不猜。
    result = linked(MONTHS)
    assert len(set(group_of(result).values())) == 3
    assert outcome(result, "f0", "f2") == outcome(result, "f1", "f2") == "offered"
    assert result.pairs["reasons"].str.contains("须由人判断").sum() == 2


def test_a_reviewers_merge_cuts_the_automatic_link_that_it_contradicts():
    # 评审人：绵阳属七月。绵阳没有日期，不能因此把三月也连进来。
    nearer = [MONTHS[0] | {"otm_no": "OTM2020000007"}, MONTHS[1], MONTHS[2] | {"otm_no": "OTM2020000007"}]
    assert outcome(linked(nearer), "f0", "f2") == "merged"
    result = linked(nearer, standing=said(("f1", "f2", "合并")))
    groups = group_of(result)
    assert groups["f1"] == groups["f2"] != groups["f0"]
    assert outcome(result, "f0", "f2") == "offered"


@pytest.mark.parametrize("merged", ["f0", "f1"])
def test_a_reviewers_merge_does_not_join_two_batches(merged):
    rows = [
        GROUP | {"title": "柑橘黄龙病综合防控技术培训第一期"},
        GROUP | {"title": "柑橘黄龙病综合防控技术培训第二期"},
        GROUP | {"title": "柑橘黄龙病综合防控技术培训", "unit": "眉山市农业农村局", "headcount": 3},
    ]
    groups = group_of(linked(rows, standing=said((merged, "f2", "合并"))))
    assert groups[merged] == groups["f2"]
    assert groups["f0"] != groups["f1"]


def test_not_the_same_settles_a_tie():
    groups = group_of(linked(MONTHS, standing=said(("f1", "f2", "不合并"))))
    assert groups["f0"] == groups["f2"] != groups["f1"]


def test_a_difference_that_a_reviewer_overrode_no_longer_counts():
    # 评审人把三月、七月并在一起：同是三月的一条仍可并入。
    third = GROUP | MARCH | {"unit": "眉山市农业农村局", "headcount": 3, "letter_no": None}
    groups = group_of(linked([*MONTHS[:2], third], standing=said(("f0", "f1", "合并"))))
    assert groups["f0"] == groups["f1"] == groups["f2"]


def lapsed_verdict(left: str, right: str, verdict: str) -> pd.DataFrame:
    changed = "乙·申报人数由“3”变为“5”"
    return pd.DataFrame(
        [(left, right, verdict, changed)], columns=["filing_id_l", "filing_id_r", "verdict", "changed"]
    ).astype(TEXT)


@pytest.mark.parametrize("verdict", ["合并", "不合并"])
def test_a_verdict_that_lapsed_brings_the_pair_back_to_be_judged(verdict):
    result = linked(TWO, lapsed=lapsed_verdict("f1", "f0", verdict))
    assert group_of(result)["f0"] != group_of(result)["f1"]
    pair = result.pairs.set_index("pair_id").loc[pair_id("f0", "f1")]
    assert pair["outcome"] == "offered"
    assert pd.isna(pair["verdict"])
    assert pair["reasons"].startswith(f"评审人曾判定“{verdict}”，此后乙·申报人数由“3”变为“5”，请重新判定。")


def test_what_a_reviewer_said_lapses_with_the_value_it_was_said_about():
    before = filings(TWO)
    value = PairValues(before.set_index("filing_id")).of("f0", "f1")
    row = {"about": pair_id("f0", "f1"), "kind": "pair", "verdict": "不合并", "value": value}
    row |= {"filing_id_l": "f0", "filing_id_r": "f1", "note": "两个团", "reviewer": "李某"}
    nothing = pd.DataFrame()
    words = Said(pd.DataFrame([row], columns=Decisions.names()), nothing, nothing, {})
    assert len(pair_verdicts(words, before)) == 1
    assert lapsed_verdicts(words, before).empty
    after = filings([TWO[0], TWO[1] | {"headcount": 5}, UNRELATED])
    assert pair_verdicts(words, after).empty
    open_again = lapsed_verdicts(words, after)
    result = link(after, participants([]), REFERENCES, BOOK, verdicts=Verdicts(pair_verdicts(words, after), open_again))
    assert outcome(result, "f0", "f1") == "offered"
    assert "由“3”变为“5”，请重新判定" in result.pairs.set_index("pair_id").at[pair_id("f0", "f1"), "reasons"]


def test_a_new_verdict_takes_the_place_of_one_that_lapsed():
    result = linked(TWO, standing=said(("f0", "f1", "合并")), lapsed=lapsed_verdict("f0", "f1", "不合并"))
    assert outcome(result, "f0", "f1") == "merged"


def test_a_pair_that_lapsed_is_not_bridged_by_a_third():
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    groups = group_of(linked([*TWO, third], lapsed=lapsed_verdict("f0", "f1", "不合并")))
    assert groups["f0"] != groups["f1"]


def test_a_contradiction_names_unit_file_and_row():
    verdicts = said(("f0", "f1", "合并"), ("f0", "f1", "不合并"))
    message = linked(TWO, standing=verdicts).contradictions["message"].iloc[0]
    assert "“柑橘黄龙病综合防控技术培训”（眉山市农业农村局，2020/甲.xlsx 第 5 行）" in message
