"""Ids that stay."""

import random

import pytest

from flows.link import link, pair_id
from schemas.tables import Members, empty
from tests.frames import filings, participants
from tests.labelled.season import season
from tests.link.cases import BOOK, GROUP, REFERENCES, TWO, group_of, linked, said


def test_pair_id_has_no_direction():
    assert pair_id("a", "b") == pair_id("b", "a") != pair_id("a", "c")


@pytest.mark.slow
def test_ids_are_the_same_without_a_yesterday():
    assert group_of(linked(TWO)) == group_of(linked(TWO[:2])) | {"f2": group_of(linked(TWO))["f2"]}


@pytest.mark.slow
def test_a_group_keeps_its_id_when_another_filing_joins_or_leaves():
    first = linked(TWO)
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    joined = linked([*TWO, third], yesterday=first.members)
    assert group_of(joined)["f3"] == group_of(first)["f0"]
    left = link(filings([*TWO, third]).drop(index=1), participants([]), REFERENCES, BOOK, yesterday=joined.members)
    assert group_of(left)["f0"] == group_of(first)["f0"]
    assert group_of(left)["f2"] == group_of(first)["f2"]


@pytest.mark.slow
def test_a_group_that_loses_its_lead_keeps_its_id_with_most_of_its_filings():
    third = GROUP | {"unit": "资阳市农业农村局", "headcount": 5}
    first = linked([*TWO, third])
    assert first.members.set_index("filing_id")["leads"]["f0"]
    without = link(filings([*TWO, third]).drop(index=0), participants([]), REFERENCES, BOOK, yesterday=first.members)
    assert group_of(without)["f1"] == group_of(first)["f0"]


@pytest.mark.slow
def test_a_better_lead_takes_the_id_over():
    city = GROUP | {"organiser": "眉山市农业农村局", "unit": "眉山市农业农村局", "filing_id": "b"}
    first = linked([city, city | {"filing_id": "c", "unit": "资阳市农业农村局"}])
    department = GROUP | {"filing_id": "a"}
    second = linked([department, city, city | {"filing_id": "c", "unit": "资阳市农业农村局"}], yesterday=first.members)
    assert second.members.set_index("filing_id")["leads"]["a"]
    assert set(group_of(second).values()) == {group_of(first)["b"]}


@pytest.mark.slow
def test_a_group_that_is_split_leaves_its_id_with_the_lead():
    first = linked(TWO)
    split = linked(TWO, yesterday=first.members, standing=said(("f0", "f1", "不合并")))
    assert group_of(split)["f0"] == group_of(first)["f0"]
    assert group_of(split)["f1"] not in set(group_of(first).values())
    again = linked(TWO, yesterday=split.members)
    assert group_of(again)["f0"] == group_of(again)["f1"] == group_of(first)["f0"]


@pytest.mark.slow
def test_ids_are_never_given_twice():
    # 昨夜以 f0 命名的团组如今由别人牵头，f0 自成一组：不能再得同一编号。
    first = linked(TWO)
    old = first.members.assign(leads=first.members["filing_id"].ne("f0"))
    split = linked(TWO, yesterday=old, standing=said(("f0", "f1", "不合并")))
    assert group_of(split)["f1"] == group_of(first)["f0"]
    assert split.members["group_id"].nunique() == 3


@pytest.mark.slow
def test_a_night_with_one_new_file_does_not_reshuffle_the_others():
    made = season(82, 150)
    rng = random.Random(1)
    new = set(rng.sample(made.filings["file"].unique().tolist(), 1))
    before = made.filings[~made.filings["file"].isin(new)]
    first = link(before, participants([]), made.references, BOOK)
    second = link(made.filings, participants([]), made.references, BOOK, yesterday=first.members)
    after = group_of(second)
    changed = [f for f, group in group_of(first).items() if after[f] != group]
    assert len(changed) <= 2


@pytest.mark.slow
def test_yesterday_may_be_empty():
    assert group_of(linked(TWO, yesterday=empty(Members))) == group_of(linked(TWO))
