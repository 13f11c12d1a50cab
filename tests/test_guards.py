"""A night that holds far less than the one before is stopped: each way of falling, just within and just beyond."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from flows import cli, prefect_home
from flows import nightly as page
from flows.errors import FallenCountError, SettingError
from flows.guards import LIKELY, falls
from flows.settings import Guards, Settings, settings
from flows.warehouse import LastNight
from schemas.tables import TEXT, EarlierFiles, Files, Members, empty
from tests.nights import INPUTS, STARTED, night, view

GUARDS = Guards(
    readable_share_least=0.5,
    filings_fall_most=0.3,
    groups_fall_most=0.3,
    files_slack=2,
    count_slack=5,
)


def found(statuses: Sequence[str], filings: int = 0, prefix: str = "") -> pd.DataFrame:
    """Files 0, 1, … with these statuses, the first of which holds all ``filings``."""
    rows = [
        {"path": f"2020/{prefix}{n}.xlsx", "sha256": f"bytes{n}", "status": status, "filings": filings * (n == 0)}
        for n, status in enumerate(statuses)
    ]
    return Files.validate(pd.DataFrame(rows, columns=Files.names()).astype(Files.dtypes()))


def before(statuses: Sequence[str] = (), filings: int = 0, groups: int = 0) -> LastNight:
    files = found(statuses)[EarlierFiles.names()]
    return LastNight("20191202-010000", empty(Members), EarlierFiles.validate(files), filings, groups)


def fell(yesterday: LastNight, files: pd.DataFrame, groups: int = 0) -> list[str]:
    return falls(yesterday, files, groups, GUARDS)


# ── files that can be read ───────────────────────────────────────────────────


def test_half_of_the_files_may_become_unreadable():
    assert fell(before(["read"] * 10), found(["read"] * 5 + ["unreadable"] * 5)) == []


def test_more_than_half_may_not():
    (said,) = fell(before(["read"] * 10), found(["read"] * 4 + ["unreadable"] * 6))
    assert "10 个" in said
    assert "只读得出 4 个" in said
    assert "50%，即 5 个" in said


@pytest.mark.parametrize(("unreadable", "stops"), [(2, False), (3, True)])
def test_a_few_files_may_become_unreadable_however_small_the_folder(unreadable, stops):
    now = found(["unreadable"] * unreadable + ["read"] * (3 - unreadable))
    assert bool(fell(before(["read"] * 3), now)) == stops


def test_what_was_unreadable_before_is_no_fall():
    assert fell(before(["unreadable"] * 10), found(["unreadable"] * 10)) == []
    assert fell(before(["skipped"] * 10), found(["unreadable"] * 10)) == []


def test_files_that_are_gone_are_not_unreadable():
    assert fell(before(["read"] * 10), found(["read"] * 3)) == []


def test_of_files_that_are_gone_and_files_that_stayed_only_these_count():
    assert fell(before(["read"] * 10), found(["read"] * 2 + ["unreadable"] * 3)) != []


def test_files_that_were_renamed_are_the_same_files():
    assert fell(before(["read"] * 10), found(["read"] * 10, prefix="新")) == []
    (said,) = fell(before(["read"] * 10), found(["unreadable"] * 10, prefix="新"))
    assert "10 个" in said


def test_duplicates_older_versions_and_files_without_filings_are_readable():
    was = ["read", "empty", "duplicate", "superseded"] * 5
    assert fell(before(was), found(was[::-1])) == []
    assert fell(before(was), found(["unreadable"] * 20)) != []


def test_files_at_which_the_program_failed_were_not_read():
    assert fell(before(["read"] * 10), found(["failed"] * 10)) != []


def test_copies_of_one_unreadable_file_are_unreadable():
    """As a folder looks whose files were all cut to nothing."""
    now = found(["unreadable"] + ["duplicate"] * 9).assign(sha256="nothing").astype({"sha256": TEXT})
    (said,) = fell(before(["read"] * 10), now)
    assert "只读得出 0 个" in said


def test_new_unreadable_files_are_no_fall():
    assert fell(before(["read"] * 3), found(["read"] * 3 + ["unreadable"] * 20)) == []


# ── filings and groups ───────────────────────────────────────────────────────


@pytest.mark.parametrize(("now", "stops"), [(120, False), (100, False), (70, False), (69, True), (0, True)])
def test_filings_may_fall_by_the_share(now, stops):
    said = fell(before(filings=100), found(["read"], filings=now))
    assert bool(said) == stops
    if stops:
        assert f"申报项目上一夜 100 项，本夜 {now} 项" in said[0]
        assert "30%，即 30 项" in said[0]


@pytest.mark.parametrize(("now", "stops"), [(70, False), (69, True)])
def test_groups_may_fall_by_the_share(now, stops):
    said = fell(before(groups=100), found([]), groups=now)
    assert bool(said) == stops
    if stops:
        assert "团组上一夜 100 个，本夜 69 个，少了 31 个" in said[0]


@pytest.mark.parametrize(("was", "now", "stops"), [(5, 0, False), (6, 1, False), (6, 0, True)])
def test_a_few_may_go_however_few_there_were(was, now, stops):
    assert bool(fell(before(filings=was), found(["read"], filings=now))) == stops
    assert bool(fell(before(groups=was), found([]), groups=now)) == stops


def test_where_there_was_nothing_nothing_falls():
    assert fell(before(), found(["unreadable"] * 10)) == []
    assert fell(before(), found(["read"] * 10, filings=100), groups=90) == []


def test_every_fall_is_told():
    told = fell(before(["read"] * 10, filings=100, groups=90), found(["unreadable"] * 10))
    assert len(told) == 3


# ── settings ─────────────────────────────────────────────────────────────────


@pytest.fixture
def folders(tmp_path, monkeypatch) -> tuple[Path, Path]:
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    (tmp_path / "inputs" / "2020").mkdir(parents=True)
    return tmp_path / "inputs", tmp_path / "outputs"


@pytest.mark.parametrize("name", ["readable_share_least", "filings_fall_most", "groups_fall_most"])
def test_a_limit_is_set_in_the_environment(folders, monkeypatch, name):
    assert settings(2020, *folders).guards == Guards()
    monkeypatch.setenv(f"HUIZONG_{name.upper()}", "0.75")
    assert settings(2020, *folders).guards == replace(Guards(), **{name: 0.75})


@pytest.mark.parametrize("wrong", ["多", "30", "-0.1", "nan"])
def test_a_limit_that_is_no_share_is_told(folders, monkeypatch, wrong):
    monkeypatch.setenv("HUIZONG_FILINGS_FALL_MOST", wrong)
    with pytest.raises(SettingError, match=f"HUIZONG_FILINGS_FALL_MOST.*“{wrong}”"):
        settings(2020, *folders)


@pytest.mark.slow
@pytest.mark.parametrize("accept", [True, False])
def test_the_command_lets_a_night_pass_where_it_is_asked_to(folders, monkeypatch, capsys, accept):
    inputs, outputs = folders
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    asked: list[bool] = []

    def stopped(found: Settings, *_: object) -> None:
        asked.append(found.accept_fall)
        raise FallenCountError("少得太多。")

    monkeypatch.setattr(page, "nightly", stopped)
    monkeypatch.setattr(prefect_home, "settle_prefect", lambda _: None)
    monkeypatch.setattr(prefect_home, "reach_server", lambda: None)
    flag = ["--accept-fall"] * accept
    assert cli.main(["nightly", "--inputs", str(inputs), "--outputs", str(outputs), *flag]) == cli.FAILED
    assert asked == [accept]
    assert capsys.readouterr().err == "未完成：少得太多。\n"


# ── whole nights ─────────────────────────────────────────────────────────────

FILES = (
    "省级部门/省水利厅/水利厅申报表.xlsx",
    "绵阳市/绵阳市水利局申报表.xlsx",
    "泸州市/泸州市申报表.xlsx",
    "达州市/达州市科技局2020年申报汇总表.xlsx",
    "自贡市/自贡市科技局申报表.xlsx",
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the inputs and outputs of one night over :data:`FILES`."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copytree(INPUTS / "reference", folder / "inputs" / "reference")
    for path in FILES:
        (folder / "inputs" / "2020" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(INPUTS / "2020" / path, folder / "inputs" / "2020" / path)
    night(folder / "inputs", folder / "outputs")
    return folder


@pytest.mark.slow
def test_a_night_whose_files_break_changes_nothing_until_it_is_let_pass(first, tmp_path):
    folder = tmp_path / "night"
    shutil.copytree(first, folder)
    inputs, outputs = folder / "inputs", folder / "outputs"
    published = {path: path.read_bytes() for path in sorted((outputs / "2020").rglob("*")) if path.is_file()}
    for path in FILES[:4]:
        (inputs / "2020" / path).write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)

    with pytest.raises(FallenCountError) as stopped:
        night(inputs, outputs, STARTED + timedelta(days=1))
    said = str(stopped.value)
    assert "没有发布" in said
    assert "读得出" in said
    assert said.endswith(LIKELY)
    assert "--accept-fall" in said
    assert published == {path: path.read_bytes() for path in sorted((outputs / "2020").rglob("*")) if path.is_file()}
    assert len(view(outputs, "run")) == 1

    told: list[str] = []
    night(inputs, outputs, STARTED + timedelta(days=1), told.append, accept_fall=True)
    assert len(view(outputs, "run")) == 2
    assert any(line.startswith("按 --accept-fall 放行：") for line in told)
    night(inputs, outputs, STARTED + timedelta(days=2))
    assert len(view(outputs, "run")) == 3, "what was let pass is what the next night is held against"


@pytest.mark.slow
def test_one_file_may_go(first, tmp_path):
    folder = tmp_path / "night"
    shutil.copytree(first, folder)
    (folder / "inputs" / "2020" / FILES[2]).unlink()
    night(folder / "inputs", folder / "outputs", STARTED + timedelta(days=1))
