import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from flows.publish.workbook import book as writing
from flows.publish.workbook import cells, text
from schemas.words import DISPOSITIONS, SEVERITIES
from tests import looks
from tests.desk import written_in
from tests.looks import A, B, C, Night, write

pytestmark = pytest.mark.slow

CONTRACT = {
    "问题清单": "编号 级别 条款 单位 文件 工作表 单元格 项目名称 栏目 填报值 问题 修改建议 首次出现 处理意见 处理说明 处理人 "
    "给单位的话",
    "疑似重复": "编号 相似度 文件甲 行甲 项目名称甲 文件乙 行乙 项目名称乙 处理意见 处理说明 处理人",
    "待办": "级别 条款 问题 处理意见 处理说明 处理人 给单位的话 编号",
    "文件清单": "文件 单位 状态 原因 申报项目数 " + " ".join(DISPOSITIONS.values()),
    "对账": "文件 " + " ".join(DISPOSITIONS.values()),
    "计划总表": "序号 团组编号 项目名称 组团单位 立项类别 培训类型 培训领域 是否双跨 国家（地区） 境外培训机构 人数 天数 "
    "拟出境日期 拟入境日期 经费来源 经费预算（万元） 参团单位 来源文件 备注 排序依据 指标控制",
}
OWN_FORMULA = re.compile(
    r"""=(?:SUM|SUBTOTAL)\((?:9,)?[A-Z]+\d+:[A-Z]+\d+\) | =IF\(\S+=0,"",\S+\) | ='汇总'!\S+ | =[A-Z]+\d+-[A-Z]+\d+""",
    re.VERBOSE,
)
"""What the plan calculates itself, of cells alone."""
ENTRIES = ("处理意见", "处理说明", "处理人")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looks")
    (folder / "inputs" / A).parent.mkdir(parents=True)
    (folder / "inputs" / A).write_bytes(b"")
    (folder / "inputs" / C).parent.mkdir(parents=True)
    (folder / "inputs" / C).write_bytes(b"")
    return write(folder)


@pytest.fixture(scope="module")
def plan(published):
    return openpyxl.load_workbook(published / "全省计划.xlsx")


@pytest.fixture(scope="module")
def exceptions(published):
    return openpyxl.load_workbook(published / "异常清单.xlsx")


def header_row(sheet):
    """The row that has the contract's titles, as Excel counts."""
    wanted = CONTRACT.get(sheet.title, "编号").split()
    return next(row[0].row for row in sheet.iter_rows() if set(wanted) <= {cell.value for cell in row})


def table(sheet):
    """The rows below the header as mappings of cells by title."""
    top = header_row(sheet)
    titles = [cell.value for cell in sheet[top]]
    return [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=top + 1)]


def values(sheet, title):
    return [row[title].value for row in table(sheet)]


def night(tmp_path, **what):
    """The exceptions workbook of one night."""
    return openpyxl.load_workbook(write(tmp_path, [Night(**what)]) / "异常清单.xlsx")


@pytest.mark.parametrize("name", [name for name in CONTRACT if name != "计划总表"])
def test_exceptions_have_the_titles_that_tools_look_for_in_one_row(exceptions, name):
    assert header_row(exceptions[name]) <= 5


def test_plan_has_the_titles_that_tools_look_for_and_says_that_it_is_preliminary(plan):
    sheet = plan["计划总表"]
    assert header_row(sheet) <= 5
    above = "".join(str(cell.value or "") for row in sheet.iter_rows(max_row=3) for cell in row)
    for said in ("预审", "四（六）1", "四川省科学技术厅引智处", "2019 年 11 月 21 日", "3 个团组"):
        assert said in above


def test_plan_rows_are_the_groups_with_numbers_and_dates_as_such(plan):
    rows = table(plan["计划总表"])
    assert [row["团组编号"].value for row in rows] == ["g-f-b2", "g-f-a1", "g-f-c2"]
    first = rows[0]
    assert (first["人数"].value, first["经费预算（万元）"].value) == (15, 1234.5)
    assert first["拟出境日期"].value == datetime(2020, 5, 11)
    assert (first["拟出境日期"].number_format, first["经费预算（万元）"].number_format) == ("yyyy-mm-dd", "#,##0.00")
    assert first["是否双跨"].value == "否"
    assert rows[1]["来源文件"].value == f"{A}、{B}"


def test_plan_says_who_takes_part_and_what_is_left_out(plan):
    assert "绵阳市农业农村局" in [cell.value for cell in plan["参团单位"]["E"]]
    outside = plan["未纳入项目"]
    assert [outside.cell(row, 1).value for row in (5, 6, 7)] == ["待核", "退回修改", "不予受理"]


def test_what_blocks_most_comes_first_and_what_is_decided_last(exceptions):
    rows = table(exceptions["问题清单"])
    order = list(SEVERITIES.values())
    still_open = [order.index(row["级别"].value) for row in rows if row["状态"].value != "已同意"]
    assert still_open == sorted(still_open)
    assert [row["状态"].value for row in rows].index("已同意") == len(rows) - 1
    fills = {row["级别"].value: row["级别"].fill.fgColor.rgb for row in rows[:-1]}
    assert len(set(fills.values())) == len(SEVERITIES), "a colour for each severity"


@pytest.mark.parametrize("name", ["问题清单", "疑似重复"])
def test_only_the_entries_are_to_be_filled_in(exceptions, name):
    sheet = exceptions[name]
    for row in table(sheet):
        assert {title for title, cell in row.items() if not cell.protection.locked} - {"给单位的话"} == set(ENTRIES)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows", "deleteRows"):
        assert getattr(sheet.protection, allowed) is False, f"{allowed} is not forbidden"
    refused = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "custom")
    assert sheet.cell(header_row(sheet) + 1, 1).coordinate in refused.sqref


def test_verdicts_are_chosen_from_a_list(exceptions):
    for name, words in (("问题清单", "同意,退回,剔除,撤销"), ("疑似重复", "合并,不合并,撤销")):
        sheet = exceptions[name]
        rule = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
        assert rule.formula1 == f'"{words}"'
        assert all(row["处理意见"].coordinate in rule.sqref for row in table(sheet))


@pytest.mark.parametrize("name", ["问题清单", "疑似重复", "文件清单", "对账", "分单位对账", "已处理", "本夜变化"])
def test_every_table_is_set_up_for_work_and_print(exceptions, name):
    sheet = exceptions[name]
    top = sheet.auto_filter.ref.split(":")[0]
    assert top.startswith("A")
    beside = {"疑似重复": "D", "问题清单": "C"}.get(name, "B")  # what a project is called stays beside the verdict
    assert sheet.freeze_panes == f"{beside}{int(top[1:]) + 1}"
    assert sheet.print_title_rows == f"${top[1:]}:${top[1:]}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert "&P" in sheet.oddFooter.center.text


def test_a_cell_links_to_its_place_in_the_submission(exceptions, published):
    row = next(row for row in table(exceptions["问题清单"]) if row["单元格"].value == "M5")
    link = row["单元格"].hyperlink
    target = Path(unquote(link.target.replace("\\", "/")))
    assert (published / target).resolve() == (published.parents[1] / "inputs" / A).resolve()
    assert link.location == "'项目申报'!M5"


def test_there_is_no_link_rather_than_a_broken_one(exceptions):
    rows = {row["编号"].value: row for row in table(exceptions["问题清单"])}
    assert rows["9f1c22aa01de4477"]["文件"].value == C
    assert rows["9f1c22aa01de4477"]["单元格"].hyperlink is None, "a name with # and %"
    assert rows["9f1c22aa01de4481"]["单元格"].hyperlink is None, "a file that is not there"


def test_no_more_links_than_a_sheet_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MOST_LINKS", 2)
    (tmp_path / "inputs" / A).parent.mkdir(parents=True)
    (tmp_path / "inputs" / A).write_bytes(b"")
    findings = [{"finding_id": f"p{n}", "file": A, "sheet": "项目申报", "cell": f"H{n}"} for n in range(1, 6)]
    sheet = night(tmp_path, filings=[{"file": A}], findings=findings)["问题清单"]
    assert [row["单元格"].hyperlink is not None for row in table(sheet)] == [True, False, False, False, False], (
        "in all columns together"
    )
    assert values(sheet, "单元格") == [f"H{n}" for n in range(1, 6)]


def test_text_from_submissions_never_becomes_a_formula(published, plan, exceptions):
    for book in (plan, exceptions):
        for sheet in book:
            formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert not [cell.coordinate for cell in formulas if not OWN_FORMULA.fullmatch(cell.value)]
    titles = values(exceptions["问题清单"], "项目名称")
    assert '=HYPERLINK("http://x","点我")' in titles
    row = next(row for row in table(exceptions["问题清单"]) if str(row["项目名称"].value).startswith("="))
    assert row["项目名称"].quotePrefix


def test_control_characters_are_shown_and_break_nothing(exceptions):
    assert "+牦牛繁育\ufffd与草原生态保护😀技术" in values(exceptions["问题清单"], "项目名称")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("普通文字\n第二行\t", "普通文字\n第二行\t"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\x00\x1b半\ud800个", "\ufffd\ufffd半\ufffd个"),
        ("😀" * 20_000, "😀" * 16_380 + "……（以下略）"),
        ("字" * 40_000, "字" * 32_760 + "……（以下略）"),
    ],
)
def test_a_cell_can_hold_any_text(typed, held):
    assert text.safe(typed) == held
    assert len(held.encode("utf-16-le")) // 2 <= text.LONGEST


@pytest.mark.parametrize("typed", [looks.LONG * 5, "\n" * 500, "行\n" * 90, "a" * 9_000])
def test_a_value_is_cut_to_what_a_row_can_show_and_says_so(typed):
    cut = text.shortened(typed, 15, 26)
    assert text.lines(cut, 15) <= 26
    assert f"共 {len(typed)} 字" in cut
    assert text.shortened(cut[:20], 15, 26) == cut[:20]


def test_rows_are_as_high_as_their_text_needs(exceptions):
    sheet = exceptions["问题清单"]
    for row in table(sheet):
        cell = row["填报值"]
        height = sheet.row_dimensions[cell.row].height
        assert height >= text.lines(str(cell.value or ""), 15) * 12
        assert height <= 409, "Excel's limit"


def test_what_needs_a_decision_is_counted_apart_from_remarks(tmp_path):
    severities = ["hold", "return", "advise", "advise"]
    findings = [{"finding_id": f"p{n}", "severity": severity} for n, severity in enumerate(severities)]
    book = night(tmp_path, filings=[{}], findings=findings)
    said = "待处理 2 条：退回修改 1 条，待核 1 条；另有提示 2 条，可以不处理。"
    assert book["问题清单"]["A3"].value.startswith(said)
    told = said.removeprefix("待处理 ").rstrip("。")
    assert any(str(cell.value).startswith(told) for row in book["说明"].iter_rows() for cell in row)


def test_a_likeness_is_never_a_round_hundred_and_its_weight_stands_beside_it(tmp_path):
    pairs = [looks.PAIRS_FOUND[0] | {"match_probability": 0.999998, "match_weight": 18.69}]
    (row,) = table(night(tmp_path, filings=looks.FILINGS, pairs=pairs)["疑似重复"])
    assert (row["相似度"].value, row["相似度"].number_format) == (0.9999, "0.00%")
    assert row["分值"].value == pytest.approx(18.69)


def test_names_are_printed_beside_the_entries(exceptions):
    sheet = exceptions["疑似重复"]
    titles = [cell.value for cell in sheet[header_row(sheet)]]
    assert titles[:3] == ["项目名称甲", "项目名称乙", "处理意见"]
    assert titles[-1] == "编号"
    assert sheet.print_title_cols == "$A:$C"


def test_a_long_note_does_not_take_a_whole_page(tmp_path):
    note = "长" * 30_000
    said = {"status": "accepted", "verdict": "同意", "note": note}
    sheet = night(tmp_path, filings=[{}], findings=[said])["问题清单"]
    assert values(sheet, "处理说明") == [note]
    assert sheet.row_dimensions[sheet.max_row].height <= 14 * 26 + 4, "what the other columns may take"
    assert sheet.row_dimensions[sheet.max_row].height <= 14.5 * cells.CROPPED_LINES + 4


def test_days_that_excel_cannot_count_are_told_as_text(tmp_path):
    early = datetime(1020, 5, 1)
    path = write(tmp_path, [Night([{"start_date": early, "budget": float("inf")}])])
    row = table(openpyxl.load_workbook(path / "全省计划.xlsx")["计划总表"])[0]
    assert row["拟出境日期"].value == "1020-05-01"
    assert row["经费预算（万元）"].value is None


def test_duplicates_stand_side_by_side_the_offered_first_with_differences_marked(exceptions):
    rows = table(exceptions["疑似重复"])
    assert [row["编号"].value for row in rows] == ["p2", "p1", "p3"]
    assert [row["现状"].value for row in rows] == ["待判定", "已自动合并", "按意见不合并"]
    merged = rows[1]
    assert (merged["文件甲"].value, merged["行甲"].value, merged["文件乙"].value, merged["行乙"].value) == (A, 4, B, 4)
    assert merged["相似度"].value == pytest.approx(0.9987)
    plain = merged["国家（地区）甲"].fill.fgColor.rgb
    assert merged["国家（地区）乙"].fill.fgColor.rgb == plain
    assert merged["人数甲"].fill.fgColor.rgb == merged["人数乙"].fill.fgColor.rgb != plain


def test_a_decision_that_lapsed_is_told_beside_the_finding(exceptions):
    row = next(row for row in table(exceptions["问题清单"]) if row["编号"].value == "9f1c22aa01de4479")
    assert row["状态"].value == "重新待处理"
    assert "“同意”，已失效：填报值由“24”变为“25”" in row["此前意见"].value


def test_what_reviewers_find_in_their_columns_is_what_the_warehouse_has(published):
    """Reading decisions takes what differs from the warehouse for newly typed, so nothing may differ."""
    said = written_in(published / "异常清单.xlsx")
    assert said.shown_in == "20191121-203000"
    assert {(row.about, row.verdict, row.note, row.reviewer) for row in said.rows if not row.told} == {
        ("9f1c22aa01de4482", "同意", "-已电话核实", "张三"),
        ("9f1c22aa01de4479", None, "等分管领导", None),
        ("p3", "不合并", "两回事", "李四"),
    }


def test_a_long_note_is_never_cut(tmp_path):
    note = "说明。" * 400
    sheet = night(tmp_path, filings=[{}], findings=[{"status": "accepted", "verdict": "同意", "note": note}])[
        "问题清单"
    ]
    assert values(sheet, "处理说明") == [note]


def test_everything_that_was_decided_is_kept_in_sight(exceptions):
    rows = {row["编号"].value: row for row in table(exceptions["已处理"])}
    assert rows["9f1c22aa01de4482"]["是否有效"].value == "有效"
    assert rows["9f1c22aa01de4482"]["针对的填报值"].value == "考察培训"
    assert "不是任何一夜列出过的" in rows["没有这个编号"]["无效原因"].value
    assert "第 5 行" in rows["p3"]["问题"].value


def test_the_count_comes_out_even_by_file_unit_and_in_all(exceptions):
    for name, first in (("对账", "文件"), ("分单位对账", "单位")):
        sheet = exceptions[name]
        top = next(row[0].row for row in sheet.iter_rows() if row[0].value == first)
        titles = [cell.value for cell in sheet[top]]
        rows = [
            dict(zip(titles, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=top + 1)
        ]
        assert rows[-1][first] == "合计"
        for row in rows:
            assert row["申报项目数"] == row["去向合计"] == sum(row[word] for word in DISPOSITIONS.values())
            assert row["是否相符"] == "相符"
        assert sum(row["申报项目数"] for row in rows[:-1]) == rows[-1]["申报项目数"] == len(looks.FILINGS)


def test_every_file_is_told_with_its_reason(exceptions):
    rows = {row["文件"].value: row for row in table(exceptions["文件清单"])}
    assert rows[A]["申报项目数"].value == 3
    assert rows["2020/~$申报表.xlsx"]["状态"].value == "未处理"
    assert rows["2020/扫描件/盖章件（第一页）.pdf"]["原因"].value.startswith("是 PDF 文件")
    assert looks.ODD_FILES[2]["path"] in rows, "a path is never cut"


def test_what_changed_since_the_last_night(exceptions):
    sheet = exceptions["本夜变化"]
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "变化")
    told = {tuple(cell.value for cell in row[:8]) for row in sheet.iter_rows(min_row=top + 1)}
    assert any(row[:2] == ("消失", "申报项目") and row[5] == "后来撤回的项目" for row in told)
    assert any(row[1] == "填报值" and row[4] == "M4 申报人数" and row[6:] == ("12", "15") for row in told)
    assert not any(row[1] == "填报值" and "序号" in row[4] for row in told)
    assert not any(".0 " in str(text) for row in told for text in row), "what is counted is whole"


def test_a_first_night_and_an_unchanged_one_say_so(tmp_path):
    first = openpyxl.load_workbook(write(tmp_path / "1", [Night([{}])]) / "异常清单.xlsx")["本夜变化"]
    assert "第一夜" in first["A3"].value
    same = openpyxl.load_workbook(write(tmp_path / "2", [Night([{}]), Night([{}])]) / "异常清单.xlsx")["本夜变化"]
    assert same["A3"].value == "与 2019 年 11 月 20 日 20:30 那一夜（批次 20191120-203000）相比，没有变化。"


@pytest.mark.parametrize(
    "what",
    [
        {"pairs": looks.PAIRS_FOUND[:2]},
        {"pairs": looks.PAIRS_FOUND[2:]},
        {"decisions": looks.DECIDED[:1], "standings": {"d1": None}},
        {"decisions": looks.DECIDED[1:2], "standings": {"d2": None}},
        {"decisions": looks.DECIDED[3:], "standings": {"d4": "看不懂。"}},
        {"findings": [{"file": None, "filing_id": None}]},
    ],
)
def test_columns_that_nothing_is_in_are_no_trouble(tmp_path, what):
    assert night(tmp_path, filings=looks.FILINGS, **what).sheetnames[0] == "说明"


def test_a_night_of_nothing_is_still_two_whole_workbooks(tmp_path):
    folder = write(tmp_path, [Night()])
    for name in ("全省计划.xlsx", "异常清单.xlsx"):
        for sheet in openpyxl.load_workbook(folder / name):
            assert any(cell.value for cell in sheet[1])


def test_what_one_sheet_does_not_hold_goes_on_in_others_a_unit_together(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    units = ["甲"] * 2 + ["乙"] * 3 + ["丙"] * 4
    found = [{"finding_id": f"p{n}", "unit": unit, "row": n} for n, unit in enumerate(units)]
    book = night(tmp_path, filings=[{}], findings=found)
    parts = [sheet for sheet in book if sheet.title.startswith("问题清单")]
    told = [(sheet.title, sheet["A4"].value.partition("；")[2], values(sheet, "单位")) for sheet in parts]
    assert told == [
        ("问题清单", "本表是第 1 张，从第 1 行到第 3 行。", ["丙"] * 3),
        ("问题清单（2）", "本表是第 2 张，从第 4 行到第 4 行。", ["丙"]),
        ("问题清单（3）", "本表是第 3 张，从第 5 行到第 7 行。", ["乙"] * 3),
        ("问题清单（4）", "本表是第 4 张，从第 8 行到第 9 行。", ["甲"] * 2),
    ]


def test_rows_written_in_parts_are_one_table(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "_ROWS_AT_ONCE", 2)
    sheet = night(tmp_path, filings=[{}], findings=[{"finding_id": f"p{n}"} for n in range(5)])["问题清单"]
    assert values(sheet, "编号") == [f"p{n}" for n in range(5)]


def test_the_same_night_gives_the_same_bytes(published, tmp_path):
    (tmp_path / "inputs" / A).parent.mkdir(parents=True)
    (tmp_path / "inputs" / A).write_bytes(b"")
    again = write(tmp_path)
    for name in ("全省计划.xlsx", "异常清单.xlsx"):
        assert (again / name).read_bytes() == (published / name).read_bytes()


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_an_office_program_saves_it_without_losing_titles_or_ids(published, tmp_path, libreoffice, kind):
    libreoffice.work(published / "异常清单.xlsx", [], tmp_path / f"另存.{kind}")
    saved = CalamineWorkbook.from_path(tmp_path / f"另存.{kind}")
    original = CalamineWorkbook.from_path(published / "异常清单.xlsx")
    assert saved.sheet_names == original.sheet_names
    for name in ("问题清单", "疑似重复"):
        kept, was = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for book in (saved, original))
        assert [row[0] for row in kept] == [row[0] for row in was]
        assert set(CONTRACT[name].split()) <= set(kept[3])
