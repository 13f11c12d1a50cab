"""Workbooks that are broken, moved, copied, old or open stop nothing and lose nothing."""

import os
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from flows.handover import ready
from tests.decide.cases import HOLD, ID, KNOWN, OTHER, entry, status, told
from tests.desk import type_in

pytestmark = [pytest.mark.usefixtures("quick"), pytest.mark.slow]


# Workbooks that are not as they should be


@pytest.mark.parametrize("name", ["异常清单（我改的）.xlsx", "成都市/报送.xlsx"])
def test_a_copy_dropped_among_the_submissions_is_one_of_the_copies(desk, name):
    desk.night(KNOWN)
    stray = desk.settings.season / name
    stray.parent.mkdir(exist_ok=True)
    shutil.copy(desk.workbook, stray)
    type_in(stray, ID, "退回", "请补", "李四")
    assert entry(desk.night(KNOWN), ID) == ("退回", "请补", "李四")
    assert desk.view("decision")["source"].tolist() == [f"2020/{name}"]


@pytest.mark.parametrize("name", ["问题清单王处.xlsx", "王处/已看.xlsx"])
def test_a_copy_in_the_outputs_under_another_name_is_read(desk, name):
    desk.night([HOLD, OTHER])
    copy = desk.settings.published / name
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(desk.workbook, copy)
    type_in(copy, "a1", "退回", None, "王处")
    type_in(desk.workbook, "b2", "同意", None, "张三")
    decided = desk.night([HOLD, OTHER])
    assert (status(decided), status(decided, "b2")) == ("returned", "accepted")
    assert copy.exists()


def test_other_workbooks_among_the_outputs_are_nobodys_business(desk):
    desk.night([HOLD])
    book = Workbook()
    book.active.append(["通讯录", "电话"])
    book.save(desk.settings.published / "通讯录.xlsx")
    assert told(desk.night([HOLD]), "decision-workbook") == []


@pytest.mark.slow
def test_a_broken_workbook_is_said_once_and_in_words_for_a_reviewer(desk):
    desk.night([HOLD])
    desk.workbook.write_bytes(b"PK\x03\x04 cut off")
    (message,) = told(desk.night([HOLD]), "decision-workbook")
    assert "处理意见没有读到" in message
    assert "报送" not in message
    assert told(desk.night([HOLD]), "decision-workbook") == []


@pytest.mark.slow
def test_broken_workbooks_stop_nothing_and_are_said(desk):
    broken = [b"", b"PK\x03\x04 cut off", b"just text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.workbook.write_bytes(broken[1])
    for number, content in enumerate(broken):
        (desk.copies / f"坏{number}.xlsx").write_bytes(content)
    decided = desk.night([HOLD])
    assert status(decided) == "accepted", "what the warehouse has still holds"
    said = told(decided, "decision-workbook")
    assert len(said) == 5
    assert "异常清单.xlsx" in said[0]
    assert any(path.read_bytes() == broken[1] for path in desk.settings.published.glob("历史/*/异常清单.xlsx"))


@pytest.mark.slow
def test_a_missing_workbook_is_said(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD])
    desk.workbook.unlink()
    decided = desk.night([HOLD])
    assert status(decided) == "accepted"
    assert "不在原处" in told(decided, "decision-workbook")[0]
    assert told(desk.night([HOLD]), "decision-workbook") == []


def test_the_first_night_misses_nothing(desk):
    assert told(desk.night([HOLD]), "decision-workbook") == []


@pytest.mark.slow
def test_an_older_workbook_in_place_of_the_last_is_read_and_said(desk):
    desk.night([HOLD, OTHER])
    kept = desk.settings.season / "kept.xlsx"
    shutil.copy(desk.workbook, kept)
    type_in(desk.workbook, "a1", "同意", None, "张三")
    desk.night([HOLD, OTHER])
    shutil.copy(kept, desk.workbook)
    type_in(desk.workbook, "b2", "退回", None, "李四")
    decided = desk.night([HOLD, OTHER])
    assert status(decided) == "accepted"
    assert status(decided, "b2") == "returned"
    assert "旧表" in told(decided, "decision-workbook")[0]


def test_a_copy_without_the_sheets_is_said(desk):
    desk.night([HOLD])
    (desk.copies / "别的.csv").write_text("单位,人数\n甲,3\n", "utf-8")
    assert "不是异常清单的副本" in told(desk.night([HOLD]), "decision-workbook")[0]


@pytest.mark.slow
def test_a_workbook_that_outlived_its_warehouse_still_decides(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", "已核", "张三")
    desk.night([HOLD])
    desk.close()
    desk.settings.warehouse.unlink()
    assert entry(desk.night([HOLD])) == ("同意", "已核", "张三")


# While somebody has it open


@pytest.mark.slow
def test_decisions_saved_during_the_night_are_read_the_next(desk):
    desk.night([HOLD, OTHER])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    decided = desk.night([HOLD, OTHER], during=lambda: type_in(desk.workbook, "b2", "剔除", None, "张三"))
    assert status(decided, "b2") == "open"
    assert "又被保存过" in desk.notes[0]
    beside = desk.settings.published / f"异常清单-{desk.nights[1]}.xlsx"
    assert beside.exists()
    assert "旧表和新表" in beside.with_suffix(".txt").read_text("utf-8-sig")
    type_in(beside, "a1", "退回", None, "李四")
    decided = desk.night([HOLD, OTHER])
    assert (status(decided), status(decided, "b2")) == ("returned", "excluded")
    assert {path.name for path in desk.settings.published.glob("异常清单*")} == {"异常清单.xlsx"}


@pytest.mark.slow
def test_a_workbook_that_is_open_is_left_alone(desk):
    desk.night([HOLD])
    lock = "~$异常清单.xlsx"
    (desk.settings.published / lock).write_text("张三")
    type_in(desk.workbook, "a1", "同意", None, "张三")
    before = desk.workbook.read_bytes()
    assert status(desk.night([HOLD])) == "accepted"
    assert desk.workbook.read_bytes() == before
    assert lock in desk.notes[0]
    assert status(desk.night([HOLD])) == "accepted"
    beside = sorted(path.name for path in desk.settings.published.glob("异常清单-*"))
    assert beside == [f"异常清单-{desk.nights[2]}.txt", f"异常清单-{desk.nights[2]}.xlsx"], "only the newest stays"
    (desk.settings.published / lock).unlink()
    assert status(desk.night([HOLD])) == "accepted"
    assert not desk.notes
    assert not list(desk.settings.published.glob("异常清单-*"))
    assert len(desk.view("decision")) == 1


@pytest.mark.slow
def test_a_workbook_that_cannot_be_replaced(desk, monkeypatch):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    rename = Path.rename

    def in_use(self, target):
        if self == desk.workbook:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(ready, "can_exchange", lambda _: False)  # as on Windows, where a workbook can be held
    monkeypatch.setattr(Path, "rename", in_use)
    assert status(desk.night([HOLD])) == "accepted"
    assert "正被占用" in desk.notes[0]
    assert (desk.settings.published / f"异常清单-{desk.nights[1]}.xlsx").exists()
    monkeypatch.undo()
    desk.night([HOLD])
    assert {path.name for path in desk.settings.published.glob("异常清单*")} == {"异常清单.xlsx"}


@pytest.mark.slow
def test_what_was_saved_into_the_history_is_read(desk):
    """A program that had the workbook open may save into the file that was moved away under it."""
    desk.night([HOLD])
    desk.night([HOLD])
    moved = desk.settings.published / "历史" / desk.nights[0] / "异常清单.xlsx"
    type_in(moved, "a1", "同意", None, "张三")
    assert status(desk.night([HOLD])) == "accepted"


@pytest.mark.slow
def test_what_was_saved_into_the_history_is_read_whatever_the_clock_says(desk):
    desk.night([HOLD])
    desk.night([HOLD])
    moved = desk.settings.published / "历史" / desk.nights[0] / "异常清单.xlsx"
    type_in(moved, "a1", "同意", None, "张三")
    os.utime(moved, (1.5e9, 1.5e9))
    assert status(desk.night([HOLD])) == "accepted"


@pytest.mark.slow
def test_a_night_that_fails_reads_the_same_again(desk):
    desk.night([HOLD])
    type_in(desk.workbook, "a1", "同意", None, "张三")
    before = desk.workbook.read_bytes()
    desk.night([HOLD], fail=True)
    assert desk.workbook.read_bytes() == before
    assert desk.view("decision").empty
    assert status(desk.night([HOLD])) == "accepted"
    assert len(desk.view("decision")) == 1
