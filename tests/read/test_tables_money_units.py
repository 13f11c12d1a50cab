"""Units of amounts: in the title, in the cell, in neither."""

import pytest

from flows.read.tables.money_units import money_unit
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import form
from tests.reading import reading_of


@pytest.mark.parametrize(
    ("title", "unit"), [("经费预算（万元）", "万元"), ("预算(元)", "元"), ("单位：千元", "千元"), ("经费预算", None)]
)
def test_units_of_money(title, unit):
    assert money_unit(title) == unit


@pytest.mark.parametrize("title", ["经费预算（万元）", "经费预算"])
def test_an_amount_that_no_group_costs_may_be_in_yuan(references, title):
    page = form(titles={"budget": title}, written={"budget": lambda v: v * 10_000})
    readings = reading_of(references, page)
    assert readings.filings["budget"].isna().all()
    assert readings.remarks["kind"].tolist() == ["ambiguous"] * len(FOUR)
    assert readings.remarks["detail"].str.fullmatch(r"\d+万元、\d+元").all()


def test_a_large_amount_is_read_where_the_title_says_its_unit(references):
    readings = reading_of(references, form(written={"budget": {2: 6000, 3: "12000万元"}}))
    assert readings.filings["budget"].tolist()[1:3] == [6000, 12000]
    assert readings.remarks.empty


def test_the_unit_in_a_cell_wins_over_that_in_the_title(references):
    readings = reading_of(references, form(written={"budget": {1: "725千元", 2: "60万5千元", 3: "960,000元"}}))
    assert readings.filings["budget"].tolist()[:3] == [72.5, 60.5, 96]
    assert readings.remarks.empty
