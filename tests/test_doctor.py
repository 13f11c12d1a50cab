"""The doctor: what is broken is said in Chinese with what to do, what is safe is done, and nothing breaks the doctor."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

import sql
from flows import cli, decision_log, doctor, warehouse
from flows.doctor.installation import pinned
from flows.doctor.probe import BAD, GOOD, NOTE, PROBES, Told
from flows.settings import PROJECT
from flows.warehouse import NEWEST
from tests.nights import INPUTS
from tests.warehouses import restore

pytestmark = pytest.mark.slow

Break = Callable[[doctor.Place], None]


@pytest.fixture
def place(tmp_path, monkeypatch) -> doctor.Place:
    """An office that has had two nights and a decision."""
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    inputs, outputs = tmp_path / "inputs", tmp_path / "outputs"
    shutil.copytree(INPUTS / "reference", inputs / "reference")
    (inputs / "2020").mkdir()
    (inputs / "2020" / "申报表.xlsx").touch()
    restore(NEWEST, outputs / "warehouse.duckdb")
    published = outputs / "2020"
    published.mkdir()
    for name in ("全省计划.xlsx", "异常清单.xlsx"):
        (published / name).touch()
    found = doctor.Place(inputs, outputs, tmp_path / "state", datetime(2019, 12, 3, 8))
    found.state.mkdir()
    with warehouse.open_warehouse(found.warehouse) as connection:
        decision_log.recover(connection, found.decision_log, 2020)
    for path in (found.state, published, found.warehouse):
        path.chmod(0o750)
    return found


def told(place: doctor.Place, mend: bool = False) -> list[str]:
    lines: list[str] = []
    well = doctor.examine(place, mend, lines.append)
    assert well == (not any(line.startswith(BAD) for line in lines))
    assert not [line for line in lines if "\n" in line or "Traceback" in line or "没有查成" in line], lines
    return lines


def wrong(place: doctor.Place, mend: bool = False) -> list[str]:
    """What is not as it should be, but for what is about this machine."""
    return [line for line in told(place, mend) if not line.startswith(GOOD) and "　磁盘" not in line]


def test_a_healthy_office_is_told_so(place):
    assert wrong(place) == []
    assert len(told(place)) >= len(PROBES) - 1


def test_an_office_that_has_had_no_night_is_not_ill(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    shutil.copytree(INPUTS / "reference", tmp_path / "inputs" / "reference")
    (tmp_path / "inputs" / "2020").mkdir()
    new = doctor.Place(tmp_path / "inputs", tmp_path / "outputs", tmp_path / "state", datetime.now())
    assert not any(line.startswith(BAD) for line in told(new))
    told(new, mend=True)
    assert new.outputs.is_dir()
    assert new.state.is_dir()


# ── the warehouse ────────────────────────────────────────────────────────────


def text(place: doctor.Place) -> None:
    place.warehouse.write_text("这里原来是数据库")


def empty(place: doctor.Place) -> None:
    place.warehouse.write_bytes(b"")


def cut_short(place: doctor.Place) -> None:
    os.truncate(place.warehouse, place.warehouse.stat().st_size // 3)


def flipped(place: doctor.Place) -> None:
    data = bytearray(place.warehouse.read_bytes())
    for at in range(3 * 4096 + 5000, len(data), 2**14):
        data[at] ^= 0xFF
    place.warehouse.write_bytes(data)


def foreign(place: doctor.Place) -> None:
    place.warehouse.unlink()
    with duckdb.connect(place.warehouse) as connection:
        connection.execute("CREATE TABLE run (distance DOUBLE)")


@pytest.mark.parametrize("harm", [text, empty, cut_short, flipped, foreign])
def test_a_damaged_or_foreign_warehouse_is_put_aside_and_the_decisions_stay(place, harm):
    harm(place)
    before = place.warehouse.read_bytes()
    assert any(
        (line.startswith(f"{BAD}　数据库") and "doctor --mend" in line) or "移走" in line for line in wrong(place)
    )
    assert place.warehouse.read_bytes() == before
    lines = told(place, mend=True)
    assert any(line.startswith(f"{GOOD}　数据库") and "已改名为" in line for line in lines)
    (aside,) = place.outputs.glob("warehouse-*.duckdb")
    assert aside.read_bytes() == before
    assert not place.warehouse.exists()
    with warehouse.open_warehouse(place.warehouse) as connection:
        assert len(decision_log.recover(connection, place.decision_log, 2020).told) == 1
        assert len(warehouse.kept_decisions(connection)) == 1


def newer(place: doctor.Place) -> None:
    with duckdb.connect(place.warehouse) as connection:
        connection.execute(sql.statement("ask", "reach_version"), {"version": NEWEST + 1})


def a_folder(place: doctor.Place) -> None:
    place.warehouse.unlink()
    place.warehouse.mkdir()


def a_pipe(place: doctor.Place) -> None:
    place.warehouse.unlink()
    os.mkfifo(place.warehouse)


@pytest.mark.parametrize(("harm", "says"), [(newer, "更新的程序"), (a_folder, "文件夹"), (a_pipe, "管道")])
def test_what_is_not_for_the_doctor_to_move_is_told_and_left(place, harm, says):
    harm(place)
    for mend in (False, True):
        assert any(line.startswith(f"{BAD}　数据库") and says in line for line in wrong(place, mend))
    assert os.path.lexists(place.warehouse)
    assert [*place.outputs.glob("warehouse-*")] == []


def test_an_older_warehouse_is_told(place):
    place.warehouse.unlink()
    restore(3, place.warehouse)
    assert any(line.startswith(f"{NOTE}　数据库") and "第 3 版" in line for line in wrong(place))


def test_a_lost_warehouse_is_told(place):
    place.warehouse.unlink()
    assert any(line.startswith(f"{BAD}　数据库") and "丢失" in line for line in wrong(place))


def test_a_warehouse_in_use_is_told_by_whom(place):
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    held = subprocess.Popen(
        [sys.executable, "-c", code, str(place.warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "open\n"
    lines = wrong(place, mend=True)
    held.communicate("", timeout=60)
    assert any(line.startswith(f"{NOTE}　数据库") and str(held.pid) in line for line in lines)


# ── the other things ─────────────────────────────────────────────────────────


def test_a_night_of_long_ago_and_one_of_tomorrow_are_told(place):
    for now, says in ((timedelta(days=5), "小时以前"), (-timedelta(days=5), "时钟")):
        other = doctor.Place(place.inputs, place.outputs, place.state, place.now + now)
        assert any(line.startswith(f"{NOTE}　最近一夜") and says in line for line in wrong(other))


def test_missing_folders_are_made(place):
    shutil.rmtree(place.inputs / "reference")
    shutil.rmtree(place.state)
    assert len([line for line in wrong(place) if "　文件夹" in line]) == 2
    told(place, mend=True)
    assert place.reference.is_dir()
    assert place.state.is_dir()


def test_rights_are_mended(place):
    place.warehouse.chmod(0o644)
    assert any(line.startswith(f"{NOTE}　保密") for line in wrong(place))
    assert not any("　保密" in line for line in wrong(place, mend=True))
    assert place.warehouse.stat().st_mode & 0o777 == 0o640


def test_what_killed_programs_left_is_cleared(place):
    code = "import os, sys; from pathlib import Path; from flows import scratch; scratch.take(Path(sys.argv[1])); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(place.state)], cwd=PROJECT, check=False)
    assert any(line.startswith(f"{NOTE}　遗留") for line in wrong(place))
    told(place, mend=True)
    assert [*(place.state / "tmp").iterdir()] == []
    assert wrong(place) == []


def test_a_recent_error_is_told_and_an_old_one_is_not_wrong(place):
    log = place.state / "errors.log"
    log.write_text(f"{place.now:%Y-%m-%d} 03:00:00\nTraceback\nValueError: x\n\n")
    assert any(line.startswith(f"{NOTE}　错误记录") and "ValueError: x" in line for line in wrong(place))
    log.write_text("2019-01-01 03:00:00\nTraceback\nValueError: x\n\n")
    assert wrong(place) == []


def test_damaged_lines_of_the_file_of_decisions_are_put_aside_and_written_again(place):
    line = place.decision_log.read_bytes()
    place.decision_log.write_bytes(line.replace("评审一".encode(), "评审二".encode()) + "不是一行".encode())
    assert len([said for said in wrong(place) if said.startswith(f"{BAD}　处理意见")]) == 2
    told(place, mend=True)
    assert place.decision_log.read_bytes() == line
    (aside,) = place.outputs.glob("处理意见-损坏的行-*.jsonl")
    assert aside.read_bytes().count(b"\n") == 2
    assert not [said for said in wrong(place) if "　处理意见" in said]


def test_a_file_of_decisions_that_is_lost_is_written_again(place):
    line = place.decision_log.read_bytes()
    place.decision_log.unlink()
    assert any(said.startswith(f"{NOTE}　处理意见") for said in wrong(place))
    told(place, mend=True)
    assert place.decision_log.read_bytes() == line


def test_other_versions_than_the_tested_ones_are_told(place, monkeypatch):
    monkeypatch.setattr(
        "flows.doctor.installation.pinned", lambda _: {**pinned(PROJECT / "constraints.txt"), "click": "0.1"}
    )
    assert any(line.startswith(f"{NOTE}　程序包") and "click" in line and "0.1" in line for line in wrong(place))


def test_the_reference_workbooks_are_looked_at(place):
    (place.reference / "单位名录.xlsx").write_bytes(b"PK broken")
    assert any(line.startswith(f"{BAD}　参考表") and "单位名录" in line for line in wrong(place))


# ── whatever is broken ───────────────────────────────────────────────────────

PARTS = {
    "inputs": lambda place: place.inputs,
    "reference": lambda place: place.reference,
    "season": lambda place: place.inputs / "2020",
    "register": lambda place: place.reference / "国家地区.xlsx",
    "outputs": lambda place: place.outputs,
    "published": lambda place: place.outputs / "2020",
    "warehouse": lambda place: place.warehouse,
    "log": lambda place: place.warehouse.with_name("warehouse.duckdb.wal"),
    "decisions": lambda place: place.decision_log,
    "state": lambda place: place.state,
    "errors": lambda place: place.state / "errors.log",
    "scratch": lambda place: place.state / "tmp",
    "prefect": lambda place: place.state / "prefect",
}


def gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def become(what: str, path: Path) -> None:
    gone(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    make: dict[str, Callable[[], object]] = {
        "nothing": lambda: None,
        "a folder": path.mkdir,
        "text": lambda: path.write_bytes("\x1b[31m坏\n{]".encode() + bytes(range(256))),
        "a pipe": lambda: os.mkfifo(path),
        "a link to itself": lambda: path.symlink_to(path.name),
    }
    make[what]()


@pytest.mark.parametrize("what", ["nothing", "a folder", "text", "a pipe", "a link to itself"])
@pytest.mark.parametrize("part", PARTS)
def test_nothing_breaks_the_doctor(place, part, what, monkeypatch):
    monkeypatch.delitem(PROBES, "程序包")  # these take long
    if part not in ("inputs", "reference", "register", "state"):
        monkeypatch.delitem(PROBES, "参考表")
    become(what, PARTS[part](place))
    told(place)
    told(place, mend=True)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another"
)
@pytest.mark.parametrize("part", PARTS)
def test_an_ordinary_user_without_rights_is_told(place, tmp_path, part):
    path = PARTS[part](place)
    if not path.exists():
        path.mkdir()
    for folder in tmp_path.parents:
        if folder.stat().st_uid == 0 and folder != Path("/") and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    path.chmod(0)
    code = (
        "import sys\nfrom pathlib import Path\nfrom datetime import datetime\nfrom flows import doctor\n"
        "place = doctor.Place(*map(Path, sys.argv[1:4]), datetime(2019, 12, 3, 8))\n"
        "doctor.examine(place, False, print); doctor.examine(place, True, print)"
    )
    done = subprocess.run(
        [
            "setpriv",
            "--reuid=65534",
            "--clear-groups",
            sys.executable,
            "-B",
            "-c",
            code,
            str(place.inputs),
            str(place.outputs),
            str(place.state),
        ],
        cwd=PROJECT,
        env={**os.environ, "HUIZONG_STATE": str(place.state), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "PermissionError" in done.stderr and "flows" not in done.stderr:
        pytest.skip(f"an ordinary user cannot read the program here: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    assert "没有查成" not in done.stdout, done.stdout
    assert done.stdout.count("\n") >= 2 * (len(PROBES) - 2)


def test_a_probe_that_fails_is_a_line_and_the_others_look(place, monkeypatch):
    def burst(_place: doctor.Place):
        yield Told(GOOD, "x")
        raise RuntimeError("unforeseen")

    monkeypatch.setitem(PROBES, "保密", burst)
    lines: list[str] = []
    assert not doctor.examine(place, False, lines.append)
    assert any("unforeseen" in line for line in lines)
    assert any("　Prefect" in line for line in lines)
    assert "unforeseen" in (place.state / "errors.log").read_text()


def test_the_command_ends_with_0_where_all_is_well_and_with_1_where_not(place, monkeypatch, capsys):
    asked = ["doctor", "--inputs", str(place.inputs), "--outputs", str(place.outputs)]
    assert cli.main(asked) == cli.DONE
    text(place)
    assert cli.main(asked) == cli.FAILED
    assert cli.main([*asked, "--mend"]) == cli.DONE
    said = capsys.readouterr()
    assert said.err == ""
    assert "已处理" in said.out
    with pytest.raises(SystemExit) as wrong_command:
        cli.main(["doctor", "--heal"])
    assert wrong_command.value.code == cli.WRONG
