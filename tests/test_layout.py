"""Where the tables are, and which of their rows are filings."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.read.formats.grid import Grid
from flows.read.frames import gather
from flows.read.tables.cards import card_rows
from flows.read.tables.find import Layout, layout
from flows.read.tables.row_kinds import Found, filing_rows
from flows.read.tables.sheet import Sheet, as_filed
from flows.read.tables.synonyms import FILINGS, PARTICIPANTS
from flows.read.tables.workbook import read_sheets
from flows.references import References
from schemas.tables import Countries, Filings, Institutions, LastYearProjects, Participants, Units, empty
from tests.layouts.page import Page, grid
from tests.layouts.places import card
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.usual import COLUMNS, body, form, heading, shown, table, taking_part_page
from tests.reading import BOOK, KNOWN
from tests.year import FILING

NOTICE = BOOK.notice
NO_REFERENCES = References(*(empty(schema) for schema in (Units, Institutions, Countries, LastYearProjects)))


def laid_out(*pages: Page) -> Layout:
    return layout([Sheet(grid(page)) for page in pages], KNOWN)


def rows(page: Page) -> Found:
    """The rows of the one table of a page."""
    (found,) = laid_out(page).tables(FILINGS)
    return filing_rows(found.sheet, found.header, found.rows, KNOWN)


def column_title(name: str) -> str:
    return next(column.title for column in FILING if column.name == name)


def cards_of(found: Layout) -> int:
    return sum(len(part[1].records) for part in found.parts if isinstance(part, tuple))


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


class TestCards:
    @pytest.mark.parametrize("pairs", [1, 2, 3, 4])
    def test_a_card_of_pairs(self, pairs):
        assert cards_of(laid_out(card(Page(), dict(FOUR[0]), pairs=pairs))) == 1

    def test_cards_below_each_other(self):
        page = Page()
        for number, filing in enumerate(FOUR):
            card(page, dict(filing), pairs=2, row=1 + number * 25)
        assert cards_of(laid_out(page)) == 4

    @pytest.mark.parametrize("number", [2, 3])
    def test_cards_side_by_side(self, number):
        page = Page()
        for place, filing in enumerate(FOUR[:number]):
            for row, column in enumerate(COLUMNS, start=2):
                page.put(row, 4 * place, column_title(column), shown(filing, column))
        found = [part[1].records for part in laid_out(page).parts if isinstance(part, tuple)]
        assert [records.texts["title"] for records in found] == [[filing["title"]] for filing in FOUR[:number]]
        assert all(len(records.texts) == len(COLUMNS) for records in found)

    def test_a_label_twice_in_a_row_makes_no_second_card(self):
        page = card(Page(), dict(FOUR[0]), pairs=2)
        row = page.end + 1
        page.put(row, 0, "联系人", "王老师", "联系人", "李老师")
        assert cards_of(laid_out(page)) == 1

    def test_projects_in_columns(self):
        page = Page()
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title, *[shown(filing, column.name) for filing in FOUR])
        assert cards_of(laid_out(page)) == 4

    def test_an_empty_card_is_no_project(self):
        page = Page()
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title)
        assert cards_of(laid_out(page)) == 0

    def test_how_to_fill_it_in_is_no_project(self):
        page = Page("Sheet1")
        for number, column in enumerate(FILING):
            page.put(1 + number, 0, column.title, column.doc, "是" if column.required else "否")
        assert card_rows(Sheet(grid(page)), range(1, 29), KNOWN.titles)
        assert cards_of(laid_out(page)) == 0


class TestRows:
    def test_every_row(self):
        assert rows(form()).filings == [4, 5, 6, 7]

    @pytest.mark.parametrize(
        "cells",
        [
            {0: "一、优先项目"},
            {0: "（二）市州单位（3项）"},
            {0: "一、优先项目", 12: 33, 19: 120.5},
            {1: "成都市科学技术局"},
            {1: "优先项目"},
            {0: "填表人：赵老师", 4: "审核人：钱老师", 9: "2019年11月20日"},
            {0: "填表人", 1: "赵老师", 4: "审核人", 5: "钱老师"},
            {0: "注：1.以上项目均经党组会研究。"},
            {1: "2.经费预算含国际旅费。"},
            {5: "四川省水利厅"},
            {20: "2019年11月20日"},
            {1: "（单位盖章）"},
            {0: "第1页 共2页"},
            {0: 5},
            {0: 5, 6: "否", 17: "否"},
            {0: "示例", 1: "××技术培训", 2: "某某单位", 12: 10},
            {1: "（示例）××技术培训", 2: "某某单位", 12: 10},
            {0: "以下空白"},
            {0: "平均", 12: 13, 13: 20},
        ],
        ids=str,
    )
    def test_rows_that_are_no_filings(self, cells):
        page = form()
        for column, value in cells.items():
            page.put(8, column, value)
        found = rows(page)
        assert found.filings == [4, 5, 6, 7]
        assert found.totals == []

    @pytest.mark.parametrize(
        "notes",
        [
            [("备注：",), (1, "项目名称须与系统一致；"), (2, "人数以批复为准。")],
            [("说明",), (1, "以上项目名称与系统一致"), (2, "人数以批复文件为准")],
            [("注：",), ("1.", "以上项目均经党组会研究"), ("2.", "预算含国际旅费")],
            [("备注：以下各条请知悉",), (1, "名称与系统一致"), (None, "人数以批复文件为准")],
            [(1, "项目名称须与系统一致；"), (2, "人数以批复为准。")],
            [(5, "项目名称须与系统一致；"), (6, "人数以批复为准。")],
            [("备注：",), (5, "人数以批复文件为准。")],
        ],
        ids=str,
    )
    @pytest.mark.parametrize("merged", [False, True])
    def test_numbered_notes_below_are_no_filings(self, notes, merged):
        page = form()
        for row, note in enumerate(notes, start=9):
            page.put(row, 0, *note)
        page.merged += [(4, 5, 5, 5)] if merged else []
        assert rows(page).filings == [4, 5, 6, 7]

    @pytest.mark.parametrize(
        "below",
        [
            [(5, "智慧水利大坝安全监测技术培训")],
            [(5, "智慧水利大坝安全监测技术培训。")],
            [("备注：人数以批复为准。",), (5, "智慧水利大坝安全监测技术培训")],
            [(1, "智慧水利大坝安全监测技术培训")],
            [(5, "智慧水利大坝安全监测项目")],
        ],
        ids=str,
    )
    @pytest.mark.parametrize("merged", [False, True])
    def test_a_last_filing_with_nothing_but_a_number_and_a_name(self, below, merged):
        page = form()
        page.merged += [(4, 5, 5, 5)] if merged else []
        for row, cells in enumerate(below, start=8):
            page.put(row, 0, *cells)
        assert rows(page).filings == [4, 5, 6, 7, 7 + len(below)]

    def test_a_table_that_goes_on_below_its_notes(self):
        page = form(filings=FOUR[:2]).put(6, 0, "备注：").put(7, 0, 1, "人数以批复为准")
        body(page, 8, filings=FOUR[2:])
        assert rows(page).filings == [4, 5, 8, 9]

    @pytest.mark.parametrize(
        "hints",
        [
            {"seq": "自动编号", "title": "全称", "organiser": "单位名录中的单位", "priority_class": "优先/重点/一般",
             "country": "国家全称", "headcount": "整数", "days": "整数", "start_date": "年月日", "phone": "手机或座机"},
            {"title": "与系统一致", "training_type": "从下拉框选", "headcount": "不超过20人", "cross_region": "是/否",
             "budget": "保留一位小数", "end_date": "如：2020-3-5"},
        ],
        ids=str,
    )  # fmt: skip
    def test_a_row_that_says_how_to_fill_in_the_columns(self, hints):
        page = Page()
        row = heading(page)
        page.put(row, 0, *[column.title for column in FILING])
        page.put(row + 1, 0, *[hints.get(column.name) for column in FILING])
        body(page, row + 2)
        assert rows(page).filings == [5, 6, 7, 8]

    def test_a_first_filing_with_cells_that_cannot_be_read_is_one(self):
        odd = {"headcount": "若干", "days": "待定", "start_date": "上半年", "end_date": "下半年", "budget": "待定"}
        written = {name: {1: text} for name, text in odd.items()}
        assert rows(form(written=written)).filings == [4, 5, 6, 7]
        bare = [column for column in COLUMNS if column != "seq"]
        nothing = {
            "cross_region",
            "degree_study",
            "charges_fees",
            "budgeted",
            "priority_class",
            "training_type",
            "country",
        }
        written |= {name: {1: None} for name in (*nothing, "funding_source", "expert_review", "organiser")}
        page = Page()
        table(page, heading(page), columns=bare, written=written)
        assert rows(page).filings == [4, 5, 6, 7]

    @pytest.mark.parametrize(
        "cells",
        [
            {0: 5, 1: "智慧水利大坝安全监测技术培训"},
            {1: "智慧水利大坝安全监测技术培训"},
            {1: "智慧水利大坝安全监测技术培训", 2: "四川省水利厅"},
            {0: 5, 2: "四川省水利厅", 7: "德国", 12: 10, 13: 20},
            {7: "德国", 12: 10, 13: 20, 24: "OTM2020510199"},
        ],
        ids=str,
    )
    def test_rows_with_only_some_cells_filled(self, cells):
        page = form()
        for column, value in cells.items():
            page.put(9, column, value)
        assert rows(page).filings == [4, 5, 6, 7, 9]

    @pytest.mark.parametrize(
        ("label", "subtotal"),
        [
            ("合计", False),
            ("合　计：", False),
            ("总计（4个项目）", False),
            ("小计", True),
            ("优先项目小计", True),
            ("本页合计", True),
            ("共计4项", False),
        ],
    )
    @pytest.mark.parametrize("column", [0, 1, 2])
    def test_rows_of_totals(self, label, subtotal, column):
        page = form().put(8, column, label).put(8, 12, 52)
        found = rows(page)
        assert found.filings == [4, 5, 6, 7]
        assert found.totals == [(8, subtotal, 4)]

    def test_rows_merged_under_one_project_are_its_participants(self):
        page = Page()
        row = table(page, heading(page), columns=[*COLUMNS, "参团单位"], filings=FOUR[:1])
        page.put(row, 28, "宜宾市水利局")
        page.merged += [(row - 1, column, row, column) for column in range(28)]
        assert rows(page).lines == {row - 1: [row]}

    def test_blank_rows_end_nothing(self):
        page = Page()
        body(page, table(page, 1, filings=FOUR[:1]) + 40, filings=FOUR[1:])
        assert len(rows(page).filings) == 4


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20.0, "20"),
        (60.5, "60.5"),
        (28055500001.0, "28055500001"),
        (True, "TRUE"),
        (" 水利\u3000", "水利"),
        ("\u200b", ""),
    ],
)
def test_cells_are_filed_as_a_person_sees_them(value, text):
    assert as_filed(value) == text


_WORDS = st.one_of(
    st.sampled_from([c.title for c in FILING]),
    st.sampled_from(
        [
            "参团单位",
            "参团人数",
            "合计",
            "小计",
            "同上",
            "填报单位：",
            "示例",
            "是",
            "2020.3.5-3.25",
            "①",
            "²",
            "()",
            "栏",
            "#REF!",
            "0元",
        ]
    ),
    st.text(st.characters(), max_size=12),
    st.integers(-5, 10**9),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.none(),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows_=st.lists(st.lists(_WORDS, max_size=9), max_size=12),
    header=st.booleans(),
    merged=st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=4),
    unsaved=st.dictionaries(st.tuples(st.integers(1, 12), st.integers(0, 9)), st.just("A1+1"), max_size=3),
)
def test_no_sheet_breaks_the_reading(rows_, header, merged, unsaved):
    titles = [[column.title for column in FILING][:9], [column.title for column in FILING][9:18]]
    areas = [(min(a, c) + 1, min(b, d), max(a, c) + 1, max(b, d)) for a, b, c, d in merged]
    sheet = Grid("表", [*titles[:header], *rows_], merged=areas, unsaved=unsaved, epoch_1904=header)
    reading = read_sheets([sheet, sheet], KNOWN)
    assert len(reading.links) == len(reading.participants)
    read = gather(["2020/a.xlsx"], [reading], BOOK, NO_REFERENCES)
    Filings.validate(read.filings)
    Participants.validate(read.participants)
