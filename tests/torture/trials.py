"""The trials: each gives what was wrong, nothing where the outputs were those of one night."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tests.nights import STARTED, night
from tests.torture import season
from tests.torture.killed import Nights

PROJECT = Path(__file__).resolve().parents[2]
SECONDS_MOST = 10.0
"""How long a night may go on after it was asked to stop."""


class Base:
    """A season and the outputs of its first two nights, copied for each trial."""

    def __init__(self, folder: Path) -> None:
        self.trials = folder
        self.inputs, self.outputs = season.make(folder / "inputs"), folder / "outputs"
        self.nights = [night(self.inputs, self.outputs).run_id]
        season.keep_peoples(self.outputs)
        self.nights.append(night(self.inputs, self.outputs, STARTED + timedelta(days=1)).run_id)
        self.clock = STARTED + timedelta(days=2)
        self.before = season.returned(self.outputs)
        season.submit(self.inputs, "成都市农业农村局", headcount=27)
        whole = self.copy("whole")
        self.after = night(self.inputs, whole, self.clock).run_id
        self.expected = {self.nights[-1]: self.before, self.after: season.returned(whole)}
        assert self.expected[self.after] != self.before, "the two nights must be told apart"
        # What files say is not what the trials are about: their nights take it from here.
        shutil.copytree(whole / ".state" / "kept", self.outputs / ".state" / "kept", dirs_exist_ok=True)

    def give_readings(self, state: Path) -> None:
        """Let nights with this state folder find the files read, as those over a copy of the outputs do."""
        shutil.copytree(self.outputs / ".state" / "kept", state / "kept", dirs_exist_ok=True)

    def copy(self, name: str) -> Path:
        """The outputs after two nights, for one trial."""
        target = self.trials / name
        shutil.copytree(self.outputs, target, symlinks=True)
        return target


def kill(base: Base, nights: Nights, change: int) -> tuple[int | None, list[str]]:
    """Kill one of ``nights`` before its change number ``change``; how many changes it made, if it was not, and what was wrong."""
    outputs = base.copy(f"kill-{change}")
    ended, said = nights.killed(change, base.inputs, outputs, base.clock)
    if ended not in (0, -signal.SIGKILL):
        return None, [f"ended with {ended}: {said[-800:]}"]
    wrong = season.what_is_not_whole(outputs, base.expected)
    wrong += season.what_is_apart(outputs, {*base.nights, *({season.current(outputs)})})
    wrong += season.what_is_not_whole(outputs, base.expected)
    shutil.rmtree(outputs)
    return (int(said.split()[-1]) if ended == 0 else None), wrong


def stop(base: Base, number: signal.Signals, after: float, state: Path) -> tuple[str, list[str]]:
    """Send a signal to a real night's whole process group ``after`` seconds; how it ended, and what was wrong."""
    outputs = base.copy(f"stop-{number.name}-{after:.3f}")
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "nightly", "--inputs", base.inputs, "--outputs", outputs],
        cwd=PROJECT, env=environment(state), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(after)
    asked = time.monotonic()
    if process.poll() is None:
        os.killpg(process.pid, number)
    out, err = process.communicate(timeout=120)
    seconds = time.monotonic() - asked
    wrong = [f"went on for {seconds:.1f} s"] if seconds > SECONDS_MOST else []
    wrong += season.what_is_not_whole(outputs, base.expected)
    is_new = season.current(outputs) != base.nights[-1]
    if process.returncode == 0 and not is_new:
        wrong.append("ended with 0 and without a night")
    if "原有结果保持不变" in out + err and is_new:
        wrong.append(f"said that nothing changed: {err}")
    if process.returncode and not is_new and len(err.strip().splitlines()) != 1 and process.returncode != -number:
        wrong.append(f"said: {err}")
    wrong += season.what_is_apart(outputs, {*base.nights, season.current(outputs)})
    shutil.rmtree(outputs)
    return f"{process.returncode} after {seconds:.1f} s: {(err.strip() or out.strip()).splitlines()[-1:]}", wrong


def clock_back(base: Base, seed: int) -> list[str]:
    """Nights with the clock set back and forth by hours and days: the last is always the one that counts."""
    outputs, chance, clock = base.copy(f"clock-{seed}"), random.Random(seed), datetime.now()
    wrong, nights = [], {*base.nights}
    for _ in range(4):
        clock += timedelta(hours=chance.choice([-100, -30, -8, -1, 0, 2, 50]))
        run_id = night(base.inputs, outputs, clock).run_id
        nights.add(run_id)
        if season.current(outputs) != run_id:
            wrong.append(f"{run_id} was run, {season.current(outputs)} is called current")
        wrong += season.what_is_not_whole(outputs, {run_id: base.expected[base.after]})
        wrong += season.what_is_apart(outputs, nights)
    shutil.rmtree(outputs)
    return wrong


def twice_at_once(base: Base, state: Path) -> list[str]:
    """Two nights over the same outputs: one is done, the other says that it is at work."""
    outputs = base.copy("twice")
    command = [sys.executable, "-m", "flows.cli", "nightly", "--inputs", base.inputs, "--outputs", outputs]
    both = [
        subprocess.Popen(
            command, cwd=PROJECT, env=environment(state), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=300) for process in both]
    wrong = []
    for process, (_, err) in zip(both, said, strict=True):
        if process.returncode and "正被占用" not in err:
            wrong.append(err)
    if all(process.returncode for process in both):
        wrong.append("neither was done")
    wrong += season.what_is_not_whole(outputs, base.expected)
    shutil.rmtree(outputs)
    return wrong


def spread(seed: int, count: int, until: float) -> Iterator[float]:
    """Moments at which to stop a night, the same ones for the same seed."""
    chance = random.Random(seed)
    return (chance.uniform(0.2, until) for _ in range(count))


def environment(state: Path) -> dict[str, str]:
    """That of a process that runs the program with this state folder."""
    path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"HUIZONG_STATE": str(state), "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
