"""The settings file, the environment over it, the command line over both; what is wrong is told with its line."""

import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from flows import cli
from flows.errors import SettingError
from flows.settings import (
    FILE_NAME,
    PROJECT,
    Folders,
    Settings,
    Written,
    keys,
    settings,
    state_folder,
    variable,
    written,
)


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUIZONG_STATE", raising=False)
    return tmp_path


def test_without_a_file_all_is_as_declared(here):
    assert written() == Written()
    assert state_folder() == PROJECT / "outputs" / ".state"


def test_the_file_of_the_project_says_every_setting_with_its_reason_and_what_holds_without_it():
    text = (PROJECT / FILE_NAME).read_text("utf-8")
    said = {(table, key): value for table, pairs in tomllib.loads(text).items() for key, value in pairs.items()}
    declared = asdict(Written())
    plain = {Path: lambda value: value.as_posix(), tuple: list}
    expected = {
        (table, key): next(
            (shown(declared[table][key]) for kind, shown in plain.items() if isinstance(declared[table][key], kind)),
            declared[table][key],
        )
        for table, key, _ in keys()
    }
    assert said == expected
    assert all("#" in line for line in text.splitlines() if " = " in line)


def test_every_setting_has_a_name_of_its_own():
    names = [key for _, key, _ in keys()]
    assert len(names) == len(set(names)) > 20


def test_the_environment_stands_over_the_file_and_the_file_over_what_is_declared(here, monkeypatch):
    (here / FILE_NAME).write_text("[guards]\nfilings_fall_most = 0.1\ngroups_fall_most = 0.2\n", "utf-8")
    assert (written().guards.filings_fall_most, written().guards.groups_fall_most) == (0.1, 0.2)
    monkeypatch.setenv("HUIZONG_GROUPS_FALL_MOST", "0.9")
    assert (written().guards.filings_fall_most, written().guards.groups_fall_most) == (0.1, 0.9)
    assert written().guards.readable_share_least == Written().guards.readable_share_least


def test_several_words_of_the_environment_are_joined_by_commas(here, monkeypatch):
    monkeypatch.setenv(variable("when"), "failed, done")
    assert written().telling.when == ("failed", "done")


def test_folders_begin_at_the_file(here, monkeypatch):
    elsewhere = here / "settings"
    elsewhere.mkdir()
    (elsewhere / "own.toml").write_text('[folders]\nstate = "kept/state"\noutputs = "/out"\n', "utf-8")
    monkeypatch.setenv("HUIZONG_SETTINGS", str(elsewhere / "own.toml"))
    assert written().folders == Folders(elsewhere / "inputs", Path("/out"), elsewhere / "kept/state")
    assert state_folder() == elsewhere / "kept/state"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[gaurds]\nfilings_fall_most = 0.1\n", r"huizong.toml.*第 1 行 gaurds：不认得"),
        ("[guards]\nfilings_fall_mots = 0.1\n", r"第 2 行 guards.filings_fall_mots：不认得"),
        ("[guards]\n\nfilings_fall_most = 30\n", r"第 3 行 guards.filings_fall_most：不应大于 1，现为 30"),
        ("[work]\nworkers = -1\n", r"第 2 行 work.workers：不应小于 0，现为 -1"),
        ('[telling]\nwhen = ["always"]\n', r"第 2 行 telling.when.*“always”不认得，应为 done、failed 之一"),
        ("[guards\n", r"huizong.toml 无法识别"),
        ("[folders]\ninputs = 3\n", r"第 2 行 folders.inputs"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(here, text, told):
    (here / FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(SettingError, match=told):
        written()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HUIZONG_PORT", "http", "HUIZONG_PORT（现为“http”）不合要求：应为整数"),
        (
            "HUIZONG_FILINGS_FAL_MOST",
            "0.3",
            "不认得环境变量 HUIZONG_FILINGS_FAL_MOST，是不是 HUIZONG_FILINGS_FALL_MOST？",
        ),
        ("HUIZONG_SETTINGS", "/no/such.toml", "找不到设置文件 /no/such.toml（环境变量 HUIZONG_SETTINGS 所指）"),
    ],
)
def test_what_is_wrong_in_the_environment_is_told_with_its_variable(here, monkeypatch, name, value, told):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as refused:
        written()
    assert told in str(refused.value)


def test_a_wrong_setting_is_one_line_of_every_command_that_asks_for_it(here, capsys):
    (here / FILE_NAME).write_text("[work]\nworker = 1\n", "utf-8")
    assert cli.main(["nightly"]) == cli.WRONG
    assert capsys.readouterr().err.startswith("设置有误：设置文件")


def test_a_night_takes_what_was_set(here):
    (here / "in" / "2020").mkdir(parents=True)
    (here / FILE_NAME).write_text(
        '[folders]\ninputs = "in"\nstate = "state"\n[work]\nworkers = 3\n[limits]\ncells = 7\n[history]\nnights = 5\n',
        "utf-8",
    )
    said = written()
    found = settings(2020, said.folders.inputs, here / "out")
    base = Settings(2020, here / "in", here / "out", here / "state")
    assert found == replace(base, workers=3, limits=replace(base.limits, cells=7), history=5)
    assert settings(2020, here / "in", here / "out", accept_fall=True).accept_fall
