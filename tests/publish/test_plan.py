"""The plan as it is put before the leaders: sums that add up, charts of them, what is printed, and the line of 指标控制数."""

import zipfile
from functools import partial
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import duckdb
import openpyxl
import pandas as pd
import pytest

from flows.errors import SettingError
from flows.publish.plan import write_plan
from flows.publish.remarks import remarks
from flows.settings import settings
from schemas.sheets import LETTER, PRINTED, SUMS
from tests import looks
from tests.nights import INPUTS, night
from tests.references.books import WORKBOOKS
from tests.year import NOTICE

LINE = [["全省", None, 1000], ["市州", "成都市", 30], ["类别", "一般", 0]]
MOVED = [["全省", None, 1100], ["市州", "成都市", 60], ["类别", "一般", 0]]


def set_numbers(inputs: Path, rows: list[list[object]]) -> None:
    """Write 指标控制数.xlsx."""
    name, columns = WORKBOOKS["quotas"]
    book = openpyxl.Workbook()
    for row in ([column.title for column in columns], *rows):
        book.active.append(row)
    book.save(inputs / "reference" / name)


@pytest.fixture(scope="module")
def season(tmp_path_factory) -> Path:
    """The outputs of two nights over the sample season: with numbers of people, and with these moved."""
    folder = tmp_path_factory.mktemp("season")
    copytree(INPUTS, folder / "inputs")
    set_numbers(folder / "inputs", LINE)
    night(folder / "inputs", folder / "outputs")
    set_numbers(folder / "inputs", MOVED)
    night(folder / "inputs", folder / "outputs")
    return folder / "outputs"


@pytest.fixture(scope="module")
def book(season):
    return openpyxl.load_workbook(season / "2020" / "全省计划.xlsx", data_only=True)


def asked(outputs: Path, query: str) -> pd.DataFrame:
    with duckdb.connect(outputs / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(query).df()


def rows_of(sheet, titles) -> list[dict[str, object]]:
    """The rows below the header as values by title."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(place for place, row in enumerate(rows) if tuple(row[: len(titles)]) == titles)
    return [dict(zip(titles, row, strict=False)) for row in rows[header + 1 :]]


DIMENSIONS = {
    "所在市州": "u.region",
    "所属系统": "u.system",
    "立项类别": "g.priority_class",
    "培训类型": "g.training_type",
    "国家（地区）": "g.country",
    "经费来源": "g.funding_source",
    "出境月份": "month(g.start_date) || '月'",
}
COUNTED = """
    SELECT {what} AS word, count(*) AS groups, sum(g.headcount) AS people, sum(g.headcount * g.days) AS person_days,
        round(sum(g.budget), 6) AS budget
    FROM training_group AS g
    JOIN filing AS f ON f.filing_id = g.lead_filing_id AND f.run_id = g.run_id AND f.disposition = 'included'
    LEFT JOIN unit AS u ON u.unit = g.organiser AND u.run_id = g.run_id
    WHERE g.run_id = (SELECT run_id FROM run ORDER BY number DESC LIMIT 1)
    GROUP BY ALL
"""


@pytest.mark.slow
class TestSeason:
    def test_sums_are_those_of_the_warehouse_counted_otherwise(self, season, book):
        rows = rows_of(book["汇总"], SUMS.titles)
        for dimension, what in DIMENSIONS.items():
            counted = asked(season, COUNTED.format(what=what)).set_index("word")
            shown = {
                row["项目"]: row
                for row in rows
                if row["统计口径"] == dimension and not str(row["项目"]).endswith(("小计", "合计"))
            }
            assert counted.index.isin(list(shown)).all()
            for word, row in shown.items():
                expected = counted.loc[word].tolist() if word in counted.index else [0, 0, 0, 0]
                assert [row["团组"], row["人数"], row["人天"], row["万元"]] == pytest.approx(expected), (
                    dimension,
                    word,
                )
            (total,) = [row for row in rows if row["统计口径"] == dimension and row["项目"] == "合计"]
            assert [total["团组"], total["人数"], total["人天"]] == counted[
                ["groups", "people", "person_days"]
            ].sum().tolist()
            assert total["人数占比"] == pytest.approx(1)
        kinds = {row["项目"]: row["人数"] for row in rows if str(row["项目"]).endswith("小计")}
        classes = asked(season, COUNTED.format(what="g.priority_class")).set_index("word")["people"]
        assert kinds == {f"{kind}小计": classes.filter(like=kind).sum() for kind in ("优先", "重点")}

    def test_last_year_stands_beside_this_one(self, season, book):
        last = asked(
            season,
            "SELECT sum(approved), sum(executed) FROM last_year WHERE run_id = (SELECT max(run_id) FROM last_year)",
        )
        rows = [row for row in rows_of(book["汇总"], SUMS.titles) if row["项目"] == "合计"]
        by_dimension = {row["统计口径"]: row for row in rows}
        for dimension in ("所在市州", "所属系统", "国家（地区）", "热点", "一带一路", "单位层级"):
            row = by_dimension[dimension]
            assert [row["上年批复"], row["上年执行"]] == last.iloc[0].tolist()
            assert row["执行率"] == pytest.approx(row["上年执行"] / row["上年批复"])
            assert row["比上年"] == row["人数"] - row["上年批复"]
        assert by_dimension["立项类别"]["上年批复"] is None

    def test_an_office_program_calculates_the_same(self, season, tmp_path, libreoffice):
        path = season / "2020" / "全省计划.xlsx"
        libreoffice.work(path, [["recalculate"]], save_as=tmp_path / "again.xlsx")
        again = openpyxl.load_workbook(tmp_path / "again.xlsx", data_only=True)
        kept, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
        compared = 0
        for name in ("汇总", "图表", "计划打印"):
            for row in formulas[name].iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        there, here = again[name][cell.coordinate].value, kept[name][cell.coordinate].value
                        assert (there or "") == pytest.approx(here or ""), (
                            (name, cell.coordinate) if isinstance(here, str) else there
                        )
                        compared += 1
        assert compared > 400
        assert len(again["图表"]._charts) == 5

    def test_the_line_is_where_the_numbers_say_and_moves_with_them(self, season):
        runs = asked(season, "SELECT run_id FROM run ORDER BY number")["run_id"].tolist()
        above = [
            asked(
                season,
                f"""
                SELECT g.group_id, g.headcount, u.region, g.priority_class
                FROM training_group AS g
                JOIN filing AS f ON f.filing_id = g.lead_filing_id AND f.run_id = g.run_id AND f.disposition = 'included'
                LEFT JOIN unit AS u ON u.unit = g.organiser AND u.run_id = g.run_id
                WHERE g.run_id = '{run}' AND g.beyond IS NULL
                """,
            )
            for run in runs
        ]
        for groups, province, city in zip(above, (1000, 1100), (30, 60), strict=True):
            assert groups["headcount"].sum() <= province
            assert groups.loc[groups["region"].eq("成都市"), "headcount"].sum() <= city
            assert not groups["priority_class"].eq("一般").any()
        assert set(above[0]["group_id"]) < set(above[1]["group_id"])

    def test_below_the_line_they_stand_below_and_are_still_in_the_plan(self, season, book):
        plan = asked(season, "SELECT * FROM plan")
        groups = rows_of(book["计划总表"], ("序号", "团组编号"))
        assert len(groups) == len(plan) == 160
        printed = rows_of(book["计划打印"], PRINTED.titles)
        at = [row["序号"] for row in printed].index("以下超出指标控制数，列在线下")
        assert [row["序号"] for row in printed[: at - 1]] == plan.loc[plan["beyond"].isna(), "seq"].tolist()
        assert printed[at - 1]["人数"] == plan.loc[plan["beyond"].isna(), "headcount"].sum()
        assert printed[at - 1]["万元"] == pytest.approx(plan.loc[plan["beyond"].isna(), "budget"].sum())
        numbers = {row["名称"]: row for row in rows_of(book["指标控制数"], ("范围", "名称", "控制数"))}
        sheet = book["指标控制数"]
        assert set(numbers) == {"全省", "成都市", "一般"}
        used = asked(season, "SELECT * FROM quota_use WHERE scope = '全省'").iloc[0]
        assert used["left_over"] == 1100 - plan.loc[plan["beyond"].isna(), "headcount"].sum()
        assert used["left_over"] in [cell.value for row in sheet.iter_rows() for cell in row]


def test_what_is_printed_is_large_enough_and_signed(tmp_path):
    with looks.loaded(tmp_path) as (view, _):
        for paper, size in (("A4", "9"), ("A3", "8")):
            write_plan(tmp_path / f"{paper}.xlsx", view, NOTICE, paper=paper)
            sheet = openpyxl.load_workbook(tmp_path / f"{paper}.xlsx")["计划打印"]
            assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (size, "landscape")
            assert sheet.page_setup.useFirstPageNumber
            assert sheet.print_title_rows == "$4:$4"
            filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert min(cell.font.sz for cell in filled[:-1]) >= 9
            said = "".join(str(cell.value) for cell in filled)
            assert all(word in said for word in ("附件", "编制人：", "审核人：", "负责人：", "年　　　月　　　日"))
            assert "批次" in str(filled[-1].value)
            assert all(sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows())
            fonts = {cell.font.name for cell in filled}
            assert {"方正小标宋简体", "仿宋", "黑体"} <= fonts


WIDEST = 135
"""Characters of the house's default font across A4 landscape between the margins, at full size."""


def test_what_is_printed_on_a4_is_not_made_smaller_than_nine_points():
    assert len(PRINTED.columns) == 12
    assert sum(column.width for column in PRINTED.columns) * 9 / 10 <= WIDEST


def test_a_letter_is_printed_at_nine_points():
    assert sum(column.width for column in LETTER.columns) * 9 / 10 <= WIDEST


def test_the_batch_stands_small_in_the_foot_alone(tmp_path):
    with looks.loaded(tmp_path) as (view, _):
        write_plan(tmp_path / "plan.xlsx", view, NOTICE)
    for sheet in openpyxl.load_workbook(tmp_path / "plan.xlsx"):
        above = [str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row]
        assert not any("批次" in text for text in above)
        assert (sheet.oddFooter.right.text or "").startswith("批次：")
        assert sheet.oddFooter.right.size == 7
        assert "&A" in sheet.oddFooter.center.text or "&[Tab]" in sheet.oddFooter.center.text
        assert sheet.page_setup.useFirstPageNumber


def test_charts_keep_what_they_show(tmp_path):
    with looks.loaded(tmp_path) as (view, _):
        write_plan(tmp_path / "plan.xlsx", view, NOTICE)
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 5
    assert all("<c:numCache>" in chart and "<c:strCache>" in chart for chart in charts)


def test_the_paper_is_one_that_there_is(tmp_path, monkeypatch):
    (tmp_path / "2020").mkdir()
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    asked_for = partial(settings, 2020, tmp_path, tmp_path / "outputs")
    assert asked_for().paper == "A4"
    monkeypatch.setenv("HUIZONG_PAPER", "A3")
    assert asked_for().paper == "A3"
    monkeypatch.setenv("HUIZONG_PAPER", "B5")
    with pytest.raises(SettingError, match="HUIZONG_PAPER（现为“B5”）不合要求：“B5”不认得，应为 A4、A3 之一"):
        asked_for()


def test_what_is_said_several_times_of_a_group_is_remarked_once():
    row = {"group_id": "g1", "excepted": False, "clause": "一（三）", "message": "热点国家。"}
    told = pd.DataFrame([row, row, {**row, "message": "另一句。"}, {**row, "group_id": "g2"}])
    said = remarks(SimpleNamespace(view={"plan_remark": told}.__getitem__))
    assert said["g1"] == "【提示】一（三）　热点国家。（共 2 处）\n【提示】一（三）　另一句。"
    assert said["g2"] == "【提示】一（三）　热点国家。"
