"""Settle: one disposition a filing, from a table that anyone can read."""

import itertools

import pandas as pd
import pytest

from flows.settle import OUT_WITH_LEAD, out_with_lead, settle, told_of_followers
from schemas.words import FINDING_STATUSES, SEVERITIES
from tests.frames import filings, findings, grouped
from tests.frames import readings as read_from
from tests.year import FORM


def went(read: pd.DataFrame, found: pd.DataFrame, *together: tuple[str, ...]) -> dict[str, str]:
    members, groups = grouped(read[read["superseded_by"].isna()], *together)
    disposed = settle(read, found, members, groups)
    return dict(zip(disposed["filing_id"], disposed["disposition"], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("severity", "disposition"),
    [("prohibit", "prohibited"), ("return", "returned"), ("hold", "held"), ("advise", "included")],
)
def test_one_finding_decides(severity, disposition):
    assert went(filings([{}]), findings([{"severity": severity}])) == {"f0": disposition}


def test_no_finding_is_in():
    assert went(filings([{}]), findings([])) == {"f0": "included"}


GRAVITY = {
    ("prohibit", "open"): ("prohibited", 1),
    ("return", "open"): ("returned", 2),
    ("hold", "open"): ("held", 3),
    ("advise", "open"): ("included", 4),
}


@pytest.mark.parametrize("pair", list(itertools.product(SEVERITIES, repeat=2)))
def test_of_two_findings_the_graver_decides(pair):
    expected = min((GRAVITY[(severity, "open")] for severity in pair), key=lambda found: found[1])[0]
    assert went(filings([{}]), findings([{"severity": severity} for severity in pair])) == {"f0": expected}


@pytest.mark.parametrize(("severity", "status"), list(itertools.product(SEVERITIES, FINDING_STATUSES)))
def test_a_reviewers_decision_stands_over_the_finding(severity, status):
    decided = {"accepted": "included", "returned": "returned", "excluded": "excluded"}
    expected = decided.get(status) or GRAVITY[(severity, "open")][0]
    assert went(filings([{}]), findings([{"severity": severity, "status": status}])) == {"f0": expected}


def test_letting_one_finding_pass_leaves_the_others():
    found = findings([{"severity": "hold", "status": "accepted"}, {"severity": "return"}])
    assert went(filings([{}]), found) == {"f0": "returned"}


def test_the_others_of_a_group_are_in_the_plan_through_its_lead():
    read = filings([{}, {}, {}])
    assert went(read, findings([]), ("f0", "f2")) == {"f0": "included", "f1": "included", "f2": "merged"}


def test_what_is_found_in_another_filing_of_a_group_does_not_take_the_group_out():
    found = findings([{"filing_id": "f1", "severity": "return"}])
    assert went(filings([{}, {}]), found, ("f0", "f1")) == {"f0": "included", "f1": "merged"}


@pytest.mark.parametrize(
    ("severity", "disposition"), [("prohibit", "prohibited"), ("return", "returned"), ("hold", "held")]
)
def test_a_group_is_out_with_its_lead_and_the_others_say_so(severity, disposition):
    read = filings([{}, {"file": "2020/乙.xlsx"}])
    members, groups = grouped(read, ("f0", "f1"))
    disposed = settle(read, findings([{"severity": severity}]), members, groups).set_index("filing_id")
    assert disposed["disposition"].tolist() == [disposition, disposition]
    assert "“2020/甲.xlsx”第 4 行" in disposed.loc["f1", "because"]


@pytest.mark.parametrize(("severity", "told"), [("hold", ["f1"]), ("return", ["f1"]), ("advise", [])])
def test_what_goes_with_its_lead_is_a_finding_of_its_own(severity, told):
    readings = read_from([{}, {"file": "2020/乙.xlsx", "organiser_filed": "省农业农村厅"}, {"file": "2020/丙.xlsx"}])
    read = readings.filings
    members, groups = grouped(read, ("f0", "f1"))
    found = [findings([{"severity": severity}]), told_of_followers(readings, members, groups, FORM)]
    found = pd.concat(found, ignore_index=True)
    kept = out_with_lead(found, settle(read, found, members, groups), members, groups)
    of_followers = kept[kept["rule_id"].eq(OUT_WITH_LEAD)]
    assert of_followers["filing_id"].tolist() == told
    for row in of_followers.itertuples():
        assert (row.severity, row.value, row.status) == ("advise", "省农业农村厅", "open")
        assert "“2020/甲.xlsx”第 4 行" in row.message


def test_what_a_reviewer_took_out_stays_out_by_itself():
    found = findings([{"filing_id": "f1", "severity": "hold", "status": "excluded"}])
    assert went(filings([{}, {}]), found, ("f0", "f1")) == {"f0": "included", "f1": "excluded"}


def test_an_older_version_is_superseded_whatever_was_found():
    read = filings([{"superseded_by": "已由新版替代。"}, {}])
    assert went(read, findings([{"severity": "prohibit"}])) == {"f0": "superseded", "f1": "included"}


def test_what_a_reviewer_sent_back_stays_out_by_itself():
    found = findings([{"filing_id": "f1", "severity": "advise", "status": "returned"}])
    assert went(filings([{}, {}]), found, ("f0", "f1")) == {"f0": "included", "f1": "returned"}


def test_a_finding_about_a_sheet_concerns_its_filings_and_no_others():
    read = filings([{}, {"sheet": "续表"}, {"file": "2020/乙.xlsx"}])
    found = findings([{"filing_id": None, "file": "2020/甲.xlsx", "sheet": "项目申报"}])
    assert went(read, found) == {"f0": "returned", "f1": "included", "f2": "included"}


def test_a_finding_about_a_sheet_without_filings_concerns_the_file():
    read = filings([{}, {"sheet": "续表"}, {"file": "2020/乙.xlsx"}])
    found = findings([{"filing_id": None, "file": "2020/甲.xlsx", "sheet": "参团单位", "severity": "hold"}])
    assert went(read, found) == {"f0": "held", "f1": "held", "f2": "included"}


def test_a_finding_about_a_unit_concerns_no_filing():
    assert went(filings([{}]), findings([{"filing_id": None, "file": None}])) == {"f0": "included"}


def test_the_gravest_finding_is_told():
    read = filings([{}])
    members, groups = grouped(read)
    found = findings(
        [{"severity": "hold", "message": "轻。"}, {"severity": "prohibit", "clause": "二（三）3", "message": "重。"}]
    )
    assert settle(read, found, members, groups)["because"].tolist() == ["二（三）3：重。"]


def test_no_filings_at_all():
    assert went(filings([]), findings([])) == {}
