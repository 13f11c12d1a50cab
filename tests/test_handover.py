"""Hand over: all outputs change in one step; a night that was killed at any place is settled before anything is asked."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from flows import handover
from flows.errors import NightError
from flows.handover import ready as ready_room
from flows.handover import swap as swap_room
from flows.handover.night_folder import NIGHT_FILE, said

N1, N2, N3, N4 = (f"2020010{day}-010203" for day in range(1, 5))
OURS = {"全省计划.xlsx", "退回修改", NIGHT_FILE}


@pytest.fixture(params=["as one", "entry by entry"])
def published(request, tmp_path, monkeypatch) -> Path:
    """The folder of a year, on a system that lets two folders change places and on one that does not."""
    if request.param == "entry by entry":
        monkeypatch.setattr(ready_room, "can_exchange", lambda _: False)
    folder = tmp_path / "2020"
    folder.mkdir()
    return folder


@pytest.fixture
def one_by_one(tmp_path, monkeypatch) -> Path:
    """The folder of a year on a system that does not let two folders change places."""
    monkeypatch.setattr(ready_room, "can_exchange", lambda _: False)
    folder = tmp_path / "2020"
    folder.mkdir()
    return folder


def staged(published: Path, run_id: str, text: str) -> Path:
    folder = handover.stage(published, run_id)
    (folder / "全省计划.xlsx").write_text(text)
    (folder / "退回修改" / "成都市").mkdir(parents=True)
    (folder / "退回修改" / "成都市" / "a.xlsx").write_text(text)
    return folder


def made_ready(published: Path, run_id: str, text: str, as_read: dict | None = None):
    return handover.make_ready(staged(published, run_id, text), published, run_id, as_read)


def publish(published: Path, run_id: str, text: str, as_read: dict | None = None) -> list[str]:
    return handover.swap_in(made_ready(published, run_id, text, as_read))


def contents(published: Path) -> dict[str, str]:
    return {
        str(path.relative_to(published)): path.read_text()
        for path in sorted(published.rglob("*"))
        if path.is_file() and path.name != NIGHT_FILE
    }


def of(text: str) -> dict[str, str]:
    return {"全省计划.xlsx": text, "退回修改/成都市/a.xlsx": text}


def history(text: str, run_id: str) -> dict[str, str]:
    return {f"历史/{run_id}/{name}": said for name, said in of(text).items()}


def nothing_else(published: Path) -> bool:
    return [path.name for path in published.parent.iterdir()] == ["2020"]


def test_the_first_night_leaves_only_its_outputs(published):
    assert publish(published, N1, "one") == []
    assert contents(published) == of("one")
    assert {path.name for path in published.iterdir()} == OURS
    assert nothing_else(published)


def test_the_first_night_needs_no_folder(tmp_path):
    assert publish(tmp_path / "2020", N1, "one") == []
    assert contents(tmp_path / "2020") == of("one")


def test_the_folder_says_which_night_it_is(published):
    for run_id in (N1, N2):
        publish(published, run_id, "text")
        assert said(published).run_id == run_id
    assert said(published / "历史" / N1).run_id == N1


def test_the_night_before_goes_into_history_and_strangers_stay(published):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")
    (published / "王处").mkdir()
    (published / "王处" / "看过.txt").write_text("his")
    (published / "空").mkdir()
    (published / "link").symlink_to("notes.txt")
    publish(published, N2, "two")
    assert contents(published) == {
        **of("two"),
        **history("one", N1),
        "notes.txt": "mine",
        "link": "mine",
        "王处/看过.txt": "his",
    }
    assert (published / "link").is_symlink()
    assert (published / "空").is_dir()
    assert nothing_else(published)


def test_the_history_grows_and_keeps_what_it_has(published):
    for number, run_id in enumerate((N1, N2, N3, N4)):
        publish(published, run_id, str(number))
    kept = {**history("0", N1), **history("1", N2), **history("2", N3)}
    assert contents(published) == {**of("3"), **kept}


def test_the_history_forgets_the_oldest_by_their_numbers_and_nothing_else(published):
    for text, run_id in enumerate((N1, N2, N3, N4)):
        publish(published, run_id, str(text))
    mine = published / "历史" / "我的备份"
    mine.mkdir()
    (published / "历史" / f"{N3}-2").mkdir()  # where a folder of that night was there already
    numbers = {N3: 1, N1: 2, N2: 3, N4: 4}  # the clock was set back
    for run_id in (N1, N2, N3, "another"):
        (published / "历史" / f"{run_id}.jsonl").touch()
    assert handover.forget_old(published, numbers, 2, 3) == [N3]
    logs = [f"{run_id}.jsonl" for run_id in (N1, N2, N3, "another")]
    assert sorted(path.name for path in (published / "历史").iterdir()) == sorted([N1, N2, "我的备份", *logs])
    assert handover.forget_old(published, numbers, 2, 1) == []
    assert {path.name for path in (published / "历史").glob("*.jsonl")} == {f"{N2}.jsonl", "another.jsonl"}


def test_outputs_of_a_program_that_wrote_down_no_night_go_into_history(published):
    for name, text in of("old").items():
        (published / name).parent.mkdir(exist_ok=True, parents=True)
        (published / name).write_text(text)
    (published / ".handover.json").write_text("{}")
    (published / ".staging").mkdir()
    publish(published, N1, "one")
    assert contents(published) | {".handover.json": "{}"} == {
        **of("one"),
        **history("old", "更早"),
        ".handover.json": "{}",
    }


def test_an_output_that_is_no_longer_made_goes_into_history(published):
    staging = staged(published, N1, "one")
    (staging / "简报.html").write_text("one")
    handover.swap_in(handover.make_ready(staging, published, N1))
    publish(published, N2, "two")
    assert contents(published) == {**of("two"), **history("one", N1), f"历史/{N1}/简报.html": "one"}


# ── what people have open or saved ───────────────────────────────────────────


def test_a_workbook_saved_since_it_was_read_stays_until_it_is_read(published):
    publish(published, N1, "one")
    as_read = {"全省计划.xlsx": hashlib.sha256(b"one").hexdigest()}
    (published / "全省计划.xlsx").write_text("one and a word")
    notes = publish(published, N2, "two", as_read)
    assert "又被保存过" in notes[0]
    found = contents(published)
    assert found["全省计划.xlsx"] == "one and a word"
    assert found[f"全省计划-{N2}.xlsx"] == "two"
    assert "下一夜" in found[f"全省计划-{N2}.txt"]
    assert f"历史/{N1}/全省计划.xlsx" not in found

    as_read = {name: hashlib.sha256(found[name].encode()).hexdigest() for name in found if name.endswith(".xlsx")}
    assert publish(published, N3, "three", as_read) == []
    assert {path.name for path in published.iterdir()} == {*OURS, "历史"}
    assert {"one and a word", "two"} <= {text for name, text in contents(published).items() if name.startswith("历史")}


@pytest.mark.parametrize("lock", ["~$全省计划.xlsx", ".~lock.全省计划.xlsx#", ".~全省计划.xlsx"])
def test_a_workbook_that_excel_wps_or_libreoffice_has_open_stays(published, lock):
    publish(published, N1, "one")
    (published / lock).write_text("somebody")
    notes = publish(published, N2, "two")
    assert lock in notes[0]
    assert contents(published)["全省计划.xlsx"] == "one"
    assert contents(published)[f"全省计划-{N2}.xlsx"] == "two"
    assert (published / lock).exists()
    publish(published, N3, "three")
    assert contents(published)["全省计划.xlsx"] == "one"
    assert f"全省计划-{N2}.xlsx" not in contents(published), "only the newest stays beside it"
    (published / lock).unlink()
    assert publish(published, N4, "four") == []
    assert {path.name for path in published.iterdir()} == {*OURS, "历史"}


def test_a_workbook_put_back_during_the_night_is_not_taken_for_read(published):
    (published / "全省计划.xlsx").write_text("put back")
    publish(published, N2, "two", {"全省计划.xlsx": None})
    assert contents(published)["全省计划.xlsx"] == "put back"


def test_a_workbook_saved_after_all_was_ready_stays(published):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")
    ready = made_ready(published, N2, "two", {"全省计划.xlsx": hashlib.sha256(b"one").hexdigest()})
    (published / "全省计划.xlsx").write_text("a word more")
    (published / "notes.txt").unlink()
    (published / "notes.txt").write_text("mine, changed")
    os.utime(published / "notes.txt", (2e9, 2e9))
    (published / "new.txt").write_text("new")
    notes = handover.swap_in(ready)
    assert "又被保存过" in notes[0]
    found = contents(published)
    assert found["全省计划.xlsx"] == "a word more"
    assert found[f"全省计划-{N2}.xlsx"] == "two"
    assert found["notes.txt"] == "mine, changed"
    assert found["new.txt"] == "new"
    assert nothing_else(published)


@pytest.mark.parametrize("name", ["全省计划.xlsx", "退回修改"])
def test_what_another_program_holds_stays_and_its_new_one_goes_beside_it(one_by_one, monkeypatch, name):
    publish(one_by_one, N1, "one")
    rename = Path.rename

    def held_open(self: Path, target: Path) -> Path:
        if self == one_by_one / name:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held_open)
    notes = publish(one_by_one, N2, "two")
    assert len(notes) == 1
    assert f"“{name}”正被占用" in notes[0]
    found = contents(one_by_one)
    stem, suffix = Path(name).stem, Path(name).suffix
    assert {text for path, text in found.items() if path.split("/")[0] == name} == {"one"}
    assert {text for path, text in found.items() if path.startswith(f"{stem}-{N2}{suffix}")} >= {"two"}
    assert "下一夜" in found[f"{stem}-{N2}.txt"]

    monkeypatch.setattr(Path, "rename", rename)
    assert publish(one_by_one, N3, "three") == []
    assert {path.name for path in one_by_one.iterdir()} == {*OURS, "历史"}


# ── what cannot be written, linked or exchanged ──────────────────────────────


def test_what_cannot_be_made_ready_changes_nothing(published, monkeypatch):
    publish(published, N1, "one")
    before = contents(published)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ready_room, "flush", full)
    with pytest.raises(NightError, match="磁盘已满"):
        made_ready(published, N2, "two")
    assert contents(published) == before


def test_what_can_be_neither_linked_nor_copied_stays_where_it_is(published, monkeypatch):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(shutil, "copy2", refused)
    publish(published, N2, "two")
    assert contents(published) == {**of("two"), **history("one", N1), "notes.txt": "mine"}
    assert nothing_else(published)


def test_a_file_system_without_links_gets_copies(published, monkeypatch):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "no")

    monkeypatch.setattr(os, "link", refused)
    publish(published, N2, "two")
    assert contents(published) == {**of("two"), **history("one", N1), "notes.txt": "mine"}


def test_a_folder_that_cannot_change_places_after_all_is_filled_entry_by_entry(published, monkeypatch):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")
    (published / "~$全省计划.xlsx").write_text("somebody")

    def busy(*_: object) -> None:
        raise OSError(16, "busy")

    monkeypatch.setattr(swap_room, "exchange", busy)
    publish(published, N2, "two")
    found = contents(published)
    assert found["全省计划.xlsx"] == "one"
    assert found[f"全省计划-{N2}.xlsx"] == "two"
    assert found["退回修改/成都市/a.xlsx"] == "two"
    assert found["notes.txt"] == "mine"
    assert nothing_else(published)


# ── after a kill ─────────────────────────────────────────────────────────────


class Killed(BaseException):
    """The program is gone."""


def kill_at(monkeypatch, step: int) -> None:
    """From now on the program is killed before its change number ``step`` of the folders."""
    left = [step]

    def counted(function):
        def counting(*arguments, **named):
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return function(*arguments, **named)

        return counting

    for holder, name in ((os, "link"), (shutil, "copy2"), (shutil, "rmtree"), (swap_room, "exchange")):
        monkeypatch.setattr(holder, name, counted(getattr(holder, name)))
    for name in ("rename", "replace", "unlink", "mkdir", "rmdir", "write_text", "touch"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))


@pytest.mark.parametrize("step", range(60))
@pytest.mark.parametrize("committed", [True, False], ids=["the warehouse has it", "it has not"])
def test_a_night_killed_anywhere_is_settled(published, request, monkeypatch, step, committed):
    as_one = "as one" in request.node.name
    publish(published, N1, "one")
    publish(published, N2, "two")
    (published / "notes.txt").write_text("mine")
    before = contents(published)
    with monkeypatch.context() as patched:
        try:
            if committed:
                ready = made_ready(published, N3, "three")
                kill_at(patched, step)
                handover.swap_in(ready)
            else:
                kill_at(patched, step)
                made_ready(published, N3, "three")
        except Killed:
            pass
    if as_one:
        assert {name: text for name, text in contents(published).items() if name in of("")} in (of("two"), of("three"))
    handover.settle(published, N3 if committed else N2)
    after = {**of("three"), **history("two", N2), **history("one", N1), "notes.txt": "mine"}
    assert contents(published) == (after if committed else before)
    assert said(published).run_id == (N3 if committed else N2)
    assert nothing_else(published)
    handover.settle(published, N3 if committed else N2)
    assert contents(published) == (after if committed else before)


def test_settling_can_be_killed_too(published, monkeypatch):
    publish(published, N1, "one")
    (published / "notes.txt").write_text("mine")
    made_ready(published, N2, "two")
    for step in range(30):
        with monkeypatch.context() as patched, pytest.MonkeyPatch.context():
            kill_at(patched, step % 4)
            try:
                handover.settle(published, N2)
                break
            except Killed:
                continue
    handover.settle(published, N2)
    assert contents(published) == {**of("two"), **history("one", N1), "notes.txt": "mine"}
    assert nothing_else(published)


def test_an_older_warehouse_brings_its_night_back(published):
    for run_id, text in ((N1, "one"), (N2, "two"), (N3, "three")):
        publish(published, run_id, text)
    assert N2 in handover.settle(published, N2)[0]
    assert contents(published) == {**of("two"), **history("one", N1), **history("three", N3)}
    assert said(published).run_id == N2


def test_what_no_night_wrote_is_left_alone(published):
    (published / "全省计划.xlsx").write_text("theirs")
    assert handover.settle(published, N1) == []
    assert contents(published) == {"全省计划.xlsx": "theirs"}


def test_without_a_warehouse_the_published_night_stays(published):
    publish(published, N1, "one")
    made_ready(published, N2, "two")
    handover.settle(published, None)
    assert contents(published) == of("one")
    assert nothing_else(published)
