"""The night as a Prefect flow, for real: the command in a process of its own, against the temporary server."""

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.publish import write_submission
from flows.references import load_references
from schemas.words import DISPOSITIONS
from tests.frames import VALID
from tests.year import BOOK

PROJECT = Path(__file__).resolve().parents[1]


def hashes(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".state" not in path.parts
    }


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small submissions and a broken one."""
    inputs = tmp_path_factory.mktemp("season") / "inputs"
    shutil.copytree(PROJECT / "inputs" / "reference", inputs / "reference")
    references = load_references(inputs / "reference")
    unit = "四川省农业农村厅"
    rows = [
        {**VALID, "seq": 1},
        {
            **VALID,
            "seq": 2,
            "title": "柑橘采后商品化处理技术培训",
            "otm_no": "OTM20200002",
            "headcount": 25,
            "start_date": date(2020, 9, 1),
            "end_date": date(2020, 9, 21),
        },
    ]
    (inputs / "2020" / "省直").mkdir(parents=True)
    write_submission(inputs / "2020" / "省直" / "甲.xlsx", BOOK, references, unit=unit, filings=rows)
    write_submission(inputs / "2020" / "乙.xlsx", BOOK, references, unit="绵阳市农业农村局", filings=[])
    (inputs / "2020" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return inputs


@pytest.fixture(scope="module")
def night(season, huizong, tmp_path_factory):
    """The outputs of one night and what it printed."""
    outputs = tmp_path_factory.mktemp("night") / "outputs"
    before = hashes(season)
    done = huizong("nightly", "--inputs", season, "--outputs", outputs)
    assert done.returncode == 0, done.stderr
    assert hashes(season) == before, "inputs were changed"
    return outputs, done


def test_the_night_ends_with_the_counts_and_nothing_on_standard_error(night):
    _, done = night
    assert done.stderr == ""
    *_, came, went = done.stdout.splitlines()
    assert "文件 3 个" in came
    assert "申报项目 2 项" in came
    numbers = {word: int(number) for word, number in re.findall(r"([一-鿿]+) (\d+)", went.removeprefix("去向："))}
    assert list(numbers) == list(DISPOSITIONS.values())
    assert sum(numbers.values()) == 2


def test_outputs_stand_complete(night):
    outputs, _ = night
    names = {path.name for path in (outputs / "2020").iterdir()}
    assert {"全省计划.xlsx", "异常清单.xlsx"} <= names
    assert not [name for name in names if name.startswith(".")]
    with duckdb.connect(str(outputs / "warehouse.duckdb"), read_only=True) as connection:
        runs = connection.execute("SELECT status, filings, ended_at IS NOT NULL FROM run").fetchall()
        assert runs == [("complete", 2, True)]
        tables = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert {"run", "file", "filing", "participant", "finding", "pair", "training_group", "decision"} <= tables


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_no_process_is_left(night, state):
    deadline = time.monotonic() + 15
    while (left := _processes_of(state)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not left


@pytest.fixture
def temporary(huizong, monkeypatch) -> Iterator[Path]:
    """The system's folder of temporary things, as the commands see it; its path is short, for sockets stand in it."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setitem(huizong.environment, "TMPDIR", folder)
        yield Path(folder)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_nothing_outlives_a_killed_night_but_what_the_next_one_tidies_up(
    night, season, huizong, state, temporary, tmp_path
):
    started = huizong.start("nightly", "--inputs", season, "--outputs", tmp_path / "outputs")
    assert any("清点文件" in line for line in started.stdout)
    started.kill()
    started.wait()
    test_no_process_is_left(night, state)
    assert [*(state / "tmp").iterdir()] != []
    assert huizong("nightly", "--inputs", season, "--outputs", tmp_path / "outputs").returncode == 0
    assert [*(state / "tmp").iterdir()] == []
    assert [*temporary.iterdir()] == []
    states = [state_name for (state_name,) in _flow_runs(state)]
    assert states.count("Crashed") == 1
    assert "Running" not in states


def _flow_runs(state: Path) -> list[tuple[str]]:
    """The state of each night, as Prefect has it."""
    with closing(sqlite3.connect(state / "prefect" / "prefect.db")) as database:
        return database.execute("SELECT state_name FROM flow_run").fetchall()


def _processes_of(state: Path) -> list[str]:
    """Command lines of living processes that were started with this state folder, but for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.name) != os.getpid() and str(state).encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return [line for line in found if line]


def test_a_night_that_fails_leaves_yesterdays_outputs_whole(night, season, huizong):
    outputs, _ = night
    before = hashes(outputs)
    (outputs / "2020" / "异常清单.xlsx").touch()
    code = (
        "import flows.warehouse as w\n"
        "def burst(*_): raise RuntimeError('the disk is full')\n"
        "w.load = burst\n"
        "import sys; from flows import cli\n"
        f"sys.argv[1:] = ['nightly', '--inputs', {str(season)!r}, '--outputs', {str(outputs)!r}]\n"
        "cli.run()"
    )
    done = huizong.script(code)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
    assert "the disk is full" in done.stderr
    after = hashes(outputs)
    assert {k: v for k, v in after.items() if "duckdb" not in k} == {
        k: v for k, v in before.items() if "duckdb" not in k
    }
    with duckdb.connect(str(outputs / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchall() == [(1,)]


def test_a_locked_warehouse_is_said_with_the_holder(night, season, huizong):
    outputs, _ = night
    with duckdb.connect(str(outputs / "warehouse.duckdb")):
        done = huizong("nightly", "--inputs", season, "--outputs", outputs)
    assert done.returncode == 1
    assert str(os.getpid()) in done.stderr
    assert done.stderr.count("\n") == 1
