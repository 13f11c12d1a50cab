"""Reading, from files to tables: every layout without a fault, every value with its cell, every file accounted for."""

import subprocess
import sys
from pathlib import Path
from time import process_time

import pandas as pd
import pytest
from openpyxl import load_workbook

from flows.read import read
from flows.read.failures import Failure
from flows.read.formats.grid import Grid
from flows.read.frames import gather
from flows.read.tables import FileReading, read_sheets
from flows.read.tables.sheet import as_filed
from flows.references import References, load_references
from flows.settings import PROJECT, Settings
from schemas.cells import a1
from schemas.columns import LAST_YEAR
from schemas.tables import Files, Filings, Participants, Readings, Remarks, Totals, cell, filed
from schemas.words import NO_CELL
from tests.layouts.measure import Figures, every_layout, measure
from tests.layouts.page import Book, Page, write
from tests.layouts.truth import FILINGS as FOUR
from tests.layouts.truth import TAKING_PART, TITLES
from tests.layouts.usual import COLUMNS, body, form, heading, shown, table, taking_part_page
from tests.reading import BOOK, KNOWN, read_file, read_pages
from tests.year import FILING

NAMES = [layout.name for layout in every_layout()]


@pytest.fixture(scope="module")
def references() -> References:
    return load_references(PROJECT / "inputs" / "reference")


@pytest.fixture(scope="module")
def figures(tmp_path_factory, references) -> dict[str, Figures]:
    return {one.name: one for one in measure(every_layout(), tmp_path_factory.mktemp("layouts"), references)}


def reading_of(references: References, *pages: Page, path: str = "2020/申报表.xlsx") -> Readings:
    """What pages give, without a file."""
    reading = read_pages(*pages)
    readings = gather([path], [reading], BOOK, references)
    for schema, frame in (
        (Files, readings.files), (Filings, readings.filings), (Participants, readings.participants),
        (Remarks, readings.remarks), (Totals, readings.totals),
    ):  # fmt: skip
        schema.validate(frame)
    return readings


@pytest.mark.parametrize("name", NAMES)
def test_layout(figures, name):
    assert figures[name].wrong == []


def test_there_are_several_dozen_layouts_with_a_name_of_their_own():
    assert len(set(NAMES)) == len(NAMES) > 100


class TestFiles:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        (tmp_path / "inputs" / "2020").mkdir(parents=True)
        return Settings(2020, tmp_path / "inputs", tmp_path / "outputs", tmp_path / "state", workers=2)

    def test_every_path_is_accounted_for(self, settings, references):
        season = settings.season
        write(Book([form()]), season / "好.xlsx")
        write(Book([Page().put(1, 0, "工资表", "姓名")]), season / "别的.xlsx")
        write(Book([form(filings=[])]), season / "空表.xlsx")
        (season / "空文件.xlsx").write_bytes(b"")
        (season / "扫描件.xlsx").write_bytes(b"%PDF-1.4 ...")
        paths = [
            f"2020/{name}" for name in ("别的.xlsx", "好.xlsx", "扫描件.xlsx", "空文件.xlsx", "空表.xlsx", "没有.xlsx")
        ]
        readings = read(paths, settings, BOOK, references)
        files = Files.validate(readings.files)
        assert files["path"].tolist() == paths
        assert files["status"].tolist() == ["empty", "read", "unreadable", "unreadable", "empty", "unreadable"]
        assert files["reason"].isna().tolist() == [False, True, False, False, False, False]
        assert "没有找到申报项目" in files["reason"][0]
        assert "下面没有项目" in files["reason"][4]
        assert set(readings.filings["file"]) == {"2020/好.xlsx"}

    def test_no_files_give_empty_tables(self, settings, references):
        readings = read([], settings, BOOK, references)
        for schema, frame in (
            (Files, readings.files),
            (Filings, readings.filings),
            (Participants, readings.participants),
        ):
            assert len(schema.validate(frame)) == 0

    def test_the_order_of_files_changes_nothing(self, settings, references):
        for number in range(3):
            write(Book([form(), taking_part_page()]), settings.season / f"{number}.xlsx")
        paths = [f"2020/{number}.xlsx" for number in range(3)]
        one = read(paths, settings, BOOK, references)
        two = read(paths[::-1], settings, BOOK, references)
        for part in ("filings", "participants"):
            left, right = (getattr(r, part).sort_values(["file", "row"], ignore_index=True) for r in (one, two))
            pd.testing.assert_frame_equal(left, right)


class TestReasons:
    """What is said of a file without filings tells what is missing."""

    def test_a_header_that_lacks_most_columns(self, references):
        page = Page().put(1, 0, "序号", "项目名称", "组团单位").put(2, 0, 1, "某某培训", "四川省水利厅")
        reason = reading_of(references, page).files["reason"][0]
        assert "“项目申报”第 1 行有“序号”“项目名称”“组团单位”，但缺少“立项类别”" in reason
        assert "等 21 栏" in reason

    def test_a_sheet_with_something_in_its_two_corners_takes_no_time(self, references):
        corners = Grid("表", [["序号"], *([] for _ in range(1_048_574)), [None] * 16_383 + ["1"]])
        started = process_time()
        assert read_sheets([corners], KNOWN).filings == []
        assert process_time() - started < 5

    def test_nothing_at_all(self, references, tmp_path):
        write(Book([Page()]), tmp_path / "a.xlsx")
        reading = read_file(tmp_path / "a.xlsx")
        assert "没有任何内容" in gather(["2020/a.xlsx"], [reading], BOOK, references).files["reason"][0]

    def test_nothing_of_a_header(self, references):
        reason = reading_of(references, Page().put(1, 0, "工资表", "姓名")).files["reason"][0]
        assert "没有含“项目名称”等栏目的表头" in reason


class TestUnits:
    @pytest.mark.parametrize(
        ("path", "unit"),
        [
            ("2020/成都市/成都科技局申报表.xlsx", "成都市科学技术局"),
            ("2020/成都市科技局/申报表.xlsx", "成都市科学技术局"),
            ("2020/成都市/申报表.xlsx", None),
        ],
    )
    def test_the_path_names_the_unit_where_the_workbook_does_not(self, references, path, unit):
        page = Page()
        table(page, 1)
        read_ = reading_of(references, page, path=path).files["unit"][0]
        assert read_ == unit if unit else pd.isna(read_)

    def test_an_unreadable_file_is_of_the_unit_in_its_path(self, references):
        readings = gather(["2020/成都科技局申报表.xlsx"], [Failure("文件是空的。")], BOOK, references)
        assert readings.files["unit"].tolist() == ["成都市科学技术局"]

    @pytest.mark.parametrize(
        "said",
        [
            "填报单位：成都市科技局",
            "填报单位（盖章）：成都科技局          填报日期：2019年11月20日     单位：万元",
            "申报单位: 成都市科学技术局（外专处）",
            "报 送 单 位：成都市科学技术局（公章）",
        ],
    )
    def test_however_it_is_written(self, references, said):
        page = Page().put(1, 0, said)
        table(page, 3)
        assert reading_of(references, page).files["unit"].tolist() == ["成都市科学技术局"]

    def test_an_unknown_unit_stays_as_written(self, references):
        page = Page().put(1, 0, "填报单位：张江某某公司")
        table(page, 3)
        assert reading_of(references, page).filings["unit"].unique().tolist() == ["张江某某公司"]

    def test_a_unit_of_money_is_no_unit(self, references):
        page = Page().put(1, 0, "单位：万元")
        table(page, 3)
        assert reading_of(references, page).files["unit"].isna().all()


class TestCells:
    def test_every_value_has_the_cell_that_holds_it(self, references, tmp_path):
        page = form()
        write(Book([page]), tmp_path / "a.xlsx")
        sheet = load_workbook(tmp_path / "a.xlsx").active
        filings = reading_of(references, page).filings
        for column in FILING:
            for text, code in filings[[filed(column.name), cell(column.name)]].values:
                assert as_filed(sheet[a1(code)].value) == (text if isinstance(text, str) else "")

    def test_a_column_that_is_not_there_has_no_cell(self, references):
        filings = reading_of(references, form(columns=[c for c in COLUMNS if c != "remarks"])).filings
        assert filings[cell("remarks")].eq(NO_CELL).all()
        assert filings[filed("remarks")].isna().all()

    def test_an_empty_required_cell_has_its_cell(self, references):
        filings = reading_of(references, form(written={"theme": {2: None}})).filings
        assert a1(filings[cell("theme")].iloc[1]) == "F5"
        assert pd.isna(filings[filed("theme")].iloc[1])
        assert pd.isna(filings["theme"].iloc[1])

    def test_a_blank_optional_number_is_none_of_them(self, references):
        filings = reading_of(references, form()).filings
        assert filings["provincial_cadres"].tolist() == [2, 0, 0, 0]
        assert filings[filed("provincial_cadres")].isna().tolist() == [False, True, True, True]

    def test_an_unreadable_value_is_missing_and_filed(self, references):
        filings = reading_of(references, form(written={"headcount": {2: "十余人"}})).filings
        assert pd.isna(filings["headcount"].iloc[1])
        assert filings[filed("headcount")].iloc[1] == "十余人"

    def test_merged_and_ditto_cells(self, references):
        page = form(written={"theme": {2: "同上"}, "organiser": {2: None}})
        page.merged.append((4, 2, 5, 2))
        filings = reading_of(references, page).filings
        second = filings.iloc[1]
        assert (second["organiser"], second[filed("organiser")], a1(second[cell("organiser")])) == (
            FOUR[0]["organiser"], FOUR[0]["organiser"], "C4",
        )  # fmt: skip
        assert (second["theme"], second[filed("theme")], a1(second[cell("theme")])) == ("水利", "同上", "F5")

    def test_ditto_in_the_first_row_of_the_next_sheet(self, references):
        rest = Page("续")
        body(rest, 1, filings=FOUR[1:], written={"organiser": {2: "同上"}})
        filings = reading_of(references, form(filings=FOUR[:1]), rest).filings
        assert filings["organiser"].iloc[1] == FOUR[0]["organiser"]

    def test_a_word_for_nothing_in_an_optional_cell(self, references):
        written = {"green_channel": {1: "无", 3: "非绿色通道"}, "letter_no": {1: "无"}, "provincial_cadres": {1: "/"}}
        filings = reading_of(references, form(written=written)).filings
        first, third = filings.iloc[0], filings.iloc[2]
        assert pd.isna(first["green_channel"])
        assert first[filed("green_channel")] == "无"
        assert pd.isna(third[filed("green_channel")])
        assert pd.isna(first["letter_no"])
        assert first["provincial_cadres"] == 0

    def test_two_readings_are_a_remark_on_the_cell(self, references):
        readings = reading_of(references, form(written={"start_date": {2: "3/4/2020"}}))
        (remark,) = readings.remarks.to_dict("records")
        assert (remark["kind"], a1(remark["cell"]), remark["value"]) == ("ambiguous", "O5", "3/4/2020")
        assert remark["detail"] == "2020年3月4日、2020年4月3日"
        assert remark["filing_id"] == readings.filings["filing_id"].iloc[1]

    def test_a_header_is_remarked_upon_once(self, references):
        readings = reading_of(references, form(columns=[c for c in COLUMNS if c != "phone"]))
        assert readings.remarks[["kind", "column", "detail"]].values.tolist() == [
            ["column_missing", "phone", "联系电话"]
        ]
        assert readings.remarks["filing_id"].isna().all()

    @pytest.mark.parametrize("title", ["经费预算（万元）", "经费预算"])
    def test_an_amount_that_no_group_costs_may_be_in_yuan(self, references, title):
        page = form(titles={"budget": title}, written={"budget": lambda v: v * 10_000})
        readings = reading_of(references, page)
        assert readings.filings["budget"].isna().all()
        assert readings.remarks["kind"].tolist() == ["ambiguous"] * len(FOUR)
        assert readings.remarks["detail"].str.fullmatch(r"\d+万元、\d+元").all()

    def test_a_large_amount_is_read_where_the_title_says_its_unit(self, references):
        readings = reading_of(references, form(written={"budget": {2: 6000, 3: "12000万元"}}))
        assert readings.filings["budget"].tolist()[1:3] == [6000, 12000]
        assert readings.remarks.empty

    def test_a_number_for_a_day_may_be_two_days(self, references):
        readings = reading_of(references, form(written={"start_date": {1: 3.1, 2: "3.1", 3: 3.5}}))
        assert readings.remarks[["kind", "detail"]].values.tolist() == [["ambiguous", "2020年3月1日、2020年3月10日"]]
        assert readings.filings["start_date"].dt.strftime("%m-%d").tolist()[1:3] == ["03-01", "03-05"]

    @pytest.mark.parametrize(("days", "unclear"), [(("3.1", "3.5"), 1), (("3.1", "3.10"), 0)])
    def test_a_file_of_mere_text_does_not_tell_numbers_from_texts(self, references, tmp_path, days, unclear):
        write(Book([form(written={"start_date": dict(enumerate(days, start=1))})], "csv"), tmp_path / "a.csv")
        reading = read_file(tmp_path / "a.csv")
        readings = gather(["2020/a.csv"], [reading], BOOK, references)
        assert readings.remarks["kind"].tolist() == ["ambiguous"] * unclear
        assert int(readings.filings["start_date"].isna().sum()) == unclear

    def test_two_numbers_of_the_system_in_one_cell_are_a_remark(self, references):
        written = {"otm_no": {1: "OTM2020510101、OTM2020510102", 2: "2.02E+11", 3: 2.02e17}}
        readings = reading_of(references, form(written=written))
        assert readings.filings["otm_no"].isna().tolist() == [True, True, True, False]
        assert readings.filings[filed("otm_no")].iloc[1] == "2.02E+11"
        assert readings.remarks[["kind", "column", "detail"]].values.tolist() == [
            ["ambiguous", "otm_no", "OTM2020510101、OTM2020510102"]
        ]

    def test_the_unit_in_a_cell_wins_over_that_in_the_title(self, references):
        readings = reading_of(references, form(written={"budget": {1: "725千元", 2: "60万5千元", 3: "960,000元"}}))
        assert readings.filings["budget"].tolist()[:3] == [72.5, 60.5, 96]
        assert readings.remarks.empty

    def test_ditto_for_the_project_of_participants(self, references):
        page = taking_part_page()
        for row, cells in enumerate(
            [(1, "绵阳市水利局"), ("同上", "宜宾市水利局"), ("〃", "成都市水务局"), (2, "南充市水务局")], 2
        ):
            page.put(row, 0, *cells, "某市", "水利", 2, "是")
        taking_part = reading_of(references, form(), page).participants
        assert taking_part["seq"].tolist() == [1, 1, 1, 2]
        assert taking_part["filing_id"].notna().all()

    def test_numbered_notes_below_participants_are_none(self, references):
        page = taking_part_page()
        page.put(5, 0, "备注：").put(6, 0, 1, "以上单位均已列入预算；").put(7, 0, 2, "人数以批复文件为准")
        assert len(reading_of(references, form(), page).participants) == len(TAKING_PART)

    def test_a_participant_of_which_only_the_name_is_given_is_one(self, references):
        page = taking_part_page().put(4, 0, 1, "成都轨道集团").put(5, 0, "备注：无").put(6, 0, 1, "成都市水务局")
        assert len(reading_of(references, form(), page).participants) == len(TAKING_PART) + 2

    def test_cards_are_numbered_as_they_come(self, references):
        page = Page()
        columns = [column for column in COLUMNS if column != "seq"]
        for number, filing in enumerate(FOUR):
            for place, column in enumerate(columns):
                page.put(1 + number * 40 + place, 0, TITLES[column], shown(filing, column))
        readings = reading_of(references, page)
        assert readings.filings["seq"].tolist() == [1, 2, 3, 4]
        assert readings.filings[cell("seq")].eq(NO_CELL).all()
        assert readings.filings[filed("seq")].isna().all()
        assert readings.remarks.empty

    def test_last_years_projects_are_no_filings(self, references):
        last = Page("上年").put(1, 0, *[column.title for column in LAST_YEAR])
        last.put(2, 0, "OTC2019-1", "四川省水利厅", "奶牛精准饲养培训", "德国", "慕尼黑工业大学", 15, 14, "是")
        assert len(reading_of(references, form(), last).filings) == len(FOUR)


class TestGroupsOfUnknownParts:
    """A group title of the template over parts that are none."""

    @staticmethod
    def page(column: str, parts: dict[str, list]) -> Page:
        page, at = Page(), 0
        for name in COLUMNS:
            width = len(parts) if name == column else 1
            page.span(1, at, TITLES[name], rows=1 if width > 1 else 2, columns=width)
            for number, (part, values) in enumerate(parts.items() if width > 1 else {"": ()}.items()):
                page.put(2, at + number, part or None)
                for row, value in enumerate(values, start=3):
                    page.put(row, at + number, value)
            for row, filing in enumerate(FOUR if width == 1 else (), start=3):
                page.put(row, at, shown(filing, name))
            at += width
        return page

    def test_yes_and_no_in_columns_of_their_own(self, references):
        readings = reading_of(
            references, self.page("cross_region", {"是": ["√", None, "√", None], "否": [None, "√", "√", None]})
        )
        assert readings.filings["cross_region"].tolist()[:2] == [True, False]
        assert readings.filings["cross_region"].isna().tolist()[2:] == [True, True]
        assert [a1(code) for code in readings.filings[cell("cross_region")]][:2] == ["G3", "H4"]
        assert readings.remarks.empty

    def test_the_whole_of_an_amount(self, references):
        readings = reading_of(
            references, self.page("budget", {"财政": [20] * 4, "自筹": [30] * 4, "合计": [50, 50, 50, 500_000]})
        )
        assert readings.filings["budget"].tolist()[:3] == [50, 50, 50]
        assert readings.remarks["kind"].tolist() == ["ambiguous"]
        assert readings.totals.empty

    def test_the_days_abroad(self, references):
        readings = reading_of(references, self.page("days", {"国内": [3] * 4, "境外": [21] * 4}))
        assert readings.filings["days"].tolist() == [21] * 4

    def test_what_cannot_be_told_is_said(self, references):
        readings = reading_of(references, self.page("budget", {"财政": [20] * 4, "自筹": [30] * 4}))
        assert readings.remarks[["kind", "column", "value"]].values.tolist() == [["title_twice", "budget", "自筹"]]


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


class TestParticipants:
    def test_they_follow_the_projects_number(self, references):
        readings = reading_of(references, form(), taking_part_page())
        assert readings.participants["filing_id"].tolist() == [readings.filings["filing_id"].iloc[0]] * 2
        assert readings.participants["participant"].tolist() == [unit for _, unit, _ in TAKING_PART]

    def test_a_number_of_no_project_is_left_open(self, references):
        page = taking_part_page()
        page.cells[2, 0] = 99
        assert reading_of(references, form(), page).participants["filing_id"].isna().tolist() == [True, False]

    def test_a_list_in_one_cell_names_that_cell(self, references):
        page = Page()
        table(page, 1, columns=[*COLUMNS, "参团单位"])
        page.put(2, 28, "绵阳市水利局4人、宜宾市水利局3人")
        taking_part = reading_of(references, page).participants
        assert taking_part["participants"].tolist() == [4, 3]
        assert [a1(code) for code in taking_part[cell("participant")]] == ["AC2", "AC2"]
        assert taking_part[filed("participant")].tolist() == ["绵阳市水利局4人", "宜宾市水利局3人"]
        assert taking_part[cell("budgeted")].eq(NO_CELL).all()

    def test_totals_and_notes_are_no_participants(self, references):
        page = (
            taking_part_page().put(4, 0, "合计").put(4, 4, 7).put(5, 0, "填表人：").put(6, 1, "注：以上单位均已商定。")
        )
        assert len(reading_of(references, form(), page).participants) == 2


def test_what_a_worker_gives_is_small_and_without_pandas():
    reading = read_pages(form())
    assert isinstance(reading, FileReading)
    assert isinstance(reading.filings[0].texts["title"], str)


def test_the_workers_import_no_pandas():
    code = "import sys, flows.read.one_file; sys.exit('pandas' in sys.modules or 'prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(PROJECT), check=False).returncode == 0
