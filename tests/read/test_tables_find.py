"""Where the tables of a file are."""

import pytest

from flows.read.tables.synonyms import FILINGS, PARTICIPANTS
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import COLUMNS, body, form, table, taking_part_page
from tests.reading import laid_out


class TestTables:
    def test_the_template(self):
        found = laid_out(form(), taking_part_page())
        assert len(found.tables(FILINGS)) == len(found.tables(PARTICIPANTS)) == 1

    @pytest.mark.parametrize(("row", "column"), [(1, 0), (7, 3), (30, 12)])
    def test_a_table_may_stand_anywhere(self, row, column):
        page = Page()
        table(page, row, left=column)
        (found,) = laid_out(page).tables(FILINGS)
        assert found.header.first == row
        assert found.header.fields["seq"].column == column

    def test_a_header_printed_again_is_the_same_table(self):
        page = Page()
        table(page, table(page, 1, filings=FOUR[:2]), filings=FOUR[2:])
        (found,) = laid_out(page).tables(FILINGS)
        assert found.rows == [2, 3, 5, 6]

    def test_what_stands_above_a_header_is_printed_again_with_it(self):
        page = Page()
        for row, filings in ((2, FOUR[:2]), (7, FOUR[2:])):
            page.put(row - 1, 3, "项目").put(row - 1, 12, "人数")
            table(page, row, filings=filings)
        (found,) = laid_out(page).tables(FILINGS)
        assert found.rows == [3, 4, 5, 8, 9]

    def test_the_heading_of_the_next_table_is_no_row_of_the_one_before(self):
        page = Page()
        end = table(page, 1, filings=FOUR[:2])
        page.put(end + 1, 0, "2020年度申报项目一览表").put(end + 2, 0, "填报单位：成都市科技局", "填报日期：1月8日")
        table(page, end + 3, columns=COLUMNS[::-1], filings=FOUR[2:])
        first, _ = laid_out(page).tables(FILINGS)
        assert max(first.rows) <= end

    def test_another_header_begins_another_table(self):
        page = Page()
        table(page, table(page, 1) + 2, columns=COLUMNS[::-1])
        assert len(laid_out(page).tables(FILINGS)) == 2

    def test_tables_side_by_side(self):
        page = Page()
        table(page, 1, filings=FOUR[:2])
        table(page, 1, left=30, filings=FOUR[2:])
        assert [found.header.fields["seq"].column for found in laid_out(page).tables(FILINGS)] == [0, 30]

    def test_projects_and_participants_side_by_side(self):
        page = Page()
        table(page, 1)
        page.put(1, 30, "项目序号", "参团单位", "参团人数").put(2, 30, 1, "绵阳市水利局", 4)
        found = laid_out(page)
        assert len(found.tables(FILINGS)) == len(found.tables(PARTICIPANTS)) == 1

    def test_a_table_goes_on_in_the_next_sheet(self):
        second = Page("续")
        body(second, 1, filings=FOUR[2:])
        first, rest = laid_out(form(filings=FOUR[:2]), second).tables(FILINGS)
        assert rest.goes_on
        assert not first.goes_on

    @pytest.mark.parametrize("value", ["优先1", "四川省水利厅", 12])
    def test_a_list_does_not_go_on_from_a_table(self, value):
        codes = Page("Sheet2")
        for row in range(1, 9):
            codes.put(row, 0, value, value, value)
        assert len(laid_out(form(), codes).tables(FILINGS)) == 1

    @pytest.mark.parametrize("name", ["填报说明", "代码表", "填写示例", "修改意见", "附件2 填表说明"])
    def test_sheets_that_hold_no_filings_by_their_name(self, name):
        other = form()
        other.name = name
        assert len(laid_out(form(), other).tables(FILINGS)) == 1

    def test_such_a_name_does_not_lose_the_only_table(self):
        only = form()
        only.name = "样表"
        assert len(laid_out(only).tables(FILINGS)) == 1

    def test_a_hidden_sheet_counts(self):
        page = form()
        page.hidden = True
        assert len(laid_out(page).tables(FILINGS)) == 1

    def test_nothing_is_found_in_other_business(self):
        page = Page("工资表")
        page.put(1, 0, "序号", "姓名", "部门", "基本工资", "绩效", "合计")
        for row in range(2, 30):
            page.put(row, 0, row - 1, "某某", "办公室", 5000, 1200, 6200)
        assert laid_out(page).parts == []
