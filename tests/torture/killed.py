"""A night that is killed before its change number N of the outputs: ``python -m tests.torture.killed N inputs outputs clock``.

Every change that Python makes there counts (the interpreter tells of each), every exchange of two folders, before and after,
and the commit, before and after. Without a kill it prints how many there were.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

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


def main(last: int, inputs: Path, outputs: Path, clock: datetime) -> None:
    """The night."""
    from flows import nightly, stopping
    from flows.handover import swap
    from tests.nights import night

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


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))
