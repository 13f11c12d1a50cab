"""Nights that are killed before their change number N of the outputs.

Every change that Python makes there counts (the interpreter tells of each), every exchange of two folders, before and after,
and the commit, before and after. Without a kill a night prints how many there were.

``python -m tests.torture.killed`` has the program ready and forks for each night that it is asked for by a line
(:class:`Nights`): to start Python and to import everything takes longer than such a night.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flows import nightly, stopping
from flows.handover import swap
from flows.settings import STATE_VARIABLE
from tests.nights import night

_CHANGES = {
    "os.rename",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.utime",
}
_WRITING = os.O_WRONLY | os.O_RDWR


class Nights:
    """The process that forks a night for each one asked for."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def killed(self, last: int, inputs: Path, outputs: Path, clock: datetime) -> tuple[int, str]:
        """A night, killed before its change number ``last``: how it ended, as :mod:`subprocess` has it, and what it said."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        said = outputs.with_suffix(".said")
        print(json.dumps([last, str(inputs), str(outputs), clock.isoformat(), str(said)]), file=stdin, flush=True)
        return int(stdout.readline()), said.read_text("utf-8")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class _Counter:
    def __init__(self, last: int, outputs: Path) -> None:
        self.last, self.done, self.outputs, self.on = last, 0, str(outputs), False

    def count(self) -> None:
        """One more change is about to be made."""
        self.done += 1
        if self.on and self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, told: tuple) -> None:
        """What the interpreter tells of what it is about to do."""
        if event == "open":
            path, mode, flags = told
            changes = bool(flags & _WRITING) if isinstance(flags, int) else any(m in (mode or "r") for m in "wax+")
            paths = (path,)
        else:
            changes, paths = event in _CHANGES, told
        if changes and any(self._is_there(path) for path in paths):
            self.count()

    def _is_there(self, path: object) -> bool:
        text = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
        return text.startswith(self.outputs) and ".state" not in text


def one_night(last: int, inputs: Path, outputs: Path, clock: datetime) -> None:
    """The night."""
    counter = _Counter(last, outputs)

    def around(function: Callable) -> Callable:
        def counted(*arguments: object) -> object:
            counter.count()
            given = function(*arguments)
            counter.count()
            return given

        return counted

    @contextmanager
    def held_off():
        counter.count()  # the commit comes next
        with held():
            yield

    held = stopping.held_off
    swap.exchange = around(swap.exchange)
    stopping.done = around(stopping.done)  # the commit is made
    nightly.stopping.held_off = held_off
    sys.addaudithook(counter.hear)
    counter.on = True
    night(inputs, outputs, clock)
    counter.on = False
    print(counter.done)


def main() -> None:
    """Fork a night for every line, and say how each ended."""
    for line in sys.stdin:
        last, inputs, outputs, clock, said = json.loads(line)
        process = os.fork()
        if process == 0:
            file = os.open(said, os.O_WRONLY | os.O_CREAT, 0o600)
            os.dup2(file, 1)
            os.dup2(file, 2)
            os.environ[STATE_VARIABLE] = str(Path(outputs) / ".state")
            one_night(last, Path(inputs), Path(outputs), datetime.fromisoformat(clock))
            return
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
