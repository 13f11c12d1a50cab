"""Headers of one row and of several, with groups over their parts, hints below, and tables side by side."""

import pytest

from flows.read.tables.heads.best import header_at
from flows.read.tables.sheet import Sheet
from tests.layouts.page import Page, grid
from tests.layouts.places import three_row_head, two_row_head
from tests.layouts.truth import TITLES
from tests.layouts.usual import COLUMNS, body, form, table
from tests.reading import KNOWN, header, read_pages


class TestHeader:
    def test_one_row(self):
        found = header(form(), row=3)
        assert {name: title.column for name, title in found.fields.items()} == {n: p for p, n in enumerate(COLUMNS)}
        assert (found.first, found.last) == (3, 3)

    def test_two_rows_with_merged_groups(self):
        found = header(two_row_head(), row=3)
        assert (found.first, found.last) == (3, 4)
        assert set(found.fields) == set(COLUMNS)
        assert found.fields["start_date"].text == "培训时间出境"

    def test_two_rows_with_groups_that_lost_their_merging(self):
        page = two_row_head()
        page.merged.clear()
        assert set(header(page, row=3).fields) == set(COLUMNS)

    def test_three_rows(self):
        found = header(three_row_head(), row=3)
        assert (found.first, found.last) == (3, 5)
        assert set(found.fields) == set(COLUMNS)

    def test_the_first_row_of_data_is_no_header(self):
        page = Page()
        table(page, 1)
        assert header(page).last == 1

    def test_rows_that_number_the_columns_are_passed_over(self):
        page = form()
        page.cells = {(row + (row > 3), column): value for (row, column), value in page.cells.items()}
        page.put(4, 0, *range(1, 29))
        assert header(page, row=3).last == 4

    def test_two_columns_that_claim_one_field_are_told(self):
        page = Page()
        table(page, 1, columns=[*COLUMNS, "人数"])
        found = header(page)
        assert [(name, title.column) for name, title in found.twice] == [("headcount", 28)]
        assert found.fields["headcount"].column == COLUMNS.index("headcount")

    def test_the_templates_own_title_comes_before_its_synonym(self):
        page = Page()
        table(page, 1, columns=["人数", *COLUMNS])
        assert header(page).fields["headcount"].column == COLUMNS.index("headcount") + 1

    @pytest.mark.parametrize(
        ("titles", "column", "field"),
        [
            ({"theme": "培训主题"}, "theme", "theme"),
            ({"title": "培训主题"}, "title", "title"),
            ({"training_type": "项目类型"}, "training_type", "training_type"),
            ({"priority_class": "项目类型"}, "priority_class", "priority_class"),
        ],
    )
    def test_a_title_that_may_mean_two_columns_means_the_one_that_is_missing(self, titles, column, field):
        found = header(form(titles=titles), row=3)
        assert found.fields[field].column == COLUMNS.index(column)
        assert set(found.fields) == set(COLUMNS)

    def test_unknown_columns_are_listed(self):
        page = Page()
        table(page, 1, columns=[*COLUMNS, "预期成果"])
        assert [title.text for title in header(page).unknown] == ["预期成果"]

    @pytest.mark.parametrize(
        "titles",
        [
            ["立项类别", "培训类型", "国家（地区）", "经费来源", "专家评审结论"],
            ["序号", "单位名称", "联系人", "联系电话"],
            ["国家（地区）", "境外培训机构", "外文名称"],
            ["栏目", "填写要求", "是否必填"],
        ],
    )
    def test_lists_of_codes_and_people_are_no_tables(self, titles):
        page = Page().put(1, 0, *titles).put(2, 0, *["x"] * len(titles))
        assert header_at(Sheet(grid(page)), 1, KNOWN) == []

    def test_a_title_that_spans_both_rows_is_found_merged_or_not(self):
        for merged in (True, False):
            page = Page()
            for at, name in enumerate(COLUMNS):
                alone = name in ("degree_study", "headcount", "expert_review")
                page.put(1 if alone else 2, at, TITLES[name])
                if alone and merged:
                    page.merged.append((1, at, 2, at))
                elif not alone and (at == 0 or COLUMNS[at - 1] in ("degree_study", "headcount", "expert_review")):
                    page.put(1, at, "其他情况")
            assert set(header(page, row=2).fields) == set(COLUMNS)

    def test_a_title_that_says_in_brackets_that_it_is_required_is_no_hint(self):
        found = header(form(titles={"seq": "编号\n（必填）", "end_date": "计划返回日期\n（必填）"}), row=3)
        assert {"seq", "end_date"} <= set(found.fields)

    def test_what_is_nearly_as_good_a_header_is_told(self):
        page = Page()
        columns = [name for name in COLUMNS if name != "phone"]
        table(page, 1, columns=columns, titles={"theme": "方向"}, filings=[])
        page.put(2, columns.index("theme"), "电话")
        assert header(page).doubt == "第 1–2 行（方向会另作理解）"

    def test_a_row_that_numbers_the_columns_is_none_of_titles(self):
        for numbers in ("（{}）", "{}"):
            page = two_row_head()
            last = header(page, row=3).last
            body = {place: value for place, value in page.cells.items() if place[0] > last}
            for place in body:
                del page.cells[place]
            page.put(last + 1, 0, *(numbers.format(n + 1) for n in range(len(COLUMNS))))
            page.cells |= {(row + 1, column): value for (row, column), value in body.items()}
            found = header(page, row=3)
            assert (set(found.fields), found.last) == (set(COLUMNS), last + 1)

    def test_titles_that_all_reach_down_have_their_numbers_below_the_empty_row(self):
        page = Page()
        for at, name in enumerate(COLUMNS):
            page.span(1, at, TITLES[name], rows=2)
        page.put(3, 0, *range(1, len(COLUMNS) + 1))
        assert header(page).last == 3

    @pytest.mark.parametrize("rows", [2, 3, 4])
    @pytest.mark.parametrize("written", ["{}", "（{}）", "甲乙"])
    def test_columns_are_numbered_below_titles_that_reach_down(self, rows, written):
        page = Page()
        for at, name in enumerate(COLUMNS):
            page.span(1, at, TITLES[name], rows=rows)
        numbers = [written.format(number + 1) for number in range(len(COLUMNS))]
        if written == "甲乙":
            numbers = ["甲", "乙", *map(str, range(1, len(COLUMNS) - 1))]
        body(page.put(rows + 1, 0, *numbers), rows + 2)
        assert header(page).last == rows + 1
        assert [len(records) for records in read_pages(page).filings] == [4]

    def test_what_a_title_with_its_group_means_for_participants_says_nothing_of_filings(self):
        page = Page()
        table(page, 2, titles={"seq": "编 号"})
        page.span(1, 0, "项目情况", columns=2)
        assert header(page, row=2).fields["seq"].column == 0

    @pytest.mark.parametrize(
        ("column", "title"),
        [
            ("seq", "排次"),
            ("country", "所到之处"),
            ("funding_source", "费用出自"),
            ("priority_class", "属于哪一类"),
            ("contact", "具体经办人"),
            ("necessity", "出国培训的必要性"),
            ("cross_region", "双跨与否"),
        ],
    )
    def test_an_unknown_title_is_told_by_its_core_or_by_the_values_beneath(self, column, title):
        found = header(form(titles={column: title}), row=3)
        assert found.fields[column].column == COLUMNS.index(column)

    def test_values_that_another_title_claims_tell_nothing(self):
        columns = [name for name in COLUMNS if name != "country"]
        page = Page()
        table(page, 1, columns=[*columns, "country", "又一处"], titles={"country": "所到之处"})
        for row in range(2, 6):
            page.put(row, len(COLUMNS), "法国")
        assert "country" not in header(page).fields

    @pytest.mark.parametrize("merged", [True, False])
    def test_a_header_with_an_empty_row_in_its_middle(self, merged):
        page = two_row_head()
        top = 4
        page.cells = {(row + (row >= top), column): value for (row, column), value in page.cells.items()}
        page.merged = [(a, b, c + (c >= top), d) for a, b, c, d in page.merged] if merged else []
        found = header(page, row=3)
        assert (set(found.fields), found.first, found.last) == (set(COLUMNS), 3, 5)
        assert [len(records) for records in read_pages(page).filings] == [4]

    @pytest.mark.parametrize(
        ("group", "part"), [("外方情况", "名称"), ("境外机构信息", "12.名称（必填）"), ("*9.境外培训机构", "全称")]
    )
    def test_the_name_under_a_group_is_the_name_of_what_the_group_is_about(self, group, part):
        page = Page()
        at = COLUMNS.index("institution")
        table(page, 2, titles={"institution": part}, filings=[])
        page.span(1, at - 1, group, columns=2)
        assert header(page, row=2).fields["institution"].column == at
