"""Which rows below a header are filings."""

import pytest

from flows.read.tables.row_kinds import RowKinds, filing_rows
from flows.read.tables.synonyms import FILINGS
from tests.layouts.page import Page
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.truth import TEMPLATE
from tests.layouts.usual import COLUMNS, body, form, heading, table
from tests.reading import KNOWN, laid_out


def rows(page: Page) -> RowKinds:
    """The rows of the one table of a page."""
    (found,) = laid_out(page).tables(FILINGS)
    return filing_rows(found.sheet, found.header, found.rows, KNOWN)


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
            {1: "负责人签字："},
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
        page.put(row, 0, *[column.title for column in TEMPLATE])
        page.put(row + 1, 0, *[hints.get(column.name) for column in TEMPLATE])
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
