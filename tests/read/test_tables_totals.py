"""Rows of totals: what they state and what the rows above add up to."""

import pandas as pd
import pytest

from schemas.cells import a1
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import body, form, heading, table
from tests.reading import reading_of


class TestTotals:
    @pytest.mark.parametrize(("stated", "right"), [(52, True), (51, False), ("52人", True), ("五十二", True)])
    def test_what_is_stated_and_what_the_rows_add_up_to(self, references, stated, right):
        totals = reading_of(references, form().put(8, 0, "合计").put(8, 12, stated)).totals
        (one,) = totals.to_dict("records")
        assert one["computed"] == 52
        assert (one["stated"] == one["computed"]) is right
        assert (one["column"], a1(one["cell"]), one["value"]) == ("headcount", "M8", str(stated))

    def test_a_total_in_yuan(self, references):
        page = form(titles={"budget": "经费预算（元）"}, written={"budget": lambda v: v * 10_000}).put(8, 0, "合计")
        (one,) = reading_of(references, page.put(8, 19, 2_837_500)).totals.to_dict("records")
        assert one["stated"] == one["computed"] == pytest.approx(283.75)

    def test_nothing_is_summed_over_a_value_that_cannot_be_read(self, references):
        page = form(written={"headcount": {2: "十余人"}}).put(8, 0, "合计").put(8, 12, 37)
        assert reading_of(references, page).totals.empty

    def test_a_figure_that_cannot_be_read_is_stated_as_missing(self, references):
        (one,) = reading_of(references, form().put(8, 0, "合计").put(8, 12, "见上")).totals.to_dict("records")
        assert pd.isna(one["stated"])

    def test_subtotals_are_of_their_part(self, references):
        page = Page()
        row = heading(page)
        row = table(page, row, filings=FOUR[:2])
        page.put(row, 0, "小计").put(row, 12, 33)
        row = body(page, row + 1, filings=FOUR[2:])
        page.put(row, 0, "小计").put(row, 12, 20).put(row + 1, 0, "合计").put(row + 1, 12, 53)
        totals = reading_of(references, page).totals
        assert totals[["stated", "computed"]].values.tolist() == [[33, 33], [20, 19], [53, 52]]
