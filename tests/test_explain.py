"""``huizong explain``: why filings are one group, and what became of a filing."""

import io
import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows.errors import SettingError, WarehouseBusyError
from flows.explain import explain, explain_on_page
from flows.explain.values import percent, shown
from flows.link import NO_VERDICTS, Verdicts, evidence_in_full, form_groups, link, pair_id
from flows.warehouse import open_warehouse
from schemas.tables import TEXT
from tests.desk import Desk, type_in
from tests.frames import filings, participants
from tests.labelled.pairs import references
from tests.year import BOOK

pytestmark = pytest.mark.slow

GROUP = {
    "title": "柑橘黄龙病综合防控技术培训",
    "country": "西班牙",
    "institution": "伊比利亚柑橘研究中心",
    "days": 21,
    "start_date": date(2020, 6, 1),
    "end_date": date(2020, 6, 21),
    "cross_region": True,
}
ROWS = [
    GROUP | {"letter_no": None, "headcount": 18, "otm_no": "OTM2020000007"},
    GROUP
    | {
        "title": "赴西班牙柑橘黄龙病防控<script>alert(1)</script>研修",
        "unit": "眉山市农业农村局",
        "file": "2020/眉山市/申报.xlsx",
        "headcount": 4,
        "otm_no": "OTM2020000007",
        "institution": "Iberian Citrus Research Centre",
    },
    GROUP | {"title": "柑橘黄龙病综合防控技术培训第二期", "unit": "资阳市农业农村局", "otm_no": "OTM2020000009"},
    GROUP
    | {
        "title": "水库大坝安全监测培训",
        "country": "荷兰",
        "institution": "瓦赫宁根农业培训中心",
        "start_date": date(2020, 9, 7),
        "end_date": date(2020, 9, 27),
        "otm_no": "OTM2020000011",
    },
]
JUDGED = pd.DataFrame(
    {"filing_id_l": ["f0"], "filing_id_r": ["f1"], "verdict": ["合并"], "note": ["电话核对"], "reviewer": ["李某"]}
).astype(TEXT)
VERDICTS = Verdicts(standing=JUDGED, lapsed=NO_VERDICTS.lapsed)
NIGHTS = (datetime(2019, 12, 2, 1), datetime(2019, 12, 3, 1))


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> Path:
    """A warehouse of two nights: in the first the second filing was not there yet and the fourth was held."""
    path = tmp_path_factory.mktemp("outputs") / "warehouse.duckdb"
    read, yesterday = filings(ROWS), None
    with open_warehouse(path) as connection:
        for number, started_at in enumerate(NIGHTS):
            tonight = read if number else read.drop(index=1)
            linked = link(tonight, participants([]), references(), BOOK, yesterday, VERDICTS if number else NO_VERDICTS)
            yesterday = linked.members
            groups = form_groups(tonight, participants([]), linked.members, references(), BOOK)
            leads = set(groups["lead_filing_id"])
            gone = tonight["filing_id"].map(lambda f, leads=leads: "included" if f in leads else "merged")
            gone = gone.mask(tonight["filing_id"].eq("f3") & (number == 0), "held")
            kept = tonight.merge(linked.members, on="filing_id").assign(disposition=gone.to_numpy(), because=None)
            night = {"run_id": f"n{number}", "year": 2020}
            _insert(connection, "file", _files(tonight), night)
            _insert(connection, "filing", kept, night)
            told = evidence_in_full(linked.pairs["evidence"], BOOK.linkage)
            _insert(connection, "pair", linked.pairs.assign(evidence=told), night)
            _insert(connection, "training_group", groups, night)
            _insert(connection, "finding", _findings(number), night)
            _insert(connection, "run", _run(started_at, len(tonight), len(groups)), {**night, "number": number + 1})
        _insert(connection, "decision", _decision(), {"run_id": "n1", "year": 2020})
        standing = pd.DataFrame({"decision_id": ["d1"], "applied": [True], "why_not": [None]})
        _insert(connection, "decision_standing", standing, {"run_id": "n1", "year": 2020})
    return path


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, night: dict[str, object]) -> None:
    known = set(connection.table(table).columns)
    rows = frame.assign(**night)
    rows = rows[[name for name in rows.columns if name in known]].copy()
    connection.register("rows", rows)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
    connection.unregister("rows")


def _files(read: pd.DataFrame) -> pd.DataFrame:
    told = read.groupby("file", as_index=False).agg(unit=("unit", "first"), filings=("row", "size"))
    return told.rename(columns={"file": "path"}).assign(sha256="0", size=1, status="read", reason=None)


def _run(started_at: datetime, count: int, groups: int) -> pd.DataFrame:
    counts = dict.fromkeys(("included", "merged", "held", "returned", "prohibited", "excluded", "superseded"), 0)
    told = {
        "started_at": started_at,
        "status": "complete",
        "files": 1,
        "filings": count,
        "findings": 0,
        "groups": groups,
    }
    return pd.DataFrame([told | counts])


def _findings(night: int) -> pd.DataFrame:
    told = {
        "finding_id": "p-held",
        "rule_id": "group-size",
        "clause": "四（三）",
        "severity": "hold",
        "file": "2020/甲.xlsx",
        "sheet": "项目申报",
        "cell": "M7",
        "column": "申报人数",
        "message": "申报人数 25 人，超过每团 20 人的限额。",
        "advice": "请压缩人数。",
        "filing_id": "f3",
        "status": "open",
    }
    return pd.DataFrame([told]).iloc[:0] if night else pd.DataFrame([told])


def _decision() -> pd.DataFrame:
    told = {
        "decision_id": "d1",
        "about": pair_id("f0", "f1"),
        "kind": "pair",
        "number": 2,
        "verdict": "合并",
        "note": "电话核对",
        "reviewer": "李某",
        "decided_at": datetime(2019, 12, 2, 10),
        "filing_id_l": "f0",
        "filing_id_r": "f1",
        "source": "异常清单.xlsx",
        "sheet": "疑似重复",
        "row": 5,
        "applied": True,
    }
    return pd.DataFrame([told])


def told(what: str, warehouse: Path) -> str:
    out = io.StringIO()
    assert explain(what, BOOK, warehouse, out) == 0
    return re.sub(r"\s*\n\s*", "\n", out.getvalue())


def group_of(warehouse: Path, filing_id: str) -> str:
    with duckdb.connect(warehouse, read_only=True) as connection:
        asked = "SELECT group_id FROM filing WHERE run_id = 'n1' AND filing_id = ?"
        return connection.execute(asked, [filing_id]).fetchall()[0][0]


def test_a_group_is_told_whole(nights):
    text = told(group_of(nights, "f0"), nights)
    assert "2 条申报描述同一团组，由四川省农业农村厅牵头，已纳入全省计划。" in text
    assert "甲 ★ 牵头" in text
    assert "自己申报" in text
    assert "取自乙" in text
    assert "牵头申报的全团人数 18" in text
    assert "李某判定“合并”：电话核对" in text
    assert "系统项目编号相同" in text


def test_the_waterfall_leads_to_the_match_weight(nights):
    text = told(pair_id("f0", "f1"), nights)
    with duckdb.connect(nights, read_only=True) as connection:
        asked = "SELECT match_weight FROM pair WHERE run_id = 'n1' AND pair_id = ?"
        weight = connection.execute(asked, [pair_id("f0", "f1")]).fetchall()[0][0]
    rows = [line for line in text.splitlines() if "█" in line]
    assert rows
    last = re.findall(r"[+-]\d+\.\d", rows[-1])[-1]
    assert float(last) == pytest.approx(weight, abs=0.11)


def test_what_was_kept_apart_is_told_with_why(nights):
    text = told(group_of(nights, "f0"), nights)
    assert "相近而未合并的其他申报" in text
    assert "只有一方写了期次" in text


def test_a_filing_has_its_whole_story(nights):
    text = told("f3", nights)
    assert "逐夜去向" in text
    assert re.search(r"2019-12-02 01:00.*待核", text)
    assert re.search(r"2019-12-03 01:00.*纳入计划", text)
    assert "25 人" in text
    assert "后消失" in text
    assert "超过" not in told("f2", nights)


def test_a_filing_that_joined_later_tells_of_its_group(nights):
    text = told("f1", nights)
    assert "并入团组" in text
    assert "2019-12-02 01:00" not in text.split("逐夜去向")[1]
    assert "李某对" in text


def test_things_are_found_by_the_beginning_of_an_id_and_by_number(nights):
    group = group_of(nights, "f0")
    assert f"团组 {group}" in told(group[:8], nights)
    assert f"疑似重复 {pair_id('f0', 'f1')}" in told(pair_id("f0", "f1")[:9], nights)
    assert "申报 f2" in told("otm2020000009", nights)
    assert f"团组 {group}" in told("OTM2020000007", nights)


@pytest.mark.parametrize(
    ("what", "says"), [("nothing-of-the-kind", "没有"), ("", "没有"), ("f", "不止一个"), ("'; --", "没有")]
)
def test_what_cannot_be_found_is_one_clear_line(nights, what, says):
    with pytest.raises(SettingError, match=says):
        explain(what, BOOK, nights, io.StringIO())


@pytest.mark.parametrize(("name", "filing"), [("水库大坝", "f3"), ("水库 大坝安全监测培训", "f3"), ("第二期", "f2")])
def test_a_project_is_found_by_its_name_or_a_part_of_it(nights, name, filing):
    assert f"团组 {group_of(nights, filing)}" in told(name, nights)


@pytest.mark.parametrize(
    ("name", "says"),
    [("柑橘", r"“柑橘”有 2 个项目.*编号：团组 .*；团组 "), ("水库大埧安全检测", "相近的有：“水库大坝安全监测培训”")],
)
def test_a_name_that_means_several_or_none_is_told_with_those_that_there_are(nights, name, says):
    with pytest.raises(SettingError, match=says):
        explain(name, BOOK, nights, io.StringIO())


def test_without_a_warehouse(tmp_path):
    with pytest.raises(SettingError, match="huizong nightly"):
        explain("g1", BOOK, tmp_path / "warehouse.duckdb", io.StringIO())
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_the_warehouse_is_only_read(nights):
    before = nights.read_bytes()
    told("f0", nights)
    assert nights.read_bytes() == before


def test_while_a_night_runs(nights):
    script = f"import duckdb; c = duckdb.connect({str(nights)!r}); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusyError, match="正被占用"):
            explain("f0", BOOK, nights, io.StringIO())
        other.communicate("\n")


# What a reviewer has before him: the 编号 of a finding

HELD = {"finding_id": "00000000000000a1", "severity": "hold", "value": "12", "filing_id": "f0", "file": "2020/甲.xlsx"}
OF_A_FILE = {
    **HELD,
    "finding_id": "00000000000000b2",
    "filing_id": None,
    "severity": "return",
    "message": "文件打不开。",
}


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.close()


def explained(desk, what):
    desk.close()
    return told(what, desk.settings.warehouse)


def test_a_finding_leads_to_the_filing_that_it_is_about(desk):
    desk.night([HELD])
    desk.night([])
    assert "申报 f0" in explained(desk, HELD["finding_id"])
    assert "申报 f0" in told("００００００００００００００Ａ１", desk.settings.warehouse)


def test_a_finding_about_a_whole_file_is_told_as_it_is(desk):
    desk.night([OF_A_FILE])
    with pytest.raises(SettingError, match=r"关于文件“2020/甲.xlsx”的问题（退回修改，待处理）.*文件打不开"):
        explained(desk, OF_A_FILE["finding_id"])


def explained_on_a_page(desk, what, tmp_path):
    desk.close()
    page = tmp_path / "page.html"
    assert explain_on_page(what, BOOK, desk.settings.warehouse, page, io.StringIO()) == 0
    return page.read_text("utf-8")


def test_a_number_is_that_of_the_version_that_counts(desk, tmp_path):
    old = {"otm_no": "OTM2020000031", "superseded_by": "已有新版“乙.xlsx”", "headcount": 18}
    desk.night(filings=[old, {"otm_no": "OTM2020000031", "headcount": 15}])
    assert "申报 f1" in explained(desk, "OTM2020000031")
    page = explained_on_a_page(desk, "OTM2020000031", tmp_path)
    assert re.search("申报人数（[A-Z]+5）由“18”变为“15”", page)


def test_between_nights_the_cells_that_changed_are_told(desk, tmp_path):
    desk.night(filings=[{"headcount": 18}])
    desk.night(filings=[{"headcount": 18}])
    desk.night(filings=[{"headcount": 15, "remarks": "已压缩"}])
    nights = explained_on_a_page(desk, "f0", tmp_path).split("逐夜去向")[1]
    assert len(re.findall("申报人数（[A-Z]+4）由“18”变为“15”", nights)) == 1
    assert re.search("备注（[A-Z]+4）由“空”变为“已压缩”", nights)
    assert "申报人数" in explained(desk, "f0").split("逐夜去向")[1]


def test_a_decision_stands_as_the_workbook_says(desk):
    """Also where the filing that it was about is gone."""
    desk.night([HELD])
    type_in(desk.workbook, HELD["finding_id"], "同意", "已核", "张三")
    desk.night([HELD])
    desk.night([], filings=[{"filing_id": "f9"}])
    why = desk.view("decision_state")["why_not"].item()
    assert why.startswith("这个问题已不再出现")
    assert f"不再适用：{why.rstrip('。')}" in explained(desk, "f0").replace("\n", "")


# The page


@pytest.fixture(scope="module")
def page(nights, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("page") / "团组.html"
    out = io.StringIO()
    assert explain_on_page(group_of(nights, "f0"), BOOK, nights, path, out) == 0
    assert str(path) in out.getvalue()
    return path.read_text("utf-8")


def _charts(page: str) -> list[dict]:
    data = re.search(r"<script>(\[.*\])\.forEach", page, re.DOTALL)
    assert data
    return json.loads(data[1])


def test_the_page_opens_without_a_network(page):
    assert not re.search(r"<script[^>]+src=|<link|<img|@import|url\(", page.split("<script>")[0])
    assert page.count("<script>") == page.count("</script>") == 4
    assert "cdn." not in page.split("<script>")[-1]


def test_the_page_has_splinks_chart_in_chinese(page):
    chart = _charts(page)[0]
    assert "vega-lite" in chart["$schema"]
    steps = chart["data"]["values"]
    assert steps[0]["column_name"] == "起点"
    assert steps[-1]["column_name"] == "合计"
    assert sum(step["log2_bayes_factor"] for step in steps[:-1]) == pytest.approx(
        steps[-1]["log2_bayes_factor"], abs=0.02
    )
    words = set(re.findall(r'"(?:title|text|subtitle)": "([^"]*)"', json.dumps(chart, ensure_ascii=False)))
    assert not [word for word in words if re.search(r"[a-z]{3,}", word.replace("m/u", ""))]


def test_what_offices_wrote_is_never_markup(page):
    visible = page.split("<script>")[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visible
    assert "<script>alert(1)" not in page


def test_the_page_tells_what_the_terminal_tells(page):
    for words in (
        "已纳入全省计划",
        "自己申报",
        "取自乙",
        "李某判定“合并”",
        "相近而未合并的其他申报",
        "柑橘黄龙病综合防控技术培训",
    ):
        assert words in page


def test_a_page_that_cannot_be_written(nights, tmp_path):
    with pytest.raises(SettingError, match="不能写入"):
        explain_on_page("f0", BOOK, nights, tmp_path / "no" / "page.html", io.StringIO())


def test_values_are_shown_as_an_official_reads_them():
    told = [shown(v) for v in (None, pd.NA, float("nan"), True, date(2020, 6, 1), 12.0, 3, "甲")]
    assert told == ["缺", "缺", "缺", "是", "2020-06-01", "12", "3", "甲"]
    assert [percent(p) for p in (0.99999, 0.5, 0.00001)] == ["大于 99.99%", "50.00%", "小于 0.01%"]
