"""Whose fault it is: a file's stays that file's, the program's is said as such, and much of it stops the night."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from flows import cli
from flows.errors import NightError
from flows.read import Failure, read, read_behind_wall, remembered, stop_at_many_faults
from flows.settings import PROJECT, STATE_VARIABLE, Settings
from tests.hostile import NOT_TABLES
from tests.layouts.page import Book, Page, write
from tests.layouts.usual import form
from tests.nights import without_prefect
from tests.read.deeds import Breaks, Clumsy, ClumsyReader, named
from tests.reading import BOOK, READER

pytestmark = pytest.mark.slow

NOT_OF_FILES = "不是申报文件的问题"


@pytest.fixture
def settings(tmp_path) -> Settings:
    (tmp_path / "inputs" / "2020").mkdir(parents=True)
    return Settings(2020, tmp_path / "inputs", tmp_path / "outputs", tmp_path / "state", workers=2)


def log(settings: Settings) -> str:
    path = settings.state / "errors.log"
    return path.read_text("utf-8") if path.exists() else ""


def broken_titles(book):
    return replace(book, titles=None)


def unit_labels_without_that_of_the_form(book):
    return replace(book, titles=replace(book.titles, unit_labels=("制表单位",)))


@pytest.mark.parametrize(
    ("break_", "story"), [(broken_titles, "AttributeError"), (unit_labels_without_that_of_the_form, "SpecimenError")]
)
def test_a_program_that_cannot_read_its_own_specimen_reads_nothing(break_, story, settings, references):
    write(Book([form()]), settings.season / "甲.xlsx")
    with pytest.raises(NightError, match=NOT_OF_FILES) as stopped:
        read(["2020/甲.xlsx"], settings, break_(BOOK), references)
    assert str(settings.state / "errors.log") in str(stopped.value)
    assert "Traceback (most recent call last)" in log(settings)
    assert story in log(settings)


def test_the_specimen_is_read_with_the_years_own_words():
    READER.prepare()


def test_a_fault_at_one_file_costs_no_other_its_turn(settings):
    paths = [Path(name) for name in ("good-1", "bad", "good-2")]
    one, culprit, two = read_behind_wall(Clumsy(named), paths, settings)
    assert (one, two) == ("good-1", "good-2")
    assert isinstance(culprit, Failure)
    assert culprit.of_program
    assert "不是填报单位的问题" in culprit.reason
    assert "另存" not in culprit.reason
    assert "bad" in log(settings)
    assert "KeyError: 'nobody thought of this'" in log(settings)


def test_a_fault_at_all_files_is_told_once_with_all_their_names(settings):
    names = [f"bad-{number}" for number in range(30)]
    failures = read_behind_wall(Clumsy(named), [Path(name) for name in names], settings)
    assert all(isinstance(failure, Failure) and failure.of_program for failure in failures)
    assert all(f"\n{name}\n" in log(settings) for name in names)
    assert log(settings).count("nobody thought of this") < len(names)


def test_what_a_hostile_file_does_stays_its_own(settings, references):
    for name, (make, _) in NOT_TABLES.items():
        (settings.season / name).write_bytes(make())
    write(Book([form()]), settings.season / "好.xlsx")
    files = read([f"2020/{name}" for name in (*NOT_TABLES, "好.xlsx")], settings, BOOK, references).files
    assert files["status"].tolist() == ["unreadable"] * len(NOT_TABLES) + ["read"]
    assert log(settings) == ""


def test_what_breaks_while_a_file_is_opened_is_its_own_fault(settings):
    (failure,) = read_behind_wall(Breaks(named), [Path("any")], settings)
    assert isinstance(failure, Failure)
    assert not failure.of_program
    assert "另存为" in failure.reason
    assert log(settings) == ""


@pytest.mark.parametrize(
    ("failed", "files", "stops"),
    [(0, 10, False), (2, 2, False), (2, 100, False), (3, 100, True), (3, 150, False), (4, 150, True), (3, 3, True)],
)
def test_a_night_stops_at_more_faults_than_the_settings_allow(failed, files, stops, settings):
    statuses = ["failed"] * failed + ["read"] * (files - failed)
    frame = pd.DataFrame({"status": [*statuses, *["skipped"] * 1000]})
    if not stops:
        told = stop_at_many_faults(frame, settings)
        assert told is None if failed == 0 else re.search(f"有 {failed} 个文件没有读，{NOT_OF_FILES}.*errors.log", told)
        return
    with pytest.raises(NightError, match=f"{files} 个文件中有 {failed} 个.*{NOT_OF_FILES}.*errors.log"):
        stop_at_many_faults(frame, settings)


@pytest.mark.parametrize(("bad", "status"), [(2, cli.DONE), (3, cli.FAILED)])
def test_a_night_with_a_fault_of_the_program(bad, status, tmp_path, monkeypatch, capsys):
    inputs, outputs = tmp_path / "inputs", tmp_path / "outputs"
    shutil.copytree(PROJECT / "inputs" / "reference", inputs / "reference")
    (inputs / "2020").mkdir()
    write(Book([form()]), inputs / "2020" / "好.xlsx")
    for number in range(bad):
        page = Page("坏").put(1, 0, f"第{number}份")
        write(Book([page]), inputs / "2020" / f"坏{number}.xlsx")
    monkeypatch.setattr(remembered, "FileReader", ClumsyReader)
    monkeypatch.setenv(STATE_VARIABLE, str(tmp_path / "state"))
    with without_prefect():
        assert cli.main(["nightly", "--year", "2020", "--inputs", str(inputs), "--outputs", str(outputs)]) == status
    told = (tmp_path / "state" / "errors.log").read_text("utf-8")
    assert "AssertionError" in told
    assert all(f"坏{number}.xlsx" in told for number in range(bad))
    if status:
        assert NOT_OF_FILES in capsys.readouterr().err
        assert not (outputs / "2020" / "全省计划.xlsx").exists()
    else:
        assert (outputs / "2020" / "全省计划.xlsx").exists()
        assert not list((outputs / "2020" / "退回修改").rglob("*坏*"))
        findings = pd.read_excel(
            outputs / "2020" / "异常清单.xlsx", sheet_name="问题清单", header=None, engine="calamine"
        ).astype(str)
        assert findings.apply(lambda row: row.str.contains("程序处理这份文件时自身出错").any(), axis=1).sum() == bad
