"""Rank: classes first, then points; why is said with the clauses; ties fall by what the group is, never by where it came from."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rank import rank
from schemas.ranking import Ranking
from schemas.tables import TEXT, DataFrame, Dispositions, Groups, RankedGroups
from tests import frames
from tests.examples import examples
from tests.rules.cases import NOTICE, REFERENCES

PLAIN = {"priority_class": "一般", "training_type": "综合管理类", "country": "美国", "organiser": "四川省水利厅"}
"""What gives points for nothing but last year: 9 of 20 people were sent."""


def dispositions(groups: DataFrame[Groups], out: set[int]) -> DataFrame[Dispositions]:
    went = ["held" if place in out else "included" for place in range(len(groups))]
    told = pd.DataFrame({"filing_id": groups["lead_filing_id"], "disposition": went, "because": None})
    return Dispositions.validate(told.astype(TEXT))


def ranked(*rows: dict[str, object], out: set[int] = frozenset(), notice=NOTICE) -> DataFrame[RankedGroups]:
    _, groups = frames.grouped(frames.filings([{**PLAIN, **row} for row in rows]))
    return rank(groups, dispositions(groups, set(out)), REFERENCES, notice)


def test_every_class_of_the_notice_stands_before_the_next_whatever_the_points():
    best = {
        "days": 120,
        "training_type": "科研生产类",
        "country": "荷兰",
        "green_channel": "基础研究",
        "organiser": "四川省农业科学院",
    }
    classes = NOTICE.vocabularies["priority_class"]
    rows = [{"priority_class": word} for word in reversed(classes)]
    rows[0] |= best
    assert ranked(*rows, {"priority_class": None, **best})["rank"].tolist() == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 11]


@pytest.mark.parametrize(
    ("more", "points", "because"),
    [
        ({}, 9.0, "一（二） 一般。一（五） 上年执行率 45.0% +9；得分 9"),
        ({"days": 91}, 29.0, "一（二） 中长期 91 天 +20"),
        ({"days": 90}, 9.0, None),
        ({"training_type": "专业技术类"}, 24.0, "一（二）、一（四） 专业技术类 +15"),
        ({"country": "荷兰"}, 24.0, "一（三） 赴非热点国家（地区）荷兰 +15"),
        ({"country": "火星"}, 9.0, None),
        ({"country": None}, 9.0, None),
        ({"green_channel": "卡脖子技术"}, 29.0, "一（四） 绿色通道（卡脖子技术） +20"),
        ({"organiser": "四川省教育厅"}, 0.0, "一（五） 上年执行率 100.0% +20；一（五）、四（六）2 上年总结未报送 1 项 −20；得分 0"),
        ({"organiser": "四川省档案馆"}, 11.8, "一（五） 上年执行率 59.0%（上年无项目，按全省） +11.8"),
        ({"organiser": None}, 11.8, "按全省"),
    ],
)  # fmt: skip
def test_what_gives_points_and_how_it_is_told(more, points, because):
    group = ranked(more).iloc[0]
    assert group["points"] == points
    assert because is None or because in group["ranked_by"]


def test_a_project_of_which_a_figure_is_unknown_counts_in_neither():
    last = REFERENCES.last_year.copy()
    last.loc[last["organiser"].eq("四川省水利厅"), "executed"] = pd.NA
    _, groups = frames.grouped(frames.filings([PLAIN]))
    told = rank(groups, dispositions(groups, set()), replace(REFERENCES, last_year=last), NOTICE)
    assert "上年执行率 62.5%（上年无项目，按全省） +12.5" in told["ranked_by"].iloc[0]


def test_one_that_is_out_has_the_rank_that_it_would_have():
    rows = [{"priority_class": word} for word in ("优先2", "重点1", "一般")]
    everything = ranked(*rows)["rank"].tolist()
    for place in range(3):
        told = ranked(*rows, out={place})["rank"].tolist()
        assert told[place] == everything[place]
        assert sorted(told[:place] + told[place + 1 :]) == [1, 2]


def test_the_year_says_what_counts_and_which_classes_are_alike():
    said = NOTICE.ranking.model_dump()
    steps = [{"classes": ["优先1", "一般"], "clause": "一（二）"}, {"classes": ["重点1"], "clause": "二（二）1"}]
    weights = [weight | {"points": 7} for weight in said["weights"] if weight["weighs"] == "not_hot"]
    notice = NOTICE.model_copy(update={"ranking": Ranking(steps=steps, weights=weights)})
    told = ranked({"priority_class": "优先1"}, {"country": "荷兰"}, {"priority_class": "重点1"}, notice=notice)
    assert told["rank"].tolist() == [2, 1, 3]
    assert told["points"].tolist() == [0, 7, 0]


def test_no_group_is_none_too_many():
    assert ranked().empty


ROWS = st.fixed_dictionaries(
    {
        "priority_class": st.sampled_from(["优先1", "重点2", "一般", None]),
        "training_type": st.sampled_from(["专业技术类", "综合管理类"]),
        "country": st.sampled_from(["荷兰", "美国", None]),
        "days": st.sampled_from([21, 120, None]),
        "organiser": st.sampled_from(["四川省教育厅", "绵阳市教育局", "没人知道", None]),
        "title": st.sampled_from(["甲", "乙"]),
        "disposition": st.sampled_from(["included", "held"]),
    }
)


@examples(25)
@given(rows=st.lists(ROWS, min_size=2, max_size=8), order=st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing_and_no_two_have_one_rank(rows, order):
    out = {place for place, row in enumerate(rows) if row["disposition"] == "held"}
    _, groups = frames.grouped(frames.filings([{**PLAIN, **row} for row in rows]))
    disposed = dispositions(groups, out)
    told = rank(groups, disposed, REFERENCES, NOTICE)
    places = list(range(len(groups)))
    order.shuffle(places)
    shuffled = rank(
        Groups.validate(groups.iloc[places].reset_index(drop=True)),
        Dispositions.validate(disposed.sample(frac=1, random_state=1)),
        REFERENCES,
        NOTICE,
    )
    columns = ["group_id", "rank", "points", "ranked_by"]
    by_id = [frame[columns].sort_values("group_id", ignore_index=True) for frame in (told, shuffled)]
    pd.testing.assert_frame_equal(*by_id)
    planned = told.drop(index=list(out)).sort_values("rank")
    assert planned["rank"].tolist() == list(range(1, len(planned) + 1))
    step = planned["priority_class"].map({"优先1": 0, "重点2": 1, "一般": 2}).fillna(3)
    assert all(one <= other for one, other in pairwise(zip(step, -planned["points"], strict=True)))
