"""From what files gave to tables: every file accounted for, its unit, every value with its cell, what is said of it."""

from time import process_time

import pandas as pd
import pyarrow as pa
import pytest
from openpyxl import load_workbook

from flows.read import read
from flows.read.failures import Failure
from flows.read.formats.grid import Grid
from flows.read.frames import gather
from flows.read.frames.column_readers import ColumnReaders
from flows.read.frames.column_values import read_column
from flows.read.tables import read_sheets
from flows.read.tables.sheet import as_filed
from flows.settings import Settings
from schemas.cells import a1
from schemas.columns import Column
from schemas.tables import Files, Filings, Participants
from schemas.words import NO_CELL
from tests.frames import cell, filed
from tests.layouts.page import Book, Page, write
from tests.layouts.truth import TEMPLATE
from tests.layouts.usual import COLUMNS, form, table, taking_part_page
from tests.reading import BOOK, KNOWN, filings_with_cells, read_file, reading_of


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

    @pytest.mark.slow
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
        filings = filings_with_cells(reading_of(references, page))
        for column in TEMPLATE:
            for text, code in filings[[filed(column.name), cell(column.name)]].values:
                assert as_filed(sheet[a1(code)].value) == (text if isinstance(text, str) else "")

    def test_a_column_that_is_not_there_has_no_cell(self, references):
        filings = filings_with_cells(reading_of(references, form(columns=[c for c in COLUMNS if c != "remarks"])))
        assert filings[cell("remarks")].eq(NO_CELL).all()
        assert filings[filed("remarks")].isna().all()

    def test_an_empty_required_cell_has_its_cell(self, references):
        filings = filings_with_cells(reading_of(references, form(written={"theme": {2: None}})))
        assert a1(filings[cell("theme")].iloc[1]) == "F5"
        assert pd.isna(filings[filed("theme")].iloc[1])
        assert pd.isna(filings["theme"].iloc[1])

    def test_a_blank_optional_number_is_none_of_them(self, references):
        filings = filings_with_cells(reading_of(references, form()))
        assert filings["provincial_cadres"].tolist() == [2, 0, 0, 0]
        assert filings[filed("provincial_cadres")].isna().tolist() == [False, True, True, True]

    def test_an_unreadable_value_is_missing_and_filed(self, references):
        filings = filings_with_cells(reading_of(references, form(written={"headcount": {2: "十余人"}})))
        assert pd.isna(filings["headcount"].iloc[1])
        assert filings[filed("headcount")].iloc[1] == "十余人"

    def test_a_word_for_nothing_in_an_optional_cell(self, references):
        written = {"green_channel": {1: "无", 3: "非绿色通道"}, "letter_no": {1: "无"}, "provincial_cadres": {1: "/"}}
        filings = filings_with_cells(reading_of(references, form(written=written)))
        first, third = filings.iloc[0], filings.iloc[2]
        assert pd.isna(first["green_channel"])
        assert first[filed("green_channel")] == "无"
        assert pd.isna(third[filed("green_channel")])
        assert pd.isna(first["letter_no"])
        assert first["provincial_cadres"] == 0

    def test_no_is_an_answer_in_an_optional_cell_too(self, references):
        column = Column("leads_the_team", "是否带队", "flag", "该单位是否派团长", required=False)
        texts = pa.array(["是", "否", "无", "—", None], pa.large_string())
        values, _, unclear = read_column(column, texts, {}, ColumnReaders(BOOK, references))
        assert values.astype(object).where(values.notna(), None).tolist() == [True, False, False, None, None]
        assert unclear == []

    def test_two_readings_are_a_remark_on_the_cell(self, references):
        readings = reading_of(references, form(written={"start_date": {2: "3/4/2020"}}))
        (remark,) = readings.remarks.to_dict("records")
        assert (remark["kind"], a1(remark["cell"]), remark["value"]) == ("ambiguous", "O5", "3/4/2020")
        assert remark["detail"] == "2020年3月4日、2020年4月3日"
        assert remark["filing_id"] == readings.filings["filing_id"].iloc[1]

    def test_two_numbers_of_the_system_in_one_cell_are_a_remark(self, references):
        written = {"otm_no": {1: "OTM2020510101、OTM2020510102", 2: "2.02E+11", 3: 2.02e17}}
        readings = reading_of(references, form(written=written))
        assert readings.filings["otm_no"].isna().tolist() == [True, True, True, False]
        assert filings_with_cells(readings)[filed("otm_no")].iloc[1] == "2.02E+11"
        assert readings.remarks[["kind", "column", "detail"]].values.tolist() == [
            ["several_values", "otm_no", "OTM2020510101、OTM2020510102"]
        ]
