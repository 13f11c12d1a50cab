"""The wall: whatever one file does to its worker, it fails alone, and is told apart."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows.errors import NightError
from flows.read.failures import Failure
from flows.settings import ReadLimits
from tests.read.deeds import Deadly, Opening, act, begin, walled

pytestmark = pytest.mark.slow

LIMITS = ReadLimits(seconds=1.5, memory_bytes=512 * 2**20)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals")


def outcomes(*names: str, workers: int = 2, limits: ReadLimits = LIMITS) -> list[object]:
    return walled(Opening(act), [Path(name) for name in names], limits, workers)


def test_results_keep_the_order_of_the_files() -> None:
    names = [f"good-{number}" for number in range(200)]
    assert outcomes(*names) == names


def test_no_files_give_no_results() -> None:
    assert outcomes() == []


def test_a_refusal_is_the_reason() -> None:
    assert outcomes("refuse") == [Failure("这是图片。")]


@POSIX
@pytest.mark.parametrize(
    ("deed", "says"),
    [
        ("hang", "超过 1.5 秒"),
        ("devour", "内存"),
        ("abort", "内存"),
        ("segfault", "无法处理"),
        ("leave", "无法处理"),
        ("exit", "无法处理"),
        ("break", "无法处理"),
        ("unpicklable", "无法处理"),
    ],
)
def test_a_culprit_among_many_fails_alone(deed: str, says: str) -> None:
    names = [*(f"good-{n}" for n in range(20)), deed, *(f"good-{n}" for n in range(20, 40))]
    results = outcomes(*names)
    culprit = results.pop(20)
    assert isinstance(culprit, Failure)
    assert says in culprit.reason
    assert culprit.detail
    assert results == [name for name in names if name != deed]


@POSIX
def test_what_sleeps_is_waited_for_much_longer_and_is_not_said_to_be_broken() -> None:
    limits = ReadLimits(seconds=0.3)
    short, good, long = outcomes("nap", "good", "sleep", limits=limits)
    assert (short, good) == ("nap", "good"), "by the clock it took longer than it may keep the processor"
    assert isinstance(long, Failure)
    assert long.status == "deferred"
    assert "等候 3 秒" in long.reason


@pytest.mark.skipif(sys.platform != "linux", reason="stops processes")
def test_a_worker_that_the_machine_holds_up_reads_its_file_all_the_same(tmp_path: Path) -> None:
    """As on a busy machine: stopped for longer than a file may keep the processor."""
    limits = ReadLimits(seconds=1)
    held: list[int] = []

    def hold_up() -> None:
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        held.append(int((tmp_path / "begun").read_text()))
        os.kill(held[0], signal.SIGSTOP)
        time.sleep(2.5)
        os.kill(held[0], signal.SIGCONT)

    holding = threading.Thread(target=hold_up)
    holding.start()
    results = walled(Opening(begin), [tmp_path / "begun", Path("good")], limits, 1)
    holding.join()
    assert results == [held[0], held[0]]


@POSIX
def test_several_culprits_each_fail_for_their_own_reason() -> None:
    results = outcomes("hang", "good-1", "segfault", "refuse", "devour", "good-2", "leave")
    assert [result for result in results if isinstance(result, str)] == ["good-1", "good-2"]
    reasons = [result.reason for result in results if isinstance(result, Failure)]
    assert [("秒" in reason, "内存" in reason, "图片" in reason) for reason in reasons] == [
        (True, False, False),
        (False, False, False),
        (False, False, True),
        (False, True, False),
        (False, False, False),
    ]


def test_files_are_read_in_other_processes_and_none_is_left() -> None:
    found = outcomes(*(f"process-{number}" for number in range(40)))
    assert os.getpid() not in found
    assert multiprocessing.active_children() == []
    if sys.platform == "linux":
        assert not [process for process in set(found) if Path(f"/proc/{process}").exists()]


def test_a_caller_with_threads_and_on_a_thread_is_served() -> None:
    stop = threading.Event()
    others = [threading.Thread(target=stop.wait, daemon=True) for _ in range(4)]
    results: list[list[object]] = []
    callers = [threading.Thread(target=lambda: results.append(outcomes("good-1", "refuse"))) for _ in range(2)]
    for thread in [*others, *callers]:
        thread.start()
    for caller in callers:
        caller.join(60)
    stop.set()
    assert results == [["good-1", Failure("这是图片。")]] * 2


def test_a_caller_need_not_be_made_to_be_imported() -> None:
    script = (
        "from pathlib import Path\nfrom flows.read import FileReader, FoundFile, words_of\nfrom tests.read.deeds import walled\n"
        "from flows.settings import ReadLimits\nfrom schemas.yearbook import load_yearbook\n"
        "print(walled(FileReader(words_of(load_yearbook(2020))), [FoundFile(Path('nowhere.xlsx'))], ReadLimits(), 1)[0].reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.startswith("文件在读取前已被移走或删除")
    assert done.stderr == ""


def test_workers_that_cannot_start_are_no_fault_of_the_files() -> None:
    with pytest.raises(NightError, match="无法启动"):
        walled(Deadly(), [Path("good")], LIMITS, 1)


@POSIX
def test_an_interrupt_stops_the_workers() -> None:
    """In a program of its own: who has once listened for signals in this one ends it."""
    script = (
        "import multiprocessing, os, signal, threading\nfrom pathlib import Path\nfrom flows.settings import ReadLimits\n"
        "from tests.read.deeds import Opening, act, walled\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n    walled(Opening(act), [Path('sleep')], ReadLimits(seconds=30), 1)\n"
        "except KeyboardInterrupt:\n    print(multiprocessing.active_children())\n"
    )
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_end_by_themselves_when_the_caller_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "caller.py"
    script.write_text(
        "from pathlib import Path\nfrom flows.settings import ReadLimits\n"
        "from tests.read.deeds import Opening, act, walled\n"
        "if __name__ == '__main__':\n"
        "    print('ready', flush=True)\n"
        "    walled(Opening(act), [Path('hang')], ReadLimits(seconds=2), 1)\n"
    )
    read, write = os.pipe()
    caller = os.posix_spawn(
        sys.executable,
        [sys.executable, str(script)],
        os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)],
    )
    os.close(write)
    os.read(read, 5)
    deadline = time.monotonic() + 30
    while len(before := _children_of(caller)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = [child for child in before for child in _children_of(child)] + before
    os.kill(caller, signal.SIGKILL)
    os.waitpid(caller, 0)
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def _children_of(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
