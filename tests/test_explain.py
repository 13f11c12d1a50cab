"""Explaining: a group, a filing or a pair told from the warehouse, in the terminal and as a page."""

import io
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import openpyxl
import pytest

from flows import cli
from flows.explain.story import read_story
from flows.explain.terminal import tell
from tests.conftest import program
from tests.desk import type_in
from tests.nights import INPUTS, STARTED, night, view

GROUP_TITLE = "流域水质断面溯源骨干培训"
LEAD = "2020/省级部门/省生态环境厅/省生态环境厅2020年度申报表.xlsx"
FEW = (
    *("省级部门/省生态环境厅/省生态环境厅2020年度申报表.xlsx", "乐山市/乐山市科技局申报表.xlsx"),
    *("宜宾市/宜宾市科技局申报表.xlsx", "泸州市/泸州市申报表.xlsx"),
    *("自贡市/自贡市科技局申报表.xlsx", "自贡市/自贡市科技局申报表（修改版）.xlsx"),
)
HOSTILE = "<script>alert(1)</script>[bold]马铃薯[/bold]培训"


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    """Room for every value on one line."""
    monkeypatch.setenv("COLUMNS", "600")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Two nights over a few files, between which a reviewer decided about a finding and a pair."""
    inputs, outputs = tmp_path_factory.mktemp("few") / "inputs", tmp_path_factory.mktemp("out")
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    for path in FEW:
        target = inputs / "2020" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(INPUTS / "2020" / path, target)
    rename_alone(inputs / "2020" / FEW[4], inputs / "2020" / FEW[5])
    night(inputs, outputs)
    pairs, findings = view(outputs, "current_pair"), view(outputs, "current_finding")
    workbook = outputs / "2020" / "异常清单.xlsx"
    type_in(workbook, pairs["pair_id"].iloc[0], "合并", "电话核实过", "评审甲")
    about = findings[findings["rule_id"].eq("central-funding") | findings["severity"].eq("return")]
    type_in(workbook, about["finding_id"].iloc[0], "退回", "请按时更正", "评审乙")
    night(inputs, outputs, STARTED + timedelta(days=1))
    return outputs


def rename_alone(*paths: Path) -> None:
    """Give the first project of the workbooks a title that would do harm where it is not escaped."""
    for path in paths:
        book = openpyxl.load_workbook(path)
        sheet = book["项目申报"] if "项目申报" in book.sheetnames else book.worksheets[0]
        title = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "项目名称")
        sheet.cell(title.row + 1, title.column).value = HOSTILE
        book.save(path)


@pytest.fixture(scope="module")
def group(outputs):
    """The group that four offices filed."""
    groups = view(outputs, "current_training_group")
    return groups[groups["title"].eq(GROUP_TITLE)].iloc[0]


def told(outputs: Path, what: str, year: int = 2020) -> str:
    out = io.StringIO()
    tell(read_story(what, year, outputs / "warehouse.duckdb"), out)
    return out.getvalue()


def explained(outputs: Path, *arguments: object) -> int:
    return cli.main(["explain", *map(str, arguments), "--outputs", str(outputs)])


def refused(capsys, outputs: Path, what: str, *arguments: object, status: int = cli.WRONG) -> str:
    assert explained(outputs, what, *arguments) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_a_group_is_told_with_every_filing_and_where_it_stands(outputs, group):
    story = told(outputs, group["group_id"])
    filings = view(outputs, "current_filing")
    members = filings[filings["group_id"].eq(group["group_id"])]
    assert len(members) == 4
    for _, filing in members.iterrows():
        assert f"{filing['filing_id']} {filing['file']} 第 {filing['row']} 行" in story
    assert "甲（牵头）" in story
    assert group["lead_reason"] in story


def test_what_differs_is_marked_and_what_does_not_is_not(outputs, group):
    rows = [line for line in told(outputs, group["group_id"]).splitlines() if line.startswith("│")]
    marked = {line.split("│")[1].strip().removeprefix("≠ ") for line in rows if "≠" in line}
    assert {"项目名称", "申报人数", "系统项目编号"} <= marked
    assert not marked & {"国家（地区）", "境外培训机构", "培训天数"}


def test_values_that_differ_late_are_marked(outputs, group):
    story = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb")
    long = "同样的开头" * 30
    story.filings["content"] = [f"{long}{number}" for number in range(len(story.filings))]
    out = io.StringIO()
    tell(story, out)
    assert "≠ 培训内容" in out.getvalue()


def test_a_value_of_another_filing_says_whose(outputs, group):
    sources = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb").sources
    assert sources
    assert "（取自" in told(outputs, group["group_id"])


def test_the_waterfall_adds_up(outputs, group):
    story = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb")
    assert len(story.within) == 6
    for pair in story.within:
        assert pair.steps[0].name == "prior"
        assert sum(step.weight for step in pair.steps) == pytest.approx(pair.weight, abs=0.05)
        assert f"编号 {pair.pair_id}" in told(outputs, pair.pair_id)


def test_what_a_reviewer_said_is_told(outputs):
    decisions = view(outputs, "decision").set_index("kind")
    assert "评审甲判定“合并”：电话核实过" in told(outputs, decisions.loc["pair", "about"])
    filing = told(outputs, decisions.loc["pair", "filing_id_l"])
    assert "“合并”：电话核实过" in filing.replace("\n", "")
    findings = view(outputs, "current_finding").set_index("finding_id")
    filing = told(outputs, findings.loc[decisions.loc["finding", "about"], "filing_id"])
    assert "“退回”：请按时更正" in filing.replace("\n", "")
    assert "评审乙" in filing


def test_a_filing_is_told_night_by_night_with_its_versions_and_file(outputs):
    filings = view(outputs, "current_filing")
    old = filings[filings["superseded_by"].notna()].iloc[0]
    story = told(outputs, old["filing_id"])
    assert f"文件：{old['file']}" in story
    assert story.count("已被替代") >= 2
    assert "逐夜去向" in story
    assert "2019-12-02 01:00" in story
    assert "2019-12-03 01:00" in story
    successor = read_story(old["filing_id"], 2020, outputs / "warehouse.duckdb").versions
    assert set(successor["file"]) == {f"2020/{path}" for path in FEW[4:]}
    assert all(filing_id in story for filing_id in successor["filing_id"])


@pytest.mark.parametrize("place", ["{file}#{row}", "{name}:{row}", "{name}：{row}"])
def test_a_filing_can_be_named_by_its_place(outputs, group, place):
    filings = view(outputs, "current_filing").set_index("filing_id")
    lead = filings.loc[group["lead_filing_id"]]
    what = place.format(file=lead["file"], name=Path(lead["file"]).name, row=lead["row"])
    assert f"申报 {group['lead_filing_id']}" in told(outputs, what)


def test_an_id_may_be_shortened(outputs, group):
    assert f"团组 {group['group_id']}" in told(outputs, group["group_id"][:8])


def test_an_unknown_id_is_refused_with_those_near_it(capsys, outputs, group):
    mistyped = group["group_id"][:-1] + "z"
    said = refused(capsys, outputs, mistyped)
    assert mistyped in said
    assert group["group_id"] in said


def test_an_id_of_several_is_refused_with_their_ids(capsys, outputs, group):
    assert group["group_id"] in refused(capsys, outputs, "g")


@pytest.mark.parametrize("what", ["", "%", "x" * 300, "无此文件.xlsx#4"])
def test_what_names_nothing_is_refused(capsys, outputs, what):
    refused(capsys, outputs, what)


def test_another_year_knows_nothing_of_it(capsys, outputs, group):
    assert "2021" in refused(capsys, outputs, group["group_id"], "--year", 2021)


def test_without_a_warehouse_it_says_what_to_run(capsys, tmp_path):
    assert "huizong nightly" in refused(capsys, tmp_path, "g1")


def test_a_warehouse_that_is_none_is_refused(capsys, tmp_path):
    (tmp_path / "warehouse.duckdb").write_bytes(b"no database")
    assert "warehouse.duckdb" in refused(capsys, tmp_path, "g1", status=cli.FAILED)


def test_a_warehouse_held_by_a_night_says_by_whom(capsys, outputs, group):
    code = f"import duckdb, sys; c = duckdb.connect({str(outputs / 'warehouse.duckdb')!r}); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline()
        assert str(holder.pid) in refused(capsys, outputs, group["group_id"], status=cli.FAILED)
        holder.communicate("", timeout=60)


def test_explaining_does_without_prefect(huizong, outputs, group):
    code = (
        "import sys; from flows import cli\n"
        f"cli.main(['explain', {group['group_id']!r}, '--outputs', {str(outputs)!r}])\n"
        "assert 'prefect' not in sys.modules"
    )
    done = huizong.script(code)
    assert done.returncode == 0, done.stderr
    assert group["group_id"] in done.stdout


def test_the_warehouse_is_only_read(outputs, group):
    warehouse = outputs / "warehouse.duckdb"
    before = warehouse.read_bytes()
    with duckdb.connect(warehouse, read_only=True):  # another reader at the same time
        assert explained(outputs, group["group_id"]) == cli.DONE
    assert warehouse.read_bytes() == before


def test_text_to_a_narrow_file_has_no_colours_and_is_whole(capsys, monkeypatch, outputs, group):
    monkeypatch.setenv("COLUMNS", "40")
    assert explained(outputs, group["group_id"]) == cli.DONE
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "…" not in re.sub(r"\d+ … \d+ 比特", "", said)
    assert group["lead_filing_id"] in said
    assert all(line.rstrip().endswith("│") for line in said.splitlines() if line.startswith("│"))


def test_titles_are_shown_as_they_are(outputs):
    filings = view(outputs, "current_filing")
    hostile = filings[filings["title"].eq(HOSTILE)].iloc[0]
    assert "[bold]马铃薯[/bold]" in told(outputs, hostile["filing_id"])


def test_what_steers_a_terminal_is_left_out(outputs, group):
    story = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb")
    story.filings["title"] = "培训\x1b[2J\x07\u202e项目"
    out = io.StringIO()
    tell(story, out)
    assert not re.search("[\x1b\x07\u202e]", out.getvalue())
    assert "培训[2J项目" in out.getvalue()


class Page(HTMLParser):
    """What a page loads and says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.loads: list[str] = []
        self.said = ""
        self.policy = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        known = dict(attrs)
        self.scripts += tag == "script"
        self.loads += [value for name, value in attrs if name in ("src", "href") and value]
        self.policy = known.get("content", self.policy) if "http-equiv" in known else self.policy

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.said += data


@pytest.fixture(scope="module")
def page_of(outputs, tmp_path_factory):
    """The page that the command writes about something."""

    def write(what: str) -> Page:
        path = tmp_path_factory.mktemp("page") / "说明.html"
        assert explained(outputs, what, "--html", path) == cli.DONE
        return Page(path.read_text("utf-8"))

    return write


def test_the_page_has_charts_and_needs_no_network(page_of, group):
    page = page_of(group["group_id"])
    assert page.loads == []
    assert page.policy.startswith("default-src 'none'")
    assert page.scripts == 4  # Vega, Vega-Lite, Vega-Embed and what draws
    assert GROUP_TITLE in page.said
    assert group["lead_reason"] in page.said
    assert "≠ 项目名称" in page.said


def test_the_page_escapes_what_offices_typed(page_of, outputs):
    filings = view(outputs, "current_filing")
    hostile = filings[filings["title"].eq(HOSTILE) & filings["superseded_by"].isna()].iloc[0]
    page = page_of(hostile["filing_id"])
    assert page.scripts == 0
    assert HOSTILE in page.said
    assert "逐夜去向" in page.said


def test_the_charts_data_cannot_end_their_script(outputs, group):
    from flows.explain.page import page

    story = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb")
    story.filings["title"] = [f"</script>{number}" for number in range(len(story.filings))]
    assert Page(page(story)).scripts == 4


def test_the_charts_draw(outputs, group, tmp_path):
    from flows.explain.page import page

    node = program("node", "Node.js")
    story = read_story(group["group_id"], 2020, outputs / "warehouse.duckdb")
    (tmp_path / "page.html").write_text(page(story), "utf-8")
    drawn = subprocess.run(
        [node, str(Path(__file__).parent / "draw_charts.js"), str(tmp_path / "page.html")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert drawn.returncode == 0, drawn.stderr
    charts = drawn.stdout.splitlines()
    assert len(charts) == len(story.within) + 1
    assert all("合计" in chart and "项目主题" in chart for chart in charts[:-1])
    assert all(not re.search(r"[A-Za-z]{4,} [a-z]", chart) for chart in charts)


def test_a_page_that_cannot_be_written_is_refused(capsys, outputs, group, tmp_path):
    refused(capsys, outputs, group["group_id"], "--html", tmp_path / "nowhere" / "a.html")
