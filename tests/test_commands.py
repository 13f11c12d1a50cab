"""The command line: what a person types, what it says, how it ends."""

import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pytest

from flows import cli
from flows.cli.options import plan_year, year_of_submissions
from flows.settings import STATE_VARIABLE
from schemas.columns import REFERENCES
from schemas.yearbook import years_with_notice

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """The reference workbooks of the sample season and an empty year."""
    shutil.copytree(PROJECT / "inputs" / "reference", tmp_path / "inputs" / "reference")
    (tmp_path / "inputs" / "2020").mkdir()
    return tmp_path / "inputs"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line on standard error of a command that ends with 2."""
    assert cli.main([str(argument) for argument in arguments]) == cli.WRONG
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_a_missing_folder_is_named(capsys, tmp_path):
    assert "nowhere" in refused(capsys, "nightly", "--inputs", tmp_path / "nowhere")


def test_a_year_without_a_folder_is_named(capsys, inputs):
    (inputs / "2020").rmdir()
    assert "2020" in refused(capsys, "nightly", "--inputs", inputs)


def test_a_year_without_a_notice_is_named(capsys, inputs):
    (inputs / "1999").mkdir()
    assert "1999" in refused(capsys, "nightly", "--year", 1999, "--inputs", inputs)


class TestYear:
    """``--year`` without a value: the newest year that has both a folder and a notice, told in one line."""

    @pytest.fixture(autouse=True)
    def _notices(self, monkeypatch):
        monkeypatch.setattr("flows.cli.options._noticed", lambda: [2020, 2021, 2023])

    def test_of_a_night_is_the_newest_with_both(self, tmp_path, capsys):
        for name in ("2019", "2020", "2021", "2022", "reference", "20211"):
            (tmp_path / "inputs" / name).mkdir(parents=True)
        assert year_of_submissions(None, tmp_path / "inputs") == 2021
        assert capsys.readouterr().out == "计划年度：2021（inputs 中最新的、有通知的年度）\n"

    def test_that_was_asked_for_is_taken_in_silence(self, tmp_path, capsys):
        assert year_of_submissions(2020, tmp_path) == plan_year(2020) == 2020
        assert capsys.readouterr().out == ""

    def test_without_inputs_is_that_of_the_newest_notice(self, capsys):
        assert plan_year(None) == 2023
        assert capsys.readouterr().out == "计划年度：2023（最新的、有通知的年度）\n"

    def test_of_the_outputs_is_the_newest_that_a_night_was_run_for(self, tmp_path):
        (tmp_path / "2020").mkdir()
        assert plan_year(None, tmp_path) == 2020
        assert plan_year(None, tmp_path / "nowhere") == 2023

    def test_that_no_folder_has_is_told_with_what_there_is(self, capsys, tmp_path):
        (tmp_path / "inputs" / "2022").mkdir(parents=True)
        said = refused(capsys, "nightly", "--inputs", tmp_path / "inputs")
        assert "文件夹有 2022" in said
        assert "通知有 2020、2021、2023" in said


def test_outputs_that_cannot_be_written_are_named_before_the_work(capsys, inputs, tmp_path):
    (tmp_path / "a file").touch()
    assert "a file" in refused(capsys, "nightly", "--inputs", inputs, "--outputs", tmp_path / "a file")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api", "nonsense"])
def test_a_server_that_does_not_answer_is_named(capsys, inputs, tmp_path, monkeypatch, address):
    monkeypatch.setenv("PREFECT_API_URL", address)
    assert address in refused(capsys, "nightly", "--inputs", inputs, "--outputs", tmp_path / "outputs")


@pytest.mark.parametrize("workbook", [name for name, _ in REFERENCES.values()])
def test_a_missing_reference_workbook_is_named(capsys, inputs, workbook):
    (inputs / "reference" / workbook).unlink()
    assert workbook in refused(capsys, "nightly", "--inputs", inputs)


@pytest.mark.parametrize("table", sorted(REFERENCES))
def test_a_missing_reference_column_is_named(capsys, inputs, table):
    name, columns = REFERENCES[table]
    path = inputs / "reference" / name
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    title = columns[-1].title
    found = next(cell for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == title)
    sheet.delete_cols(found.column)
    workbook.save(path)
    said = refused(capsys, "nightly", "--inputs", inputs)
    assert name in said
    assert title in said


def test_a_broken_reference_workbook_is_named(capsys, inputs):
    (inputs / "reference" / "单位名录.xlsx").write_bytes(b"not a workbook")
    assert "单位名录.xlsx" in refused(capsys, "nightly", "--inputs", inputs)


def test_an_unreadable_reference_cell_is_named_and_stops_nothing(capsys, inputs, tmp_path):
    path = inputs / "reference" / "国家地区.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    titles = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row}
    cell = sheet.cell(sheet.max_row, titles["热点"], "也许").coordinate
    workbook.save(path)
    assert cli.main(["template", "--inputs", str(inputs), "-o", str(tmp_path / "申报表.xlsx")]) == cli.DONE
    said = capsys.readouterr().out
    assert f"国家地区.xlsx“国家地区”{cell}" in said
    assert "也许" in said


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nightly", "--bogus"], "--bogus"),
        ([], "命令"),
        (["nightly", "--year", "abc"], "abc"),
        (["nightly", "--year"], "--year"),
        (["nonsense"], "nonsense"),
        (["check"], "文件"),
        (["rules", "--format", "pdf"], "pdf"),
        (["nightl"], "是不是 nightly"),
        (["nightly", "--yaer", "2020"], "是不是 --year"),
        (["rules", "too", "much"], "too much"),
        (["rules", "--no-findings=yes"], "不能带内容"),
        (["rules", "--format", "markdwon"], "是不是 markdown"),
        (["--versoin"], "是不是 --version"),
        (["nightly", "--inputs", ""], "不能是空的"),
    ],
)
def test_a_wrong_command_is_one_chinese_line(capsys, arguments, named):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == cli.WRONG
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("命令有误：")
    assert named in said
    assert not re.search("required|unrecognized|argument|invalid|expected", said)


def test_a_mistyped_folder_is_told_with_the_one_that_is_there(capsys, inputs):
    assert f"是不是 {inputs}。" in refused(capsys, "nightly", "--inputs", inputs.with_name("inptus"))
    assert f"是不是 {inputs.parent}" in refused(
        capsys, "diff", "--outputs", inputs.parents[1] / (inputs.parent.name + "x")
    )


def test_a_port_that_there_is_not_is_refused_before_anything_is_started(capsys):
    assert "65535" in refused(capsys, "serve", "--port", 99999)


def test_rules_say_that_they_have_no_counts(capsys, tmp_path):
    assert cli.main(["rules", "--outputs", str(tmp_path / "nowhere")]) == cli.DONE
    said = capsys.readouterr()
    assert "昨夜的问题数未列" in said.err
    assert "四（三）" in said.out


def test_the_versions_are_told(capsys):
    assert cli.main(["--version"]) == cli.DONE
    told = dict(line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines()[:4])
    assert told == {"huizong": version("huizong"), "Python": platform.python_version()} | {
        name: version(name) for name in ("prefect", "duckdb")
    }


def test_template_writes_a_workbook_for_the_unit(inputs, tmp_path, capsys):
    path = tmp_path / "空白.xlsx"
    assert cli.main(["template", "--inputs", str(inputs), "--unit", "绵阳市科学技术局", "-o", str(path)]) == cli.DONE
    assert str(path) in capsys.readouterr().out
    sheet = openpyxl.load_workbook(path)["项目申报"]
    assert any("绵阳市科学技术局" in str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)


@pytest.mark.parametrize(
    ("unit", "told", "written"),
    [
        ("四川省农业农村局", "相近的有：四川省农业农村厅", "四川省农业农村局"),
        ("省水利厅", "规范名称是“四川省水利厅”", "四川省水利厅"),
        ("没有一点相像", "单位名录中没有“没有一点相像”。", "没有一点相像"),
    ],
)
def test_template_tells_of_a_unit_that_is_not_listed_so(inputs, tmp_path, capsys, unit, told, written):
    path = tmp_path / "a.xlsx"
    assert cli.main(["template", "--inputs", str(inputs), "--unit", unit, "-o", str(path)]) == cli.DONE
    assert told in capsys.readouterr().out
    assert openpyxl.load_workbook(path)["项目申报"]["A2"].value == f"填报单位：{written}"


def test_template_writes_one_for_each_unit_and_leaves_those_that_are_there(inputs, tmp_path, capsys):
    asked = ["template", "--inputs", str(inputs), "--all", str(tmp_path / "各单位")]
    assert cli.main(asked) == cli.DONE
    count = len([*(tmp_path / "各单位").iterdir()])
    assert f"{count} 份" in capsys.readouterr().out
    assert cli.main(asked) == cli.DONE
    assert f"已有 {count} 份没有改动" in capsys.readouterr().out


def test_template_writes_empty_reference_workbooks(tmp_path, capsys):
    assert cli.main(["template", "--reference", "-o", str(tmp_path / "参考表")]) == cli.DONE
    assert "5 份" in capsys.readouterr().out
    assert (tmp_path / "参考表" / "指标控制数.xlsx").is_file()


@pytest.mark.parametrize(
    "arguments", [["--all", "a", "--unit", "甲"], ["--reference", "--unit", "甲"], ["--all", "a", "-o", "b.xlsx"]]
)
def test_template_is_asked_for_one_thing(capsys, arguments):
    assert "同用" in refused(capsys, "template", *arguments)


def test_template_for_each_unit_needs_the_registers(capsys, tmp_path):
    assert "单位名录" in refused(capsys, "template", "--inputs", tmp_path, "--all", tmp_path / "a")


def test_template_needs_no_references_and_names_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["template", "--unit", "../某/局"]) == cli.DONE
    assert [path.name for path in tmp_path.glob("*.xlsx")] == [f"某局{years_with_notice()[-1]}年申报表.xlsx"]


def test_serve_refuses_what_no_night_could_write_into(capsys, tmp_path):
    (tmp_path / "a").write_text("mine", "utf-8")
    assert "是文件，不是文件夹" in refused(capsys, "serve", "--outputs", tmp_path / "a")


def test_template_never_takes_the_place_of_a_file(capsys, tmp_path):
    filled = tmp_path / "a.xlsx"
    filled.write_bytes(b"filled in")
    assert "已有" in refused(capsys, "template", "-o", filled)
    assert filled.read_bytes() == b"filled in"


def test_template_into_a_missing_folder_is_refused(capsys, tmp_path):
    refused(capsys, "template", "-o", tmp_path / "nowhere" / "a.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [["--help"], ["template", "-o", "{0}/a.xlsx"], ["check", "--inputs", "{1}", "{0}/a.xlsx"]]
)
def test_light_commands_do_without_prefect(arguments, inputs, tmp_path):
    from flows.publish import write_submission
    from tests.year import BOOK

    write_submission(tmp_path / "a.xlsx", BOOK, None)
    told = [argument.format(tmp_path, inputs) for argument in arguments]
    code = (
        "import sys; from flows import cli\n"
        f"try: cli.main({told!r})\n"
        "except SystemExit: pass\n"
        "assert 'prefect' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_commands_that_work_are_listed():
    assert all(told.strip() for told in cli.commands().values())


def test_an_unforeseen_error_is_one_line_and_the_rest_is_logged(capsys, inputs, tmp_path, monkeypatch):
    def burst(*_: object) -> None:
        raise RuntimeError("unforeseen\nand more of it")

    monkeypatch.setattr("flows.cli.night.references_in", burst)
    assert cli.main(["nightly", "--inputs", str(inputs)]) == cli.FAILED
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert "unforeseen" in (tmp_path / "state" / "errors.log").read_text("utf-8")
