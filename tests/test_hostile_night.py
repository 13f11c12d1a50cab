"""Nothing that lies in the inputs keeps a night from ending, or changes what becomes of the other files."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from flows.publish import write_submission
from tests.formats import package, parts
from tests.frames import VALID
from tests.hostile import NOT_TABLES, READABLE, write
from tests.nights import INPUTS, night, view
from tests.publish.test_marking import PICTURE, UNHEARD_OF, ZSTANDARD, packed_by, torn
from tests.year import BOOK

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="has such names and files")]

GOOD = ("2020/好/甲.xlsx", "2020/好/乙.xlsx")
DEEP = f"2020/深/{'d/' * 1200}深.xlsx"
LONG = (
    f"2020/长/{'长' * 83}.xlsx",
    f"2020/长/{'😀' * 62}.xls",
    f"2020/长/a.{'x' * 253}",
    f"2020/{'市' * 85}/{'表' * 85}",
)
PICTURED = {"2020/图/一.xlsx": torn, "2020/图/二.xlsx": packed_by(ZSTANDARD), "2020/图/三.xlsx": packed_by(UNHEARD_OF)}


def submission(path: Path, title: str) -> None:
    """One project that has to be corrected, since its days are missing."""
    for folder in reversed(path.parents):
        folder.mkdir(exist_ok=True)
    row = {**VALID, "seq": 1, "title": title, "days": None, "otm_no": None}
    made = path.parent / "t.xlsx"
    write_submission(made, BOOK, None, unit="四川省农业农村厅", filings=[row])
    made.rename(path)


@pytest.fixture(scope="module")
def calm(tmp_path_factory) -> Path:
    """The outputs of a night over the good files alone."""
    inputs, outputs = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("outputs")
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    _good(inputs)
    night(inputs, outputs)
    return outputs


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Iterator[Path]:
    """The good files among all that is known to do harm."""
    inputs = tmp_path_factory.mktemp("hostile")
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    _good(inputs)
    write(inputs / "2020" / "不是表", {name: make for name, (make, _) in NOT_TABLES.items()})
    write(inputs / "2020" / "怪表", READABLE)
    for number, (path, harm) in enumerate(PICTURED.items()):
        submission(inputs / path, f"第{'甲乙丙'[number]}类茶叶加工技术培训")
        held = parts((inputs / path).read_bytes()) | {PICTURE: b"picture" * 500}
        (inputs / path).write_bytes(harm(package(held)))
    for number, path in enumerate((DEEP, *LONG)):
        submission(inputs / path, f"第{'子丑寅卯辰'[number]}类药材种植技术培训")
    with (inputs / "2020" / "稀疏.xlsx").open("wb") as opened:
        opened.truncate(20 * 2**30)
    here = os.fsencode(inputs / "2020")
    Path(os.fsdecode(here + b"/\xd6\xd0.xlsx")).touch()
    (inputs / "2020" / "\\xd6\\xd0.xlsx").touch()
    os.mkfifo(inputs / "2020" / "管.xlsx")
    (inputs / "2020" / "链.xlsx").symlink_to("/etc/passwd")
    (inputs / "2020" / "处理意见").mkdir()
    os.mkfifo(inputs / "2020" / "处理意见" / "异常清单.xlsx")
    (inputs / "2020" / "处理意见" / f"异常清单.{'y' * 230}").write_bytes(b"junk")
    yield inputs
    # What cleans up after tests calls itself for every folder in a folder.
    subprocess.run(["rm", "-rf", inputs], check=True)


@pytest.fixture(scope="module")
def outputs(inputs, tmp_path_factory) -> Path:
    """The outputs of a night over all of it."""
    folder = tmp_path_factory.mktemp("outputs")
    night(inputs, folder)
    return folder


def _good(inputs: Path) -> None:
    for path, title in zip(GOOD, ("水稻育种技术培训", "果树修剪技术培训"), strict=True):
        submission(inputs / path, title)


def files(outputs: Path) -> pd.DataFrame:
    return view(outputs, "current_file").set_index("path")


def test_every_file_is_accounted_for_once(inputs, outputs):
    there = subprocess.run(["find", "2020", "!", "-type", "d", "-print0"], cwd=inputs, capture_output=True, check=True)
    names = [name.decode(errors="backslashreplace") for name in there.stdout.split(b"\0") if name]
    found = files(outputs)
    assert set(found.index) == {*names, "2020/\\xd6\\xd0.xlsx（2）"}, (
        "what is no text is told apart from what looks like it"
    )
    assert found.index.is_unique
    assert len(found) == len(names)


def test_the_other_files_come_to_what_they_ever_do(calm, outputs):
    for name in ("current_filing", "current_finding"):
        one, other = (view(folder, name).query("file in @GOOD") for folder in (calm, outputs))
        identity = f"{name.removeprefix('current_')}_id"
        assert len(one)
        # Other filings stand beside them now, so that more may be said of them, and nothing else.
        assert set(one[identity]) <= set(other[identity])
    same = ["sha256", "size", "unit", "status", "reason", "filings"]
    one, other = (files(folder).loc[list(GOOD), same].astype("str").to_dict() for folder in (calm, outputs))
    assert one == other


def test_what_can_be_read_is_read_however_deep_and_long_its_name(outputs):
    found = files(outputs)
    for path in (DEEP, *LONG, *PICTURED):
        assert (found.at[path, "status"], found.at[path, "filings"]) == ("read", 1)


def test_what_cannot_is_told_with_its_reason(outputs):
    found = files(outputs)
    for name, (_, says) in NOT_TABLES.items():
        row = found.loc[f"2020/不是表/{name}"]
        assert row["status"] in ("unreadable", "duplicate")
        assert says in row["reason"] or row["status"] == "duplicate"
    assert "超过 64 MB" in found.at["2020/稀疏.xlsx", "reason"]
    assert found.at["2020/管.xlsx", "status"] == found.at["2020/链.xlsx", "status"] == "skipped"
    assert set(found["status"]) <= {"read", "unreadable", "empty", "duplicate", "skipped"}


def test_each_that_has_something_to_correct_is_sent_back(outputs):
    back = [path for path in (outputs / "2020" / "退回修改").rglob("*") if path.is_file()]
    found = files(outputs)
    assert len(back) == found["status"].eq("unreadable").sum() + found["filings"].gt(0).sum()
    assert all(len(os.fsencode(path.name)) <= 200 for path in back)
