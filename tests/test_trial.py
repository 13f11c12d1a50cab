"""A trial weighs another notice, or other reference workbooks, and leaves what is real as it is in every byte."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from flows import cli
from flows.settings import Settings
from flows.trial import Trial, compared_with
from schemas.notice import NOTICES
from tests.first_nights import drop
from tests.nights import INPUTS, night, view, without_prefect

pytestmark = pytest.mark.slow

Huizong = Callable[..., int]


def bytes_below(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """Inputs, and the outputs and state of one night over them."""
    folder = tmp_path_factory.mktemp("real")
    drop(folder / "inputs")
    night(folder / "inputs", folder / "outputs")
    return folder


@pytest.fixture
def huizong(real, monkeypatch) -> Huizong:
    """Runs a command over the real season."""
    monkeypatch.setenv("HUIZONG_STATE", str(real / "outputs" / ".state"))

    def command(name: str, *arguments: object) -> int:
        folders = ["--inputs", str(real / "inputs")] if name == "nightly" else []
        with without_prefect():
            return cli.main([name, *folders, "--outputs", str(real / "outputs"), *map(str, arguments)])

    return command


def test_next_years_notice_is_weighed_on_this_years_filings(real, huizong, tmp_path, capsys):
    notice = tmp_path / "明年.toml"
    text = (NOTICES / "2020.toml").read_text("utf-8")
    changed = text.replace("year = 2020", "year = 2021", 1).replace("headcount = 20 ", "headcount = 30 ", 1)
    assert changed != text
    notice.write_text(changed, "utf-8")
    before, tried = bytes_below(real), tmp_path / "试算"
    assert huizong("nightly", "--try", tried, "--notice", notice) == cli.DONE
    assert f"huizong diff --try {tried}" in capsys.readouterr().out
    assert huizong("diff", "--try", tried) == cli.DONE
    told = capsys.readouterr().out
    assert "从第 1 夜" in told
    assert "待核 → 纳入计划" in told
    assert "年度数据（通知、填表、归并设置）有改动" in told
    assert bytes_below(real) == before


def test_other_control_numbers_and_registers_are_tried(real, huizong, tmp_path, capsys):
    registers, tried = tmp_path / "另一套", tmp_path / "试算"
    registers.mkdir()
    book = load_workbook(INPUTS / "reference" / "国家地区.xlsx")
    book.worksheets[0].cell(book.worksheets[0].max_row, 1).value = "某国"
    book.save(registers / "国家地区.xlsx")
    numbers = Workbook()
    for row in (["范围", "名称", "人数"], ["全省", None, 1]):
        numbers.active.append(row)
    numbers.save(registers / "指标控制数.xlsx")
    before = bytes_below(real)
    assert huizong("nightly", "--try", tried, "--reference", registers) == cli.DONE
    capsys.readouterr()
    assert huizong("diff", "--try", tried) == cli.DONE
    told = capsys.readouterr().out
    assert "国家地区“某国”新增或改动" in told
    assert "指标控制数“全省”新增或改动" in told
    assert "年度数据（通知、填表、归并设置）：没有变化" in told
    assert "越过指标控制数的线的团组（1 个）" in told
    assert "：线以上 → " in told
    assert bytes_below(real) == before


def test_the_same_folder_may_be_tried_again_and_keeps_what_is_somebodys_own(real, tmp_path):
    folder = tmp_path / "试算"
    (folder / "2019").mkdir(parents=True)
    for name in ("试算.json", "warehouse.duckdb", "我的笔记.txt"):
        (folder / name).touch()
    Trial(folder).prepare(Settings(2020, real / "inputs", real / "outputs", real / "outputs" / ".state"))
    assert {path.name for path in folder.iterdir()} == {"2020", "warehouse.duckdb", "试算.json", "我的笔记.txt"}
    assert compared_with(folder) == view(real / "outputs", "current_run")["run_id"][0]


@pytest.mark.parametrize("place", ["outputs", "outputs/a", "inputs", "inputs/2020/a", "outputs/.state", "", "else"])
def test_a_folder_that_is_not_for_trials_is_refused(real, huizong, capsys, place):
    (real / "else").mkdir(exist_ok=True)
    (real / "else" / "mine").touch()
    before = bytes_below(real)
    assert huizong("nightly", "--try", real / place) == cli.WRONG
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--try" in said
    assert bytes_below(real) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nightly", "--notice", "a.toml"], "--try"),
        (["nightly", "--try", "{}/a", "--notice", "{}/none.toml"], "找不到通知规则文件"),
        (["nightly", "--try", "{}/a", "--reference", "{}/none"], "找不到参考表文件夹"),
        (["nightly", "--try", "{}/a", "--reference", "{}"], "没有参考表"),
        (["diff", "--try", "{}"], "不是试算的文件夹"),
    ],
)
def test_what_a_trial_lacks_is_told(huizong, tmp_path, capsys, arguments, says):
    assert huizong(*(argument.format(tmp_path) for argument in arguments)) == cli.WRONG
    assert says in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
