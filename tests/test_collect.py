"""Collect: everything below the year's folder is accounted for, nothing dangerous is opened."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from flows.collect import collect, decision_copies
from flows.publish import write_submission
from flows.references import load_references
from flows.settings import Settings
from tests import looks
from tests.frames import VALID
from tests.year import BOOK, FORM


@pytest.fixture
def season(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs" / "2020"
    folder.mkdir(parents=True)
    return folder


def collected(season: Path) -> dict[str, dict]:
    inputs = season.parent
    found = collect(Settings(year=2020, inputs=inputs, outputs=inputs / "o", state=inputs / "s", workers=2), FORM)
    return found.set_index("path").to_dict("index")


@pytest.mark.slow
def test_every_file_is_hashed_and_named_by_its_path_below_inputs(season):
    (season / "成都市" / "区县").mkdir(parents=True)
    (season / "成都市" / "区县" / "甲.xlsx").write_bytes(b"abc")
    found = collected(season)
    assert list(found) == ["2020/成都市/区县/甲.xlsx"]
    row = found["2020/成都市/区县/甲.xlsx"]
    assert row["sha256"] == hashlib.sha256(b"abc").hexdigest()
    assert row["size"] == 3
    assert row["status"] == "read"


@pytest.mark.parametrize("name", ["~$甲.xlsx", ".hidden.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store"])
def test_rubbish_is_listed_and_skipped_with_a_reason(season, name):
    (season / name).write_bytes(b"x")
    row = collected(season)[f"2020/{name}"]
    assert row["status"] == "skipped"
    assert row["reason"].endswith("。")


def test_files_in_hidden_and_system_folders_are_listed_and_skipped(season):
    for folder in (".git", "__MACOSX"):
        (season / folder).mkdir()
        (season / folder / "甲.xlsx").write_bytes(b"x")
    assert {row["status"] for row in collected(season).values()} == {"skipped"}
    assert len(collected(season)) == 2


def test_the_same_bytes_count_once_under_the_first_path(season):
    (season / "b.xlsx").write_bytes(b"same")
    (season / "a").mkdir()
    (season / "a" / "c.xlsx").write_bytes(b"same")
    found = collected(season)
    assert found["2020/a/c.xlsx"]["status"] == "read"
    assert found["2020/b.xlsx"]["status"] == "duplicate"
    assert "2020/a/c.xlsx" in found["2020/b.xlsx"]["reason"]


def test_two_empty_files_are_not_copies_of_each_other(season):
    (season / "a.xlsx").touch()
    (season / "b.xlsx").touch()
    assert [row["status"] for row in collected(season).values()] == ["read", "read"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_never_opened(season, tmp_path):
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(b"secret")
    (season / "link.xlsx").symlink_to(secret)
    (season / "loop").symlink_to(season)
    found = collected(season)
    assert set(found) == {"2020/link.xlsx", "2020/loop"}
    for row in found.values():
        assert row["status"] == "skipped"
        assert not isinstance(row["sha256"], str)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_listed_and_never_opened(season):
    os.mkfifo(season / "pipe.xlsx")
    assert collected(season)["2020/pipe.xlsx"]["status"] == "skipped"


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_a_name_that_is_not_text_is_said_so(season):
    Path(os.fsdecode(os.fsencode(season) + b"/\xd6\xd0.xlsx")).touch()
    (row,) = collected(season).values()
    assert row["status"] == "unreadable"


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed on Windows")
def test_strange_names_are_kept_as_they_are(season):
    names = ["=cmd|' C calc'!A0.xlsx", "a\nb.xlsx", "'引号\".xlsx", "长" * 60 + ".xlsx"]
    for name in names:
        (season / name).write_bytes(name.encode())
    assert set(collected(season)) == {f"2020/{name}" for name in names}


def test_decision_copies_are_no_submissions(season):
    (season / "处理意见").mkdir()
    (season / "处理意见" / "异常清单.xlsx").write_bytes(b"x")
    (season / "处理意见" / "~$异常清单.xlsx").write_bytes(b"x")
    assert {row["status"] for row in collected(season).values()} == {"skipped"}
    settings = Settings(year=2020, inputs=season.parent, outputs=season, state=season)
    assert [copy.place.name for copy in decision_copies(settings, collect(settings, FORM))] == ["异常清单.xlsx"]


# The program's own workbooks among the submissions


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Path:
    """The folder of a season's published workbooks."""
    return looks.write(tmp_path_factory.mktemp("ours"))


@pytest.mark.parametrize(
    ("name", "says"), [("异常清单.xlsx", "是本系统的异常清单"), ("全省计划.xlsx", "是本系统生成的全省计划")]
)
def test_the_programs_own_workbooks_are_no_submissions_whatever_they_are_called(season, ours, name, says):
    (season / "成都市").mkdir()
    shutil.copy(ours / name, season / "成都市" / "申报表.xlsx")
    row = collected(season)["2020/成都市/申报表.xlsx"]
    assert row["status"] == "skipped"
    assert row["reason"].startswith(says)
    settings = Settings(year=2020, inputs=season.parent, outputs=season.parent / "o", state=season)
    read = [copy.place.name for copy in decision_copies(settings, collect(settings, FORM))]
    assert read == (["申报表.xlsx"] if name == "异常清单.xlsx" else [])


def test_a_submission_with_columns_of_these_titles_is_a_submission(season):
    """A unit may number its projects and write down what it decided; it may paste some of our rows too."""
    book = Workbook()
    book.active.append(["编号", "项目名称", "单位", "处理意见", "处理人", "团组编号"])
    book.active.append(["1", "水稻育种培训", "农业厅", "同意上报", "张三", None])
    book.save(season / "甲.xlsx")
    pasted = book.create_sheet("问题清单")
    pasted.append(["编号", "级别", "条款", "单位", "文件", "问题", "处理意见"])
    pasted.append(["00ab34cd00ab34cd", "待核", "四（三）", "农业厅", "甲.xlsx", "超过 20 人。", "已改"])
    book.save(season / "乙.xlsx")
    assert {row["status"] for row in collected(season).values()} == {"read"}


def test_a_submission_from_the_template_is_a_submission(season):
    references = load_references(Path(__file__).resolve().parents[1] / "inputs" / "reference")
    write_submission(season / "甲.xlsx", BOOK, references, unit="四川省农业农村厅", filings=[VALID])
    assert collected(season)["2020/甲.xlsx"]["status"] == "read"
