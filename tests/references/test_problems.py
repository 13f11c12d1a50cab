"""What is wrong in the reference workbooks is told, each with its cell; what is right is as before."""

import pytest

from flows.errors import SettingError
from flows.references import load_references
from tests.references.books import Books

UNITS, COUNTRIES, INSTITUTIONS, LAST_YEAR = "单位名录.xlsx", "国家地区.xlsx", "境外机构名录.xlsx", "上年项目.xlsx"


def told(references):
    """Workbook, cell, title and value of every problem."""
    return [
        tuple(row) for row in references.problems[["workbook", "cell", "column", "value"]].astype(object).to_numpy()
    ]


def test_good_workbooks_have_no_problem(tmp_path):
    references = Books().load(tmp_path)
    assert told(references) == []
    assert references.doubts == ()
    assert list(references.readings()) == [references]
    assert references.units["unit"].tolist()[0] == "四川省教育厅"
    assert references.unit_names["省教育厅"] == "四川省教育厅"


CASES = [
    (Books().again("units", "四川省教育厅", 层级="市级"), (UNITS, "C8", "层级", "市级")),
    (Books().again("units", "四川省教育厅", 别名="教育厅"), (UNITS, "A8", "单位名称", "四川省教育厅")),
    (Books().again("units", "四川省教育厅", 单位名称="四川省 教育厅", 层级="县级"), (UNITS, "C8", "层级", "县级")),
    (Books().put("units", "四川省教育厅", "层级", "厅级"), (UNITS, "C2", "层级", "厅级")),
    (Books().put("units", "四川省教育厅", "单位性质", "机关"), (UNITS, "F2", "单位性质", "机关")),
    (Books().put("units", "四川省教育厅", "垂直管理", "也许"), (UNITS, "H2", "垂直管理", "也许")),
    (Books().put("units", "四川省教育厅", "外事审批权", None), (UNITS, "G2", "外事审批权", None)),
    (Books().put("units", "四川省教育厅", "所属系统", "#REF!"), (UNITS, "E2", "所属系统", "#REF!")),
    (Books().put("units", "四川省教育厅", "所属系统", "=A1&B1"), (UNITS, "E2", "所属系统", "=A1&B1")),
    (Books().put("units", "绵阳市农业农村局", "所在市州", "棉阳市"), (UNITS, "D5", "所在市州", "棉阳市")),
    (Books().put("units", "绵阳市农业农村局", "所在市州", None), (UNITS, "D5", "所在市州", None)),
    (Books().put("units", "绵阳市农业农村局", "所在市州", "省级"), (UNITS, "D5", "所在市州", None)),
    (Books().put("units", "四川省教育厅", "所在市州", "成都市"), (UNITS, "D2", "所在市州", "成都市")),
    (Books().add("units", [None, None, "省级"]), (UNITS, "A8", "单位名称", None)),
    (Books().add("units", ["注：由省科技厅维护"]), (UNITS, "A8", "单位名称", "注：由省科技厅维护")),
    (Books().put("institutions", "慕尼黑农业学校", "国家（地区）", "火星"), (INSTITUTIONS, "D3", "国家（地区）", None)),
    (Books().again("institutions", "慕尼黑农业学校", 正式合作关系="是"), (INSTITUTIONS, "E4", "正式合作关系", "是")),
    (Books().again("countries", "德国", 热点="是"), (COUNTRIES, "C5", "热点", "是")),
    (Books().again("last_year", "OTM20190001", 批复人数=18), (LAST_YEAR, "F4", "批复人数", "18")),
    (Books().put("last_year", "OTM20190001", "执行人数", 21), (LAST_YEAR, "G2", "执行人数", "21")),
    (Books().put("last_year", "OTM20190001", "批复人数", -1), (LAST_YEAR, "F2", "批复人数", "-1")),
    (Books().put("last_year", "OTM20190001", "组团单位", "无名局"), (LAST_YEAR, "B2", "组团单位", None)),
    (Books().put("last_year", "OTM20190001", "国家（地区）", "火星"), (LAST_YEAR, "D2", "国家（地区）", None)),
    (Books().put("last_year", "OTM20190001", "总结已报送", "未知"), (LAST_YEAR, "H2", "总结已报送", "未知")),
]


@pytest.mark.slow
@pytest.mark.parametrize(("books", "problem"), CASES, ids=[f"{problem[1]}{problem[3]}" for _, problem in CASES])
def test_each_is_told_with_its_cell(books, problem, tmp_path):
    found = told(books.load(tmp_path))
    assert [place[:3] for place in found] == [problem[:3]]
    assert problem[3] in (None, found[0][3])


@pytest.mark.slow
def test_two_units_with_one_alias_have_it_no_more(tmp_path):
    references = Books().put("units", "四川省农学会", "别名", "省农学会、省教育厅").load(tmp_path)
    assert [(cell, value) for _, cell, _, value in told(references)] == [
        ("B2", "省教育厅、四川教育厅"),
        ("B4", "省农学会、省教育厅"),
    ]
    assert references.unit_names["省教育厅"] is None
    assert references.unit_names["四川教育厅"] == "四川省教育厅"
    assert references.units.set_index("unit")["aliases"]["四川省农学会"] == "省农学会"


@pytest.mark.slow
def test_an_alias_that_is_what_another_unit_is_usually_called_is_nobodys(tmp_path):
    books = Books().put("units", "四川省教育厅", "别名", None).put("units", "四川省农学会", "别名", "省教育厅")
    references = books.load(tmp_path)
    assert references.unit_names["省教育厅"] is None
    assert [cell for _, cell, _, _ in told(references)] == ["B4"]


@pytest.mark.slow
def test_a_name_is_its_own_units_whoever_has_it_as_an_alias(tmp_path):
    references = Books().put("units", "四川省农学会", "别名", "四川省教育厅").load(tmp_path)
    assert references.unit_names["四川省教育厅"] == "四川省教育厅"
    assert [cell for _, cell, _, _ in told(references)] == ["B4"]
    assert references.doubts == ()


@pytest.mark.slow
def test_a_column_that_need_not_be_there_is_missed_and_not_asked_for(tmp_path):
    books = Books()
    for row in books.rows["units"]:
        del row[1]
    references = books.load(tmp_path)
    assert [(cell, title) for _, cell, title, _ in told(references)] == [("A1", "别名")]
    assert references.unit_names["四川省教育厅"] == "四川省教育厅"


@pytest.mark.slow
def test_a_column_twice_is_told_and_what_differs_is_open(tmp_path):
    books = Books()
    for row, more in zip(books.rows["units"], ["层级", "市级", *["省级"] * 2, *["市级"] * 3], strict=True):
        row.append(more)
    references = books.load(tmp_path)
    assert [(cell, title) for _, cell, title, _ in told(references)] == [("J1", "层级"), ("J2", "层级")]
    assert [(doubt.entry, doubt.options) for doubt in references.doubts] == [("四川省教育厅", ("省级", "市级"))]


@pytest.mark.slow
@pytest.mark.parametrize("order", [1, -1])
def test_what_is_open_is_known_to_nobody_in_whatever_order(order, tmp_path):
    books = Books().again("units", "绵阳市农业农村局", 层级="省级")
    books.rows["units"][1:] = books.rows["units"][1:][::order]
    references = books.load(tmp_path)
    assert references.units.set_index("unit")["level"].isna().sum() == 1
    assert {reading.units.set_index("unit")["level"]["绵阳市农业农村局"] for reading in references.readings()} == {
        "省级",
        "市级",
    }


@pytest.mark.parametrize("table", ["units", "countries"])
def test_a_register_without_a_row_is_refused(table, tmp_path):
    books = Books()
    del books.rows[table][1:]
    with pytest.raises(SettingError, match="没有任何一行"):
        books.load(tmp_path)


def test_a_missing_required_column_is_refused(tmp_path):
    books = Books()
    for row in books.rows["units"]:
        del row[2]
    with pytest.raises(SettingError, match=r"单位名录\.xlsx 缺少栏目：层级"):
        books.load(tmp_path)


def test_a_workbook_without_a_header_is_refused(tmp_path):
    books = Books()
    del books.rows["countries"][0]
    with pytest.raises(SettingError, match=r"国家地区\.xlsx 没有表头行"):
        books.load(tmp_path)


def test_a_missing_workbook_is_refused(tmp_path):
    Books().write(tmp_path)
    (tmp_path / UNITS).unlink()
    with pytest.raises(SettingError, match="缺少参考表：单位名录"):
        load_references(tmp_path)


@pytest.mark.slow
def test_regions_that_nobody_wrote_are_told_once_and_open_for_each(tmp_path):
    books = Books()
    for row in books.rows["units"]:
        del row[3]
    references = books.load(tmp_path)
    assert [(cell, title) for _, cell, title, _ in told(references)] == [("A1", "所在市州")]
    assert [doubt.entry for doubt in references.doubts] == [
        "绵阳市农业农村局",
        "德阳市农业农村局",
        "中共绵阳市委组织部",
    ]
