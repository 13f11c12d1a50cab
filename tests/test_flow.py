"""The night as a Prefect flow, for real: the command in a process of its own, against the temporary server."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from schemas.words import DISPOSITIONS
from tests.first_nights import FirstNights, hashes

PROC = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")


def test_the_night_ends_with_the_counts_and_nothing_on_standard_error(first_nights: FirstNights):
    assert first_nights.stderr == ""
    *_, came, went = first_nights.stdout.splitlines()
    assert "文件 3 个" in came
    assert "申报项目 2 项" in came
    numbers = {word: int(number) for word, number in re.findall(r"([一-鿿]+) (\d+)", went.removeprefix("去向："))}
    assert list(numbers) == list(DISPOSITIONS.values())
    assert sum(numbers.values()) == 2


def test_the_night_changes_no_inputs(first_nights: FirstNights):
    assert first_nights.inputs_stayed


def test_outputs_stand_complete(first_nights: FirstNights):
    outputs = first_nights.outputs
    names = {path.name for path in (outputs / "2020").iterdir()}
    assert {"全省计划.xlsx", "异常清单.xlsx"} <= names
    assert not [name for name in names if name.startswith(".")]
    with duckdb.connect(str(outputs / "warehouse.duckdb"), read_only=True) as connection:
        runs = connection.execute("SELECT status, filings, ended_at IS NOT NULL FROM run").fetchall()
        assert runs == [("complete", 2, True)]
        tables = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert {"run", "file", "filing", "participant", "finding", "pair", "training_group", "decision"} <= tables


@PROC
def test_no_process_is_left(first_nights: FirstNights):
    assert first_nights.processes_of_whole == []


@PROC
def test_nothing_outlives_a_killed_night_but_what_the_next_one_tidies_up(first_nights: FirstNights):
    assert first_nights.processes == []
    assert first_nights.scratch != []
    assert [*(first_nights.state / "tmp").iterdir()] == []
    assert first_nights.temporary == []
    states = [state_name for (state_name,) in _flow_runs(first_nights.state)]
    assert states.count("Crashed") == 1
    assert "Running" not in states


def _flow_runs(state: Path) -> list[tuple[str]]:
    """The state of each night, as Prefect has it."""
    with closing(sqlite3.connect(state / "prefect" / "prefect.db")) as database:
        return database.execute("SELECT state_name FROM flow_run").fetchall()


@pytest.fixture
def outputs(first_nights: FirstNights, tmp_path: Path) -> Path:
    """The outputs of the first nights, for one test."""
    return shutil.copytree(first_nights.outputs, tmp_path / "outputs")


def test_a_night_that_fails_leaves_yesterdays_outputs_whole(first_nights: FirstNights, outputs: Path, huizong):
    before = hashes(outputs)
    (outputs / "2020" / "异常清单.xlsx").touch()
    code = (
        "import flows.warehouse as w\n"
        "def burst(*_): raise RuntimeError('the disk is full')\n"
        "w.load = burst\n"
        "import sys; from flows import cli\n"
        f"sys.argv[1:] = ['nightly', '--inputs', {str(first_nights.inputs)!r}, '--outputs', {str(outputs)!r}]\n"
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


def test_a_locked_warehouse_is_said_with_the_holder(first_nights: FirstNights, outputs: Path, huizong):
    with duckdb.connect(str(outputs / "warehouse.duckdb")):
        done = huizong.plain("nightly", "--inputs", first_nights.inputs, "--outputs", outputs)
    assert done.returncode == 1
    assert str(os.getpid()) in done.stderr
    assert done.stderr.count("\n") == 1
