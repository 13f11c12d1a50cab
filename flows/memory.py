"""The most memory that this program and its workers have held, as the system counts it: nothing is sampled, so it costs nothing.

The wall around untrusted files imports this, so it imports nothing heavy itself.
"""

import re
import sys
from contextvars import ContextVar
from pathlib import Path

import psutil

_HELD = re.compile(rb"^VmHWM:\s*(\d+) kB", re.MULTILINE)

AT_WORK: ContextVar[list[int] | None] = ContextVar("at_work", default=None)
"""Of the step at work: the most that each of its workers had held when it was let go of."""


def own_peak() -> int:
    """The most bytes that this program has held since it began."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def note_worker(pid: int | None) -> None:
    """Write down for the step at work what its worker ``pid``, which is about to be let go of, has held at most."""
    found = AT_WORK.get()
    if found is None or pid is None:
        return
    try:
        found.append(_peak_of(pid))
    except (psutil.Error, OSError):
        return  # it has ended by itself


def _peak_of(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if status.exists() and (held := _HELD.search(status.read_bytes())):
        return int(held[1]) * 1024
    told = psutil.Process(pid).memory_info()
    return int(getattr(told, "peak_wset", told.rss))
