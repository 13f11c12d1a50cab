"""Clusters that hold together."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.link import pair_id
from flows.link.cluster.average_linkage import Clusters, MeanWeight
from flows.link.cluster.chains import chains, pairs_within
from flows.link.cluster.constraints import Constraints
from flows.link.cluster.differences import PlainDifferences
from flows.link.cluster.pairs import Pair
from tests.examples import examples
from tests.link.cases import GROUP, group_of, linked, outcome


def clusters_of(
    profiles: list[int],
    apart: set[Pair] = frozenset(),
    weights: dict[Pair, float] | None = None,
    must_link: Sequence[Pair] = (),
) -> Clusters:
    constraints = Constraints(list(must_link), [], set(), {}, pd.DataFrame())
    return Clusters(len(profiles), constraints, PlainDifferences(profiles, apart), MeanWeight(weights or {}, 0.0, 0.0))


@examples(30)
@given(
    links=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    apart=st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]), max_size=6),
    together=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3),
)
def test_clusters_never_hold_what_must_be_apart(links, apart, together):
    """Each filing is its own profile here: no cluster holds two that differ, but for what a reviewer put together."""
    clusters = clusters_of(list(range(10)), apart, must_link=together)
    fused = clusters.labels()
    for left, right in links:
        clusters.join(left, right)
    labels = clusters.labels()
    for left, right in apart:
        if labels[left] == labels[right]:
            # 只有评审人并在一起的，或与它们同声的，才可以。
            mates = [n for n in range(10) if fused[n] in (fused[left], fused[right])]
            assert len(mates) > 2 or fused[left] == fused[right]


@pytest.mark.slow
def test_no_chain_joins_two_batches():
    # 没有写期次的一条与两期都像，不能把第一期、第二期连起来。
    rows = [
        GROUP | {"title": "柑橘黄龙病综合防控技术培训第一期"},
        GROUP | {"title": "柑橘黄龙病综合防控技术培训", "unit": "眉山市农业农村局"},
        GROUP | {"title": "柑橘黄龙病综合防控技术培训第二期", "unit": "资阳市农业农村局"},
    ]
    groups = group_of(linked(rows))
    assert groups["f0"] != groups["f2"]


def test_a_chain_is_cut_at_its_weakest_link_and_the_cut_pair_is_offered():
    # 甲 – 乙 – 丙：甲、丙相差四十天以上，乙的日期缺，与两头都像。
    rows = [
        GROUP | {"otm_no": "OTM2020000001"},
        GROUP | {"otm_no": "OTM2020000001", "unit": "眉山市农业农村局", "start_date": None, "end_date": None},
        GROUP
        | {
            "unit": "资阳市农业农村局",
            "otm_no": "OTM2020000003",
            "start_date": date(2020, 8, 3),
            "end_date": date(2020, 8, 23),
        },
    ]
    result = linked(rows)
    groups = group_of(result)
    assert groups["f0"] == groups["f1"]
    assert groups["f1"] != groups["f2"]
    assert outcome(result, "f1", "f2") == "offered"
    cut = result.pairs[result.pairs["pair_id"].eq(pair_id("f1", "f2"))].iloc[0]
    assert "没有自动合并" in cut["reasons"]


def test_the_strongest_pairs_are_joined_first():
    clusters = clusters_of([0, 1, 2], {(0, 2)}, {(0, 1): 9.0, (1, 2): 5.0})
    assert clusters.join(0, 1)
    assert not clusters.join(1, 2)
    assert clusters.labels().tolist() == [0, 0, 2]


def test_clusters_that_are_hardly_alike_on_the_whole_are_not_joined():
    weights = {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 4.0, (0, 2): -6.0, (0, 3): -6.0, (1, 3): -6.0}
    clusters = clusters_of([0] * 4, weights=weights)
    assert [clusters.join(0, 1), clusters.join(2, 3), clusters.join(1, 2)] == [True, True, False]


def test_filings_that_a_reviewer_put_together_differ_only_where_all_do():
    # 0＝1 由评审人判定，1 与 2 国家不同，但 0 与 2 相同：2 不因 1 而被排除。
    clusters = clusters_of([0, 1, 0], {(0, 1)}, {(0, 2): 9.0, (1, 2): -9.0}, [(0, 1)])
    assert clusters.join(0, 2)


def test_a_long_chain_is_asked_by_its_profiles():
    chain = pd.Series(0, index=range(1000))
    profiles = [position % 3 for position in range(1000)]
    assert pairs_within(chain, profiles, at_most=20) == [(0, 1), (0, 2), (1, 2)]
    few = pd.Series(7, index=[3, 5, 8])
    assert pairs_within(few, profiles, at_most=20) == [(3, 5), (3, 8), (5, 8)]


def test_chains_with_too_many_profiles_are_cut():
    count = 500
    joined = chains(count, [(n, n + 1) for n in range(count - 1)], list(range(count)))
    assert joined.groupby(joined).size().max() <= 200


@pytest.mark.slow
def test_a_file_copied_a_thousand_times_is_one_group():
    copies = [
        GROUP | {"unit": f"第{n}号单位", "file": f"2020/{n}.xlsx", "otm_no": "OTM2020000001"} for n in range(1000)
    ]
    result = linked(copies)
    assert result.members["group_id"].nunique() == 1
