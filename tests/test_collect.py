"""Collect: everything below the year's folder is accounted for, nothing dangerous is opened."""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from flows.collect import collect, decision_copies
from flows.publish import write_submission
from flows.settings import Settings
from tests import looks
from tests.frames import VALID
from tests.reference_folder import registers_in
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
    references = registers_in()
    write_submission(season / "甲.xlsx", BOOK, references, unit="四川省农业农村厅", filings=[VALID])
    assert collected(season)["2020/甲.xlsx"]["status"] == "read"


# What lies deep, is called oddly, is large or cannot be looked at


@pytest.fixture
def depths(season):
    """The year's folder, taken away afterwards by a program that does not call itself for every folder in a folder."""
    yield season
    subprocess.run(["rm", "-rf", season], check=True)


@pytest.mark.skipif(os.name != "posix", reason="needs rm")
def test_folders_are_followed_as_deep_as_they_go(depths):
    """Deeper than a program may call itself."""
    deepest, season = nested(depths, 1200, "d"), depths
    (deepest / "甲.xlsx").write_bytes(b"deep")
    (season / "乙.xlsx").write_bytes(b"shallow")
    found = collected(season)
    assert [row["status"] for row in found.values()] == ["read", "read"]
    assert max(path.count("/") for path in found) == 1201


@pytest.mark.skipif(os.name != "posix", reason="needs rm")
def test_a_path_that_is_too_long_is_told_with_all_that_lies_below(depths):
    season, here = depths, os.open(depths, os.O_RDONLY)
    for _ in range(40):
        os.mkdir("很深的文件夹" * 10, dir_fd=here)
        below = os.open("很深的文件夹" * 10, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (season / "乙.xlsx").write_bytes(b"shallow")
    found = collected(season)
    assert found.pop("2020/乙.xlsx")["status"] == "read"
    (told,) = found.values()
    assert told["status"] == "unreadable"
    assert "太长" in told["reason"]


def nested(folder: Path, depth: int, name: str) -> Path:
    """The last of ``depth`` folders, each in the one before it."""
    for _ in range(depth):
        folder = folder / name
        folder.mkdir()
    return folder


@pytest.mark.skipif(os.name == "nt", reason="has no such files")
def test_what_is_too_large_is_told_by_its_size_and_never_hashed(season):
    with (season / "大.xlsx").open("wb") as opened:
        opened.truncate(20 * 2**30)
    with (season / "Thumbs.db").open("wb") as opened:
        opened.truncate(20 * 2**30)
    found = collected(season)
    large = found["2020/大.xlsx"]
    assert (large["status"], large["size"]) == ("unreadable", 20 * 2**30)
    assert pd.isna(large["sha256"])
    assert "超过 64 MB" in large["reason"]
    assert found["2020/Thumbs.db"]["status"] == "skipped"


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_a_name_that_is_no_text_never_takes_the_place_of_one_that_looks_like_it(season):
    Path(os.fsdecode(os.fsencode(season) + b"/\xd6.xlsx")).touch()
    Path(os.fsdecode(os.fsencode(season) + b"/\xd7")).mkdir()
    (season / "\\xd6.xlsx").write_bytes(b"a name like any other")
    found = collected(season)
    assert found["2020/\\xd6.xlsx"]["status"] == "read"
    assert sorted(row["status"] for row in found.values()) == ["read", "unreadable", "unreadable"]


def test_names_as_long_as_they_may_be(season):
    for name in ("长" * 83 + ".xlsx", "a" * 255, "😀" * 63):
        (season / name).write_bytes(name.encode())
    assert {row["status"] for row in collected(season).values()} == {"read"}


LOOK = (
    "import sys; from pathlib import Path; from tests.test_collect import collected\n"
    "for path, row in collected(Path(sys.argv[1])).items(): print(path, row['status'], row['reason'], sep='|')\n"
)


def as_an_ordinary_user() -> None:
    """Give up the rights by which root looks at everything."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="gives up capabilities")
def test_what_an_ordinary_user_may_not_look_at_is_told(season):
    for name in ("closed", "unsearchable"):
        (season / name).mkdir()
        (season / name / "甲.xlsx").write_bytes(name.encode())
    (season / "unreadable.xlsx").write_bytes(b"x")
    (season / "好.xlsx").write_bytes(b"y")
    for path, mode in (("closed", 0o300), ("unsearchable", 0o444), ("unreadable.xlsx", 0)):
        (season / path).chmod(mode)
    look = subprocess.run(
        [sys.executable, "-c", LOOK, str(season)],
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        encoding="utf-8",
        check=True,
        preexec_fn=as_an_ordinary_user,
    )
    for path in ("closed", "unsearchable"):
        (season / path).chmod(0o700)
    found = dict(line.split("|", 1) for line in look.stdout.splitlines())
    assert found["2020/好.xlsx"].startswith("read|")
    assert found["2020/closed"].startswith("unreadable|文件夹打不开（没有权限）")
    assert found["2020/unsearchable/甲.xlsx"].startswith("unreadable|看不到是文件还是文件夹（没有权限）")
    assert found["2020/unreadable.xlsx"].startswith("unreadable|文件打不开（没有读取权限")
    assert len(found) == 4
