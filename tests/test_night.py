"""Whole nights over a few workbooks of the sample season: what comes in is what goes out, tomorrow as today."""

import hashlib
import json
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from flows import attempts, cli, warehouse
from flows import nightly as page
from flows.errors import NightError, UnevenCountError, WarehouseBusyError
from schemas.words import DISPOSITIONS
from tests.nights import INPUTS, STARTED, night, view, without_prefect

pytestmark = pytest.mark.slow

FEW = (
    "省级部门/省水利厅/水利厅申报表.xlsx",
    "省级部门/省商务厅/商务厅申报表.xlsx",
    "省级部门/省级汇总/商务厅申报表.xlsx",
    "省级部门/省生态环境厅/省生态环境厅2020年度申报表.xlsx",
    "省级部门/社会组织/省护理学会.csv",
    "绵阳市/绵阳市水利局申报表.xlsx",
    "泸州市/泸州市申报表.xlsx",
    "达州市/达州市科技局2020年申报汇总表.xlsx",
    "南充市/南充市住建局.xls",
    "自贡市/自贡市科技局申报表.xlsx",
    "自贡市/自贡市科技局申报表（修改版）.xlsx",
)
"""Groups of several offices, an identical copy, two versions of one workbook, four layouts."""


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """An inputs folder with :data:`FEW`."""
    inputs = tmp_path_factory.mktemp("few") / "inputs"
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    for path in FEW:
        put(inputs, path, INPUTS / "2020" / path)
    return inputs


@pytest.fixture(scope="module")
def one_night(few, tmp_path_factory):
    """The outputs of one night over ``few``, and what it said at the end."""
    outputs = tmp_path_factory.mktemp("first")
    return outputs, night(few, outputs)


@pytest.fixture(scope="module")
def first(one_night):
    """The outputs of one night over ``few``."""
    return one_night[0]


def put(inputs: Path, path: str, source: Path) -> None:
    target = inputs / "2020" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def plan(outputs: Path) -> pd.DataFrame:
    """The plan without the paths of its sources."""
    return view(outputs, "plan").drop(columns="source_files")


def ids(outputs: Path) -> dict[str, set[str]]:
    return {
        "filing": set(view(outputs, "current_filing")["filing_id"]),
        "finding": set(view(outputs, "current_finding")["finding_id"]),
        "group": set(view(outputs, "current_training_group")["group_id"]),
        "pair": set(view(outputs, "current_pair")["pair_id"]),
    }


def went(outputs: Path) -> dict[str, str]:
    filings = view(outputs, "current_filing")
    return dict(zip(filings["filing_id"], filings["disposition"], strict=True))


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# ── the same, again ──────────────────────────────────────────────────────────


def test_two_nights_have_the_same_ids_and_the_same_plan(few, first, tmp_path):
    outputs = tmp_path / "outputs"
    shutil.copytree(first, outputs)
    night(few, outputs, STARTED + timedelta(days=1))
    assert len(view(outputs, "run")) == 2
    assert ids(outputs) == ids(first)
    assert went(outputs) == went(first)
    pd.testing.assert_frame_equal(plan(outputs), plan(first))


def test_other_folders_and_another_order_give_the_same_plan(few, first, tmp_path):
    inputs = tmp_path / "inputs"
    shutil.copytree(few / "reference", inputs / "reference")
    numbers = random.Random(2020).sample(range(len(FEW)), len(FEW))
    for number, path in zip(numbers, FEW, strict=True):
        put(inputs, f"{number:02}收/{Path(path).name}", few / "2020" / path)
    night(inputs, tmp_path / "outputs")
    pd.testing.assert_frame_equal(plan(tmp_path / "outputs"), plan(first))
    assert sorted(went(tmp_path / "outputs").values()) == sorted(went(first).values())


def test_a_broken_file_changes_nothing_else(few, first, tmp_path):
    inputs = tmp_path / "inputs"
    shutil.copytree(few, inputs)
    (inputs / "2020" / "成都市").mkdir()
    (inputs / "2020" / "成都市" / "申报表.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    (inputs / "2020" / "成都市" / "空.xlsx").touch()
    outcome = night(inputs, tmp_path / "outputs")
    assert outcome.unread == {"unreadable": 2}
    pd.testing.assert_frame_equal(plan(tmp_path / "outputs"), plan(first))
    assert went(tmp_path / "outputs") == went(first)
    assert ids(first)["finding"] <= ids(tmp_path / "outputs")["finding"]


# ── the count that must come out even ────────────────────────────────────────


def test_what_is_read_is_what_went_somewhere_file_by_file(few, first):
    account = view(first, "reconciliation")
    assert account["even"].all()
    assert (account["filings"] == account[list(DISPOSITIONS)].sum(axis=1)).all()
    files = account[account["path"].ne("合计")]
    assert (files[["filings", *DISPOSITIONS]].sum() == account.iloc[-1][["filings", *DISPOSITIONS]]).all()
    read = view(first, "current_filing").groupby("file").size()
    found = view(first, "current_file")["path"]
    assert files.set_index("path")["filings"].to_dict() == read.reindex(found, fill_value=0).to_dict()


def test_every_file_is_in_the_account(few, first):
    paths = {path.relative_to(few).as_posix() for path in (few / "2020").rglob("*") if path.is_file()}
    assert set(view(first, "file_account")["path"]) == paths


def test_what_the_night_says_is_what_the_warehouse_holds(one_night):
    outputs, outcome = one_night
    filings = view(outputs, "current_filing")
    assert outcome.files == len(FEW)
    assert outcome.filings == len(filings) == sum(outcome.went.values())
    assert outcome.went == {word: int(filings["disposition"].eq(word).sum()) for word in DISPOSITIONS}
    assert len(plan(outputs)) == outcome.went["included"]


def test_a_night_that_loses_a_filing_fails_and_leaves_nothing(few, first, monkeypatch):
    before, nights = bytes_of(first / "2020"), len(view(first, "run"))
    even = page.night_tables

    def one_lost(*arguments):
        tables = even(*arguments)
        return replace(tables, frames={**tables.frames, "filing": tables.frames["filing"].iloc[1:]})

    monkeypatch.setattr(page, "night_tables", one_lost)
    with pytest.raises(UnevenCountError, match="对账不平"):
        night(few, first, STARTED + timedelta(days=1), full=True)
    assert bytes_of(first / "2020") == before
    assert len(view(first, "run")) == nights


# ── when it goes wrong ───────────────────────────────────────────────────────


def test_a_season_without_files_is_a_night_too(few, tmp_path):
    inputs = tmp_path / "inputs"
    shutil.copytree(few / "reference", inputs / "reference")
    (inputs / "2020").mkdir()
    outcome = night(inputs, tmp_path / "outputs")
    assert (outcome.files, outcome.filings, outcome.groups) == (0, 0, 0)
    assert {"全省计划.xlsx", "异常清单.xlsx"} <= set(bytes_of(tmp_path / "outputs" / "2020"))


@pytest.mark.parametrize("where", ["publish", "end of run"])
def test_a_night_that_fails_late_leaves_yesterday_whole(few, first, monkeypatch, where):
    def fail(*_: object, **__: object) -> None:
        raise NightError("停电")

    before, nights = bytes_of(first / "2020"), view(first, "run")["run_id"].tolist()
    if where == "publish":
        monkeypatch.setattr(page, "publish", fail)
    else:
        monkeypatch.setattr(warehouse, "end_run", fail)
    with pytest.raises(NightError, match="停电"):
        night(few, first, STARTED + timedelta(days=1))
    assert view(first, "run")["run_id"].tolist() == nights
    assert bytes_of(first / "2020") == before


@pytest.fixture
def holder(first):
    """A program that has the warehouse of ``first`` open; its process id."""
    code = f"import duckdb, sys; c = duckdb.connect({str(first / 'warehouse.duckdb')!r}); print('open', flush=True); sys.stdin.read()"
    held = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "open\n"
    yield held.pid
    held.communicate("", timeout=60)


def test_a_locked_warehouse_says_by_whom(few, first, holder):
    with pytest.raises(WarehouseBusyError, match=str(holder)):
        night(few, first)


def test_a_warehouse_that_another_night_has_open_is_said_so_with_since_when(few, first, holder, tmp_path, monkeypatch):
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path))
    began = datetime.now().astimezone()
    line = {"id": "a", "pid": holder, "began_at": began.isoformat(), "year": 2020}
    (tmp_path / attempts.FILE).write_text(json.dumps(line), "utf-8")
    with pytest.raises(
        WarehouseBusyError, match=f"另一次汇总正在运行（{began:%Y-%m-%d %H:%M:%S} 起，进程号 {holder}）"
    ):
        night(few, first)


def test_the_command_over_a_locked_warehouse_ends_with_1(few, first, holder, capsys):
    before = bytes_of(first / "2020")
    with without_prefect():
        assert cli.main(["nightly", "--inputs", str(few), "--outputs", str(first)]) == cli.FAILED
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert str(holder) in said
    assert bytes_of(first / "2020") == before


def test_inputs_are_never_changed(few, first):
    assert bytes_of(first)
    assert bytes_of(few) == {path: digest for path, digest in bytes_of(INPUTS).items() if (few / path).is_file()}
    assert len(bytes_of(few)) == len(FEW) + len(bytes_of(INPUTS / "reference"))
