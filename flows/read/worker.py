"""What runs in a worker behind the wall: files are opened and read one after the other, each within its limits."""

import gc
import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import format_exc
from typing import Any, Protocol, TypeVar

from flows.read.failures import Failure, crashed, deferred, out_of_memory, program_fault
from flows.read.formats.refusal import Deferred, Unreadable
from flows.settings import ReadLimits

Item_contra = TypeVar("Item_contra", contravariant=True)
Opened = TypeVar("Opened")
Result_co = TypeVar("Result_co", covariant=True)

READY, NOT_READY = b"", b"!"
"""What a worker says first; behind the second stands why. An answer is a pickle, which begins otherwise."""

TIMERS = hasattr(signal, "setitimer")
"""Whether the system can end a process when its time is up; where not, its caller does when it loses patience."""

_PREPARE_SECONDS = 60.0
"""The processor's time in which a worker must be ready, or the program is to blame."""


class Work(Protocol[Item_contra, Opened, Result_co]):
    """What a worker does with every item: a file's path, or what has one in it and besides what is to be done with the file.

    Work and items are pickled on their way there, and so is what :meth:`read` gives on the way back. An item's ``str`` is
    what the log calls it.
    """

    def prepare(self) -> None:
        """Make ready what no file has a part in; what goes wrong here is the program's fault."""

    def open(self, item: Item_contra, limits: ReadLimits, /) -> Opened:
        """Open the item's file, of which nothing is known; what goes wrong here is the file's fault.

        Raises:
            Unreadable: with the sentence for the office.
        """

    def read(self, opened: Opened, /) -> Result_co:
        """Make sense of what was opened; what goes wrong here is the program's fault."""


def serve(pipe: Connection, work: Work[Any, Any, Any], limits: ReadLimits) -> None:
    """Read what comes through ``pipe`` until the caller closes it."""
    _quieten()
    try:
        try:
            with _within(_PREPARE_SECONDS, 10 * _PREPARE_SECONDS):
                work.prepare()
        except BaseException:  # noqa: BLE001 - the caller says it and ends
            pipe.send_bytes(NOT_READY + format_exc().encode("utf-8", "replace"))
            return
        _confine(limits.memory_bytes)
        pipe.send_bytes(READY)
        # Looking for cycles while a file is read takes a tenth of the time; between chunks is soon enough.
        gc.freeze()
        gc.disable()
        while True:
            for item in pipe.recv():
                with _within(limits.seconds, limits.patience):
                    answer = _read(work, item, limits)
                pipe.send_bytes(answer)
            gc.collect()
    except (EOFError, OSError):
        return


def _quieten() -> None:
    """Leave Ctrl-C to the caller, and silence last words."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _confine(memory_bytes: int) -> None:
    """Limit the memory beyond what the interpreter already has."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _within(seconds: float, patience: float) -> Iterator[None]:
    """Within, the system ends the process, even one whose caller is gone, after ``seconds`` of the processor's time and
    after ``patience`` seconds by the clock."""
    if not TIMERS:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _read(work: Work[Any, Any, Any], item: Any, limits: ReadLimits) -> bytes:
    """The result or :class:`Failure` of an item, pickled here so that what cannot be is told of that item."""
    failed = crashed
    try:
        opened = work.open(item, limits)
        failed = program_fault
        return pickle.dumps(work.read(opened), pickle.HIGHEST_PROTOCOL)
    except Deferred as error:
        failure = deferred(str(error))
    except Unreadable as error:
        failure = Failure(str(error))
    except MemoryError:
        failure = out_of_memory(limits)
    except BaseException:  # noqa: BLE001 - this is the wall: whatever a file does to its reader stays here
        failure = failed(format_exc(limit=-8))
    return pickle.dumps(failure, pickle.HIGHEST_PROTOCOL)
