"""Files that change while a night is at them: hash, filings and copy are of the same bytes, or the next night is told to read."""

import hashlib
import importlib
import os
import random
import shutil
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from openpyxl import load_workbook

from flows.publish import write_submission
from schemas.sheets import LETTER
from tests.frames import VALID
from tests.nights import INPUTS, STARTED, night, view
from tests.year import BOOK

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="links and pipes")]

UNIT, OTHERS = "四川省农业农村厅", "绵阳市农业农村局"
CALM = "2020/绵阳/不变.xlsx"
READ_LATER = ["flows.collect.recognised", "flows.nightly.read_changed"]
"""Steps after the files were hashed: they open them again."""
MARKED_LATER = "flows.nightly.write_returns"


def replaced(path: Path) -> None:
    shutil.copy(path.parents[3] / "new.xlsx", path.with_name("~$new"))
    path.with_name("~$new").rename(path)


def rewritten(path: Path) -> None:
    path.write_bytes((path.parents[3] / "new.xlsx").read_bytes())


def grown(path: Path) -> None:
    with path.open("ab") as opened:
        opened.truncate(20 * 2**30)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def linked(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[3] / "new.xlsx")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DEEDS = {
    f"2020/科技厅/{deed.__name__}.xlsx": deed
    for deed in (replaced, rewritten, grown, emptied, Path.unlink, linked, piped, a_folder)
}
"""File → what is done to it."""


def title(path: str) -> str:
    """The title of the one project in a file."""
    return f"{Path(path).stem}号作物育种技术培训"


def submission(path: Path, unit: str = UNIT) -> None:
    """One project that has to be corrected, since its days are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_submitted(title(path.as_posix()), unit))


@cache
def _submitted(title: str, unit: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "申报表.xlsx"
        row = {**VALID, "seq": 1, "title": title, "days": None, "otm_no": None}
        write_submission(path, BOOK, None, unit=unit, filings=[row])
        return path.read_bytes()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """One file that is left alone, and beside the inputs a file of which others may be made."""
    folder = tmp_path / "inputs"
    shutil.copytree(INPUTS / "reference", folder / "reference")
    submission(folder / CALM, OTHERS)
    submission(tmp_path / "new.xlsx")
    return folder


@pytest.fixture
def disturbed(inputs, monkeypatch):
    """Called with a step and deeds by file: a night in which they are done just before the step, and what it said."""

    def do(step: str, deeds: dict[str, Callable[[Path], object]]) -> list[str]:
        module, _, name = step.rpartition(".")
        room = importlib.import_module(module)
        original, done, notes = getattr(room, name), [], []

        def first(*arguments: object) -> object:
            if not done:
                done.extend(deed(inputs / path) for path, deed in deeds.items())
            return original(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(room, name, first)
            night(inputs, inputs.parent / "outputs", report=notes.append)
        assert len(done) == len(deeds)
        return notes

    return do


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(inputs: Path) -> pd.DataFrame:
    return view(inputs.parent / "outputs", "current_file").set_index("path")


def titles(inputs: Path) -> dict[str, str]:
    filings = view(inputs.parent / "outputs", "current_filing")
    return dict(zip(filings["file"], filings["title"], strict=True))


def returned(inputs: Path) -> dict[str, Path]:
    below = inputs.parent / "outputs" / "2020" / "退回修改"
    return {path.name: path for path in below.rglob("*.xlsx")}


def letter(path: Path) -> str:
    return "\n".join(str(cell.value) for row in load_workbook(path)[LETTER.name] for cell in row if cell.value)


@pytest.mark.parametrize("step", READ_LATER)
def test_what_changes_before_it_is_read_waits_for_the_next_night(step, inputs, disturbed):
    for path in DEEDS:
        submission(inputs / path)
    before = {path: sha256(inputs / path) for path in DEEDS}
    disturbed(step, DEEDS)
    found = files(inputs)
    assert found.loc[list(DEEDS), "sha256"].to_dict() == before
    assert found.loc[list(DEEDS), "status"].eq("deferred").all()
    assert found.loc[list(DEEDS), "filings"].eq(0).all()
    assert found.loc[list(DEEDS), "reason"].str.contains("改动.*下一夜再读取").all()
    assert titles(inputs) == {CALM: title(CALM)}
    assert set(returned(inputs)) == {"不变.xlsx"}, "there is nothing for the unit to do"
    told = view(inputs.parent / "outputs", "current_finding").query("file != @CALM")
    assert set(told["rule_id"]) == {"file-deferred"}
    assert told["advice"].str.contains("不必重新报送").all()

    night(inputs, inputs.parent / "outputs", STARTED.replace(hour=5))
    for path in ("2020/科技厅/replaced.xlsx", "2020/科技厅/rewritten.xlsx"):
        assert files(inputs).at[path, "sha256"] == sha256(inputs / path)
    assert "new号作物育种技术培训" in titles(inputs).values(), "the next night has read what they became"


def test_a_copy_is_never_made_of_bytes_that_nobody_checked(inputs, disturbed):
    for path in DEEDS:
        submission(inputs / path)
    before = {path: sha256(inputs / path) for path in DEEDS}
    notes = disturbed(MARKED_LATER, DEEDS)
    assert files(inputs).loc[list(DEEDS), "sha256"].to_dict() == before
    assert titles(inputs) == {path: title(path) for path in (*DEEDS, CALM)}
    back = returned(inputs)
    assert set(back) == {"不变.xlsx", *(f"{Path(path).stem}-修改意见.xlsx" for path in DEEDS)}
    for path in DEEDS:
        alone = back[f"{Path(path).stem}-修改意见.xlsx"]
        assert load_workbook(alone).sheetnames == [LETTER.name]
        for told in ("不能在原件上批注", "改动", "培训天数", title(path)):
            assert told in letter(alone)
        assert "new号" not in letter(alone)
        assert any(path in note and "不能在原件上批注" in note for note in notes)


@pytest.mark.parametrize("step", [*READ_LATER, MARKED_LATER])
def test_the_same_bytes_elsewhere_are_as_good(step, inputs, disturbed):
    """A file and its copy count once: where only one of them changes, neither is lost."""
    first, second = "2020/科技厅/甲.xlsx", "2020/绵阳/甲.xlsx"
    submission(inputs / first)
    shutil.copy(inputs / first, inputs / second)
    disturbed(step, {first: rewritten})
    assert files(inputs).loc[[first, second], "status"].tolist() == ["read", "duplicate"]
    assert titles(inputs) == {first: title(first), CALM: title(CALM)}
    assert set(returned(inputs)) == {"甲.xlsx", "不变.xlsx"}


def test_a_copy_of_the_exceptions_workbook_that_is_replaced_is_asked_for_decisions_the_next_night(inputs, disturbed):
    night(inputs, inputs.parent / "outputs")
    copy = "2020/处理意见/张三.xlsx"
    (inputs / copy).parent.mkdir()
    shutil.copy(inputs.parent / "outputs" / "2020" / "异常清单.xlsx", inputs / copy)
    before = sha256(inputs / copy)
    disturbed("flows.nightly.read_decisions", {copy: rewritten})
    assert files(inputs).at[copy, "sha256"] == before
    told = view(inputs.parent / "outputs", "current_decision_workbook").set_index("path")
    assert "改动" in told.at[copy, "problem"]


@pytest.mark.parametrize("seed", [1, 2])
def test_files_that_never_hold_still_are_read_as_one_thing_or_not_at_all(seed, inputs):
    """All the while other bytes are put in the place of files: hash, project and copy still tell of the same."""
    made, paths = {}, [f"2020/科技厅/{name}.xlsx" for name in "子丑寅卯辰巳午未"]
    for name in "甲乙丙丁戊己":
        submission(inputs.parent / "others" / f"{name}.xlsx")
        made[name] = (inputs.parent / "others" / f"{name}.xlsx").read_bytes()
    chance, stop = random.Random(seed), threading.Event()
    for path in paths:
        (inputs / path).parent.mkdir(exist_ok=True)
        (inputs / path).write_bytes(made["甲"] + b"\0")

    def swap() -> None:
        while not stop.wait(chance.uniform(0, 0.05)):
            place, data = inputs / chance.choice(paths), made[chance.choice("甲乙丙丁戊己")]
            if chance.random() < 0.5:
                place.write_bytes(data)
            else:
                place.with_name("~$new").write_bytes(data)
                place.with_name("~$new").rename(place)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        night(inputs, inputs.parent / "outputs")
    finally:
        stop.set()
        swapping.join()
    found = files(inputs).drop(index=CALM)
    found = found[found.index.isin(paths)]
    assert len(found) == len(paths)
    assert set(found["status"]) <= {"read", "deferred", "duplicate", "unreadable", "superseded"}
    first = [("甲", made["甲"] + b"\0")]
    told = {hashlib.sha256(data).hexdigest(): f"{name}号作物育种技术培训" for name, data in [*made.items(), *first]}
    read = titles(inputs)
    assert read.pop(CALM) == title(CALM)
    assert {path: told[found.at[path, "sha256"]] for path in read} == read
    for name, copy in returned(inputs).items():
        if name.endswith("修改意见.xlsx") or name == "不变.xlsx":
            continue
        book = load_workbook(copy)
        cells = {cell.value for row in book["项目申报"] for cell in row}
        (path,) = [path for path in paths if Path(path).name == name]
        assert read[path] in cells
