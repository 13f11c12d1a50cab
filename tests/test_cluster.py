"""A night on a Dask cluster of two workers is the night of one machine, and a cluster that is not fit is told."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

from flows.assemble import apart
from flows.cluster import OnlyHere, of_a_task, on_dask
from flows.errors import AwayError, NightError, SettingError
from flows.read import read
from flows.settings import Settings
from flows.validate import ACROSS_FILES, OF_ONE_FILE, validate
from tests.command import Command
from tests.conftest import absent
from tests.nights import INPUTS, STARTED, night
from tests.reference_folder import registers_in
from tests.test_incremental import Side
from tests.test_night import FEW
from tests.year import BOOK

_SECONDS = 60
_FEW_FILES_A_TASK = """
import sys
from flows import cli, prefect_home

def settled(state, settle=prefect_home.settle_prefect):
    server = settle(state)
    from flows import nightly
    nightly.FILES_A_PART = 3
    return server

prefect_home.settle_prefect = settled
sys.argv[1:] = {arguments}
cli.run()
"""
"""The command, with so few files a task that every worker gets some; Prefect may not be imported before it has a home."""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("few")
    shutil.copytree(INPUTS / "reference", folder / "reference")
    for name in FEW:
        (folder / "2020" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(INPUTS / "2020" / name, folder / "2020" / name)
    return folder


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process, as docs/scale.md starts them."""
    if not find_spec("prefect_dask"):
        absent("prefect-dask")
    told = tmp_path_factory.mktemp("dask") / "scheduler.json"
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    programs = [
        _dask(environment, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
        _dask(environment, "worker", "--nworkers", "2", "--nthreads", "1", "--no-dashboard"),
    ]
    started = [subprocess.Popen([*program, "--scheduler-file", str(told)], **quiet) for program, quiet in programs]
    try:
        yield _address(told)
    finally:
        for program in reversed(started):
            program.terminate()
            program.wait(_SECONDS)


def _dask(environment: dict[str, str], *arguments: str) -> tuple[list[str], dict[str, object]]:
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return [sys.executable, "-m", "dask", *arguments], quiet


def _address(told: Path) -> str:
    from distributed import Client

    patience = time.monotonic() + _SECONDS
    while not told.exists() and time.monotonic() < patience:
        time.sleep(0.1)
    address = json.loads(told.read_text("utf-8"))["address"]
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=_SECONDS)
    return address


def _settings(inputs: Path, state: Path, dask: str) -> Settings:
    return Settings(2020, inputs, state, state, dask=dask)


@pytest.mark.slow
def test_a_night_on_two_workers_is_that_of_one_machine(inputs, scheduler, huizong, tmp_path):
    night(inputs, tmp_path / "here", STARTED)
    there = Command(Path(huizong.environment["HUIZONG_STATE"]), HUIZONG_DASK=scheduler)
    arguments = ["nightly", "--inputs", str(inputs), "--outputs", str(tmp_path / "there")]
    done = there.script(_FEW_FILES_A_TASK.format(arguments=arguments))
    assert (done.returncode, done.stderr) == (0, "")
    here, there = (Side(tmp_path / name, full=False) for name in ("here", "there"))
    tables = there.kept()
    for name, table in here.kept().items():
        pd.testing.assert_frame_equal(tables[name], table, obj=name)
    copies = [{name: data for name, data in side.put_out().items() if "退回修改" in name} for side in (here, there)]
    assert copies[0] == copies[1] != {}


@pytest.mark.slow
def test_a_cluster_on_which_a_night_cannot_be_is_told_before_it_begins(scheduler, inputs, tmp_path):
    with pytest.raises(NightError, match="看不到文件夹"):
        on_dask(_settings(inputs, tmp_path / "elsewhere", scheduler))
    with pytest.raises(AwayError, match="没有应答"):
        on_dask(_settings(inputs, tmp_path, "no address at all"))


def test_dask_that_is_not_installed_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingError, match="prefect-dask"):
        on_dask(_settings(tmp_path, tmp_path, "tcp://127.0.0.1:1"))


@pytest.mark.slow
def test_files_judged_some_at_a_time_have_the_findings_of_all_together(tmp_path):
    settings = _settings(INPUTS, tmp_path, "")
    references = registers_in(settings.reference)
    paths = [path.relative_to(INPUTS).as_posix() for path in sorted((INPUTS / "2020").rglob("*.xls*"))][::2]
    readings = read(paths, settings, BOOK, references)
    together = validate(readings, BOOK, references)
    some = [validate(part, BOOK, references, only=OF_ONE_FILE) for part in apart(readings, 9)]
    across = validate(readings, BOOK, references, only=ACROSS_FILES)
    found = pd.concat([*some, across]).sort_values("finding_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, together.sort_values("finding_id", ignore_index=True))


def test_what_reaches_a_worker_is_its_share_of_the_cores_and_nobody_to_tell():
    import pickle

    told: list[str] = []
    report = OnlyHere(told.append)
    pickle.loads(pickle.dumps(report))("there")
    report("here")
    assert told == ["here"]
    assert of_a_task(Settings(2020, Path(), Path(), Path(), workers=8, dask="tcp://x")).workers == 1
    assert of_a_task(Settings(2020, Path(), Path(), Path(), workers=8)).workers == 8
