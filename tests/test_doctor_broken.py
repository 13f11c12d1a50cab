"""The doctor where things are broken: what is safe is done, the rest is left as it is, and nothing breaks the doctor."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import sql
from flows import decision_log, warehouse
from flows.doctor import BAD, GOOD, NOTE, Place, Told, examine
from flows.doctor.probe import PROBES, Probe
from flows.privacy import close_to_others
from flows.settings import PROJECT, Settings
from flows.warehouse import NEWEST
from tests.damage import cut_short, empty, flipped, text
from tests.nights import INPUTS
from tests.warehouses import restore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """The folders of an office that has had two nights and a decision."""
    folder = tmp_path_factory.mktemp("office")
    found = _settings(folder)
    shutil.copytree(INPUTS / "reference", found.reference)
    found.season.mkdir()
    (found.season / "申报表.xlsx").touch()
    restore(NEWEST, found.warehouse)
    for own in (found.published, found.state):
        own.mkdir()
    (found.published / "异常清单.xlsx").touch()
    with warehouse.open_warehouse(found.warehouse) as connection:
        decision_log.recover(connection, found.decision_log, 2020)
    close_to_others(*found.written)
    return folder


def _settings(folder: Path) -> Settings:
    return Settings(2020, folder / "inputs", folder / "outputs", folder / "state")


@pytest.fixture
def place(office, tmp_path, monkeypatch) -> Place:
    """An office of the test's own."""
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)
    return Place(_settings(tmp_path), datetime(2019, 12, 3, 8))


def told(place: Place, mend: bool = False, probes: Sequence[tuple[str, Probe]] = PROBES) -> list[tuple[str, Told]]:
    lines = list(examine(replace(place, mend=mend), probes))
    assert not [str(line) for _, line in lines if "\n" in str(line) or "程序自身" in str(line)]
    assert len({line.seen for _, line in lines}) == len(lines)
    return lines


def wrong(place: Place, name: str, mend: bool = False) -> list[Told]:
    """What is not well of one thing."""
    probes = [one for one in PROBES if one[0] == name]
    return [line for _, line in told(place, mend, probes) if line.sign != GOOD]


# ── the warehouse ────────────────────────────────────────────────────────────


def foreign(path: Path) -> None:
    path.unlink()
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE run (distance DOUBLE)")


@pytest.mark.parametrize("harm", [text, empty, cut_short, flipped, foreign])
def test_a_damaged_or_foreign_warehouse_is_put_aside_and_the_decisions_stay(place, harm):
    path = place.settings.warehouse
    harm(path)
    before = path.read_bytes()
    (line,) = wrong(place, "数据库")
    assert line.sign == BAD
    assert "doctor --mend" in str(line)
    assert path.read_bytes() == before
    assert wrong(place, "数据库", mend=True) == []
    (aside,) = path.parent.glob("warehouse-*.duckdb")
    assert aside.read_bytes() == before
    assert not path.exists()
    with warehouse.open_warehouse(path) as connection:
        assert len(decision_log.recover(connection, place.settings.decision_log, 2020).told) == 1
        assert len(warehouse.kept_decisions(connection)) == 1


def newer(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute(sql.statement("ask", "reach_version"), {"version": NEWEST + 1})


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(("harm", "says"), [(newer, "更新的程序"), (a_folder, "文件夹"), (a_pipe, "管道")])
def test_what_is_not_for_the_doctor_to_move_is_told_and_left(place, harm, says):
    path = place.settings.warehouse
    harm(path)
    for mend in (False, True):
        (line,) = wrong(place, "数据库", mend)
        assert (line.sign, says in line.seen) == (BAD, True)
    assert os.path.lexists(path)
    assert list(path.parent.glob("warehouse-*")) == []


def test_an_older_warehouse_is_told(place):
    place.settings.warehouse.unlink()
    restore(3, place.settings.warehouse)
    (line,) = wrong(place, "数据库")
    assert (line.sign, "第 3 版" in line.seen) == (NOTE, True)


def test_a_lost_warehouse_is_told(place):
    place.settings.warehouse.unlink()
    (line,) = wrong(place, "数据库")
    assert (line.sign, "丢失" in line.seen) == (BAD, True)


def test_a_warehouse_in_use_is_told_by_whom(place):
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    asked = [sys.executable, "-c", code, str(place.settings.warehouse)]
    held = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert held.stdout is not None
    assert held.stdout.readline() == "open\n"
    (line,) = wrong(place, "数据库", mend=True)
    held.communicate("", timeout=60)
    assert (line.sign, str(held.pid) in line.seen) == (NOTE, True)


# ── the other things ─────────────────────────────────────────────────────────


def test_what_a_killed_program_left_is_cleared(place):
    code = "import os, sys; from pathlib import Path; from flows import scratch; scratch.take(Path(sys.argv[1])); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(place.settings.state)], cwd=PROJECT, check=False)
    assert len(wrong(place, "残留")) == 1
    assert wrong(place, "残留", mend=True) == []
    assert list((place.settings.state / "tmp").iterdir()) == []


def test_an_old_error_is_nothing_wrong(place):
    (place.settings.state / "errors.log").write_text("2019-01-01 03:00:00\nTraceback\nValueError: x\n\n")
    assert wrong(place, "出错记录") == []


def test_damaged_lines_of_the_file_of_decisions_are_put_aside_and_written_again(place):
    path = place.settings.decision_log
    line = path.read_bytes()
    path.write_bytes(line.replace("评审一".encode(), "评审二".encode()) + "不是一行".encode())
    assert [one.sign for one in wrong(place, "处理意见")] == [BAD, BAD, NOTE]
    assert wrong(place, "处理意见", mend=True) == []
    assert path.read_bytes() == line
    (aside,) = path.parent.glob("处理意见-损坏的行-*.jsonl")
    assert aside.read_bytes().count(b"\n") == 2
    assert wrong(place, "处理意见") == []


def test_a_line_of_a_newer_program_is_told_and_stays(place):
    path = place.settings.decision_log
    line = path.read_bytes()
    newer = re.sub(rb'"form": \d+', b'"form": 99', line)
    assert newer != line
    path.write_bytes(newer + line)
    (told_of,) = wrong(place, "处理意见", mend=True)
    assert (told_of.sign, "更新的程序" in told_of.seen) == (BAD, True)
    assert path.read_bytes() == newer + line


def test_a_file_of_decisions_that_is_lost_is_written_again(place):
    line = place.settings.decision_log.read_bytes()
    place.settings.decision_log.unlink()
    assert len(wrong(place, "处理意见")) == 1
    assert wrong(place, "处理意见", mend=True) == []
    assert place.settings.decision_log.read_bytes() == line


# ── whatever is broken ───────────────────────────────────────────────────────

PARTS: dict[str, Callable[[Settings], Path]] = {
    "inputs": lambda at: at.inputs,
    "reference": lambda at: at.reference,
    "season": lambda at: at.season,
    "register": lambda at: at.reference / "国家地区.xlsx",
    "outputs": lambda at: at.outputs,
    "published": lambda at: at.published,
    "warehouse": lambda at: at.warehouse,
    "log": lambda at: at.warehouse.with_name("warehouse.duckdb.wal"),
    "decisions": lambda at: at.decision_log,
    "state": lambda at: at.state,
    "errors": lambda at: at.state / "errors.log",
    "scratch": lambda at: at.state / "tmp",
    "prefect": lambda at: at.state / "prefect",
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


LONG = {
    "参考表": ("inputs", "reference", "register"),
    "数据库": ("outputs", "published", "warehouse", "log", "state"),
    "处理意见": ("outputs", "published", "warehouse", "log", "decisions", "state"),
    "安装": ("state",),
    "年度规则": ("state",),
}
"""What takes long to look at, and the parts that it looks at; the last two look at none of them."""


@pytest.mark.parametrize("what", ["nothing", "a folder", "text", "a pipe", "a link to itself"])
@pytest.mark.parametrize("part", PARTS)
def test_nothing_breaks_the_doctor(place, part, what):
    probes = [one for one in PROBES if part in LONG.get(one[0], PARTS)]
    become(what, PARTS[part](place.settings))
    told(place, mend=True, probes=probes)


DOCTOR = """
import sys
from datetime import datetime
from pathlib import Path

from flows.doctor import Place, examine
from flows.doctor.probe import PROBES, Probe
from flows.settings import Settings

for number, folder in enumerate(map(Path, sys.argv[1:])):
    settings = Settings(2020, folder / "inputs", folder / "outputs", folder / "state")
    probes = [one for one in PROBES if one[0] != "安装" and (one[0] != "年度规则" or number == 0)]
    told = [line for mend in (False, True) for line in examine(Place(settings, datetime(2019, 12, 3, 8), mend), probes)]
    print(folder.name, len(told) >= 2 * (len(probes) - 3), *(str(line) for _, line in told if "程序自身" in str(line)))
"""


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another"
)
def test_an_ordinary_user_without_rights_is_told(office, tmp_path, monkeypatch):
    for part in PARTS:
        path = PARTS[part](_settings(shutil.copytree(office, tmp_path / part)))
        (tmp_path / part).chmod(0o755)
        if not path.exists():
            path.mkdir()
        path.chmod(0)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == 0 and folder != Path("/") and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    done = subprocess.run(
        [
            *("setpriv", "--reuid=65534", "--clear-groups", sys.executable, "-B", "-c", DOCTOR),
            *(str(tmp_path / part) for part in PARTS),
        ],
        cwd=PROJECT,
        env={**os.environ, "HUIZONG_STATE": str(tmp_path / "state" / "state"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "PermissionError" in done.stderr and "flows" not in done.stderr:
        pytest.skip(f"an ordinary user cannot read the program here: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{part} True" for part in PARTS]
