"""Hand over: all outputs change together; a night killed in the middle is undone."""

import hashlib
from pathlib import Path

import pytest

from flows import handover
from flows.errors import NightError


def staged(published: Path, run_id: str, text: str) -> Path:
    folder = handover.staging_folder(published, run_id)
    (folder / "全省计划.xlsx").write_text(text)
    (folder / "退回修改" / "成都市").mkdir(parents=True)
    (folder / "退回修改" / "成都市" / "a.xlsx").write_text(text)
    return folder


def contents(published: Path) -> dict[str, str]:
    return {
        str(path.relative_to(published)): path.read_text()
        for path in sorted(published.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_first_night_leaves_only_its_outputs(tmp_path):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    assert contents(tmp_path) == {"全省计划.xlsx": "one", "退回修改/成都市/a.xlsx": "one"}
    assert {path.name for path in tmp_path.iterdir()} == {"全省计划.xlsx", "退回修改"}


def test_the_night_before_goes_into_history_and_strangers_stay(tmp_path):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1")
    handover.finish(tmp_path)
    assert contents(tmp_path) == {
        "notes.txt": "mine",
        "全省计划.xlsx": "two",
        "历史/n1/全省计划.xlsx": "one",
        "历史/n1/退回修改/成都市/a.xlsx": "one",
        "退回修改/成都市/a.xlsx": "two",
    }


def test_history_is_never_overwritten(tmp_path):
    for number in range(3):
        handover.hand_over(staged(tmp_path, f"n{number}", str(number)), tmp_path, f"n{number}", None)
        handover.finish(tmp_path)
    assert contents(tmp_path)["历史/更早/全省计划.xlsx"] == "0"
    assert contents(tmp_path)["历史/更早-2/全省计划.xlsx"] == "1"


@pytest.mark.parametrize("name", ["全省计划.xlsx", "退回修改"])
def test_what_cannot_be_replaced_stays_and_its_new_one_goes_beside_it(tmp_path, monkeypatch, name):
    handover.hand_over(staged(tmp_path, "20200101-010203", "one"), tmp_path, "20200101-010203", None)
    handover.finish(tmp_path)
    rename = Path.rename

    def held_open(self: Path, target: Path) -> Path:
        if self == tmp_path / name:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held_open)
    notes = handover.hand_over(staged(tmp_path, "20200102-010203", "two"), tmp_path, "20200102-010203", "n1")
    handover.finish(tmp_path)
    assert len(notes) == 1
    assert f"“{name}”正被占用" in notes[0]
    found = contents(tmp_path)
    stem, suffix = Path(name).stem, Path(name).suffix
    assert {text for path, text in found.items() if path.split("/")[0] == name} == {"one"}
    assert {text for path, text in found.items() if path.startswith(f"{stem}-20200102-010203{suffix}")} >= {"two"}
    assert "下一夜" in found[f"{stem}-20200102-010203.txt"]

    monkeypatch.undo()
    assert handover.hand_over(staged(tmp_path, "n3", "three"), tmp_path, "n3", "n2") == []
    handover.finish(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"全省计划.xlsx", "退回修改", "历史"}


def test_what_cannot_be_put_in_place_puts_everything_back(tmp_path, monkeypatch):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    before = contents(tmp_path)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "退回修改" and ".staging" in str(self):
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NightError, match="退回修改"):
        handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1")
    monkeypatch.undo()
    assert contents(tmp_path) == before


def test_a_workbook_saved_since_it_was_read_stays(tmp_path):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    as_read = {"全省计划.xlsx": hashlib.sha256(b"one").hexdigest()}
    (tmp_path / "全省计划.xlsx").write_text("one and a word")
    notes = handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1", as_read)
    assert "又被保存过" in notes[0]
    assert contents(tmp_path)["全省计划.xlsx"] == "one and a word"
    assert contents(tmp_path)["全省计划-n2.xlsx"] == "two"


@pytest.mark.parametrize("lock", ["~$全省计划.xlsx", ".~lock.全省计划.xlsx#", ".~全省计划.xlsx"])
def test_a_workbook_that_excel_wps_or_libreoffice_has_open_stays(tmp_path, lock):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    (tmp_path / lock).write_text("somebody")
    notes = handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1")
    assert lock in notes[0]
    assert contents(tmp_path)["全省计划.xlsx"] == "one"
    assert contents(tmp_path)["全省计划-n2.xlsx"] == "two"


def test_a_workbook_saved_in_the_very_moment_stays(tmp_path, monkeypatch):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    as_read = {"全省计划.xlsx": hashlib.sha256(b"one").hexdigest()}
    rename = Path.rename

    def just_before(self: Path, target: Path) -> Path:
        if self == tmp_path / "全省计划.xlsx":
            self.write_text("a word more")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", just_before)
    handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1", as_read)
    handover.finish(tmp_path)
    assert contents(tmp_path)["全省计划.xlsx"] == "a word more"
    assert contents(tmp_path)["全省计划-n2.xlsx"] == "two"


def test_a_workbook_put_back_during_the_night_is_not_taken_for_read(tmp_path):
    (tmp_path / "全省计划.xlsx").write_text("put back")
    handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1", {"全省计划.xlsx": None})
    assert contents(tmp_path)["全省计划.xlsx"] == "put back"


@pytest.mark.parametrize("renames", range(4))
def test_a_night_killed_between_renames_is_undone_by_the_next(tmp_path, monkeypatch, renames):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.finish(tmp_path)
    before = contents(tmp_path)
    rename, left = Path.rename, [renames]

    def killed(self: Path, target: Path) -> Path:
        if not left[0]:
            raise SystemExit
        left[0] -= 1
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(SystemExit):
        handover.hand_over(staged(tmp_path, "n2", "two"), tmp_path, "n2", "n1")
    monkeypatch.undo()
    handover.recover(tmp_path, done={"n1"})
    assert contents(tmp_path) == before


def test_a_night_killed_after_the_warehouse_had_it_is_kept(tmp_path):
    handover.hand_over(staged(tmp_path, "n1", "one"), tmp_path, "n1", None)
    handover.recover(tmp_path, done={"n1"})
    assert contents(tmp_path)["全省计划.xlsx"] == "one"
    assert not list(tmp_path.glob(".*"))
