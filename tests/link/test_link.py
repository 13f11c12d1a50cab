"""The whole of linking, on pairs and seasons whose truth is known."""

import logging
import warnings

import pandas as pd
import pytest

from flows.link import Linked, link, pair_id
from schemas.tables import Members, Pairs
from tests.frames import participants
from tests.labelled.measure import offered_pairs, pairs_of, score_pairs
from tests.labelled.pairs import PAIRS as BY_HAND
from tests.labelled.pairs import all_filings, filings_of, undated
from tests.labelled.season import season, world
from tests.link.cases import BOOK, GROUP, REFERENCES, group_of, linked, outcome


@pytest.fixture(scope="module")
def by_hand() -> Linked:
    return link(all_filings(), participants([]), REFERENCES, BOOK)


@pytest.mark.parametrize(("place", "pair"), list(enumerate(BY_HAND)), ids=[str(pair["why"]) for pair in BY_HAND])
def test_pairs_judged_by_hand(place, pair, by_hand):
    alone = undated(pair)
    result = link(filings_of(pair), participants([]), REFERENCES, BOOK) if alone else by_hand
    left, right = ("left", "right") if alone else (f"{place:02} left", f"{place:02} right")
    found = outcome(result, left, right)
    wanted = {"merge": ["merged"], "offer": ["merged", "offered"], "apart": ["offered", "kept_apart", None]}
    assert found in wanted[str(pair["expect"])], result.pairs.set_index("pair_id").loc[pair_id(left, right), "reasons"]
    together = group_of(result)[left] == group_of(result)[right]
    assert together == (found == "merged")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["model", "held_out", "phrases"])
def test_seasons_are_linked_as_well_as_is_asked(kind):
    merged, offered, true = set(), set(), set()
    for seed in (501, 502):
        made = season(seed, 500, world(seed, kind))
        result = link(made.filings, made.participants, made.references, BOOK)
        groups = result.members.set_index("filing_id")["group_id"]
        merged |= pairs_of(groups)
        offered |= offered_pairs(result)
        true |= pairs_of(made.truth)
    score = score_pairs(merged, offered, true)
    assert score.precision >= 0.99
    assert score.recall >= 0.95
    assert score.found >= 0.995
    assert score.offered <= 0.15


@pytest.mark.slow
def test_every_filing_is_a_member_once_and_pairs_are_ordered():
    made = season(77, 120)
    result = link(made.filings, participants([]), made.references, BOOK)
    assert sorted(result.members["filing_id"]) == sorted(made.filings["filing_id"])
    assert (result.pairs["filing_id_l"] < result.pairs["filing_id_r"]).all()
    assert result.pairs["pair_id"].is_unique
    Pairs.validate(result.pairs)
    Members.validate(result.members)


@pytest.mark.slow
def test_merged_means_one_group_and_nothing_else_does():
    made = season(78, 150)
    result = link(made.filings, participants([]), made.references, BOOK)
    groups = group_of(result)
    same = result.pairs["filing_id_l"].map(groups) == result.pairs["filing_id_r"].map(groups)
    assert (same == result.pairs["outcome"].eq("merged")).all()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_filings_does_not_matter(seed):
    made = season(79, 60)
    first = link(made.filings, participants([]), made.references, BOOK)
    shuffled = made.filings.sample(frac=1, random_state=seed)
    again = link(shuffled, participants([]), made.references, BOOK)
    assert group_of(first) == group_of(again)
    pd.testing.assert_frame_equal(first.pairs, again.pairs)


def test_nothing_and_one_filing():
    assert linked([]).members.empty
    alone = linked([GROUP])
    assert len(alone.members) == 1
    assert alone.pairs.empty
    assert list(alone.pairs.columns) == list(linked([GROUP, GROUP | {"unit": "眉山市农业农村局"}]).pairs.columns)


def test_filings_with_hardly_anything_filled_in_are_groups_of_their_own():
    bare = dict.fromkeys(
        ("title", "organiser", "theme", "country", "institution", "letter_no", "content", "headcount", "days", "otm_no",
         "start_date", "end_date", "cross_region", "unit")
    )  # fmt: skip
    result = linked([bare, bare, GROUP])
    assert result.members["group_id"].nunique() == 3


def test_filings_out_by_the_rules_are_compared_too():
    # 未列入预算、收费：不予受理，但仍是同一团组。
    result = linked(
        [GROUP, GROUP | {"unit": "眉山市农业农村局", "budgeted": False, "charges_fees": True, "headcount": 3}]
    )
    assert outcome(result, "f0", "f1") == "merged"


def test_quiet(capsys):
    made = season(80, 40)
    levels = {name: logging.getLogger(name).level for name in ("splink", "sqlglot")}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ImportWarning)  # of finders that other libraries have put in
        link(made.filings, participants([]), made.references, BOOK)
    printed = capsys.readouterr()
    assert (printed.out, printed.err, [str(w.message) for w in caught]) == ("", "", [])
    assert levels == {name: logging.getLogger(name).level for name in levels}


@pytest.mark.slow
def test_the_sieve_saves_time_only(monkeypatch):
    made = season(81, 300)
    whole = link(made.filings, participants([]), made.references, BOOK)
    monkeypatch.setattr("flows.link.compare.model._SIEVE_FROM", 0)
    sieved = link(made.filings, participants([]), made.references, BOOK)
    pd.testing.assert_frame_equal(whole.pairs, sieved.pairs)
    assert group_of(whole) == group_of(sieved)
