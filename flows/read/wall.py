"""The wall around untrusted files: each is read in a worker process that may hang, run out of memory or die alone.

Workers get files in chunks and answer file by file, so it is always known which file a worker is at: when it dies or
overruns, that file fails, and the rest of its chunk goes to another worker. Each worker has a pipe of its own, so that
one that is killed can neither block nor garble another. They come from a fork server (on Windows they are spawned): the
caller may have threads, which are never forked.

The wall tells faults apart. What goes wrong while a file is opened, and all that it costs in time, memory or the life of a
worker, is that file's failure. An exception that comes out of making sense of what was opened is a fault of the program:
told of the file as such. A worker that cannot make ready what no file has a part in ends the work.
"""

import multiprocessing
import pickle
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from threading import Lock
from time import monotonic
from types import ModuleType
from typing import Any, TypeVar, cast

from flows import memory
from flows.errors import NightError, ProgramFaultError
from flows.read.failures import Failure, crashed, no_answer, out_of_memory, out_of_time
from flows.read.worker import NOT_READY, READY, TIMERS, Work, serve
from flows.settings import ReadLimits

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK_FILES = 16
GRACE_SECONDS = 2.0
"""A worker stops itself in time where the system has timers; its caller waits this much longer before it kills it."""

START_SECONDS = 600.0
"""How long a worker may take to start before the machine, and not a file, is to blame."""

_UNPREPARED = "读取程序自身出错，一份文件也没有读；不是申报文件的问题，原有结果保持不变"

_STARTING = Lock()
"""Held while the main module is out of sight."""


def answers(
    work: Work[Item, Any, Result], items: Sequence[Item], limits: ReadLimits, workers: int
) -> Generator[tuple[int, Result | Failure]]:
    """What ``work`` gives for each item, with the item's place, as soon as it is there; a :class:`Failure` for each that it
    cannot do.

    ``work`` runs in at most ``workers`` processes, each item with ``limits.seconds`` of the processor's time and (on Linux)
    ``limits.memory_bytes``. No worker is left when this ends.

    Raises:
        NightError: no worker can be started.
        ProgramFaultError: a worker cannot prepare; no file has been read.
    """
    size = max(1, min(CHUNK_FILES, len(items) // (workers * 4)))
    chunks = deque(deque(range(at, min(at + size, len(items)))) for at in range(0, len(items), size))
    context = _context(work)
    crew: list[_Worker] = []
    try:
        while chunks or any(worker.chunk for worker in crew):
            while chunks and len(crew) < max(workers, 1):
                crew.append(_Worker(context, work, limits))
            for worker in crew:
                if chunks and not worker.chunk:
                    worker.take(chunks.popleft(), items)
            for worker in _stirring(crew):
                yield from worker.listen()
                if worker.ended:
                    crew.remove(worker)
                    chunks.extend([worker.chunk] if worker.chunk else [])
    finally:
        for worker in crew:
            worker.end()


@dataclass
class _Worker:
    """A worker as its caller sees it: the places of the items that it has yet to answer, and until when it may take."""

    context: BaseContext
    work: Work[Any, Any, Any]
    limits: ReadLimits
    chunk: deque[int] = field(default_factory=deque)
    ready: bool = False
    ended: bool = False

    def __post_init__(self) -> None:
        self.pipe, theirs = self.context.Pipe()
        process = cast("Any", self.context).Process(target=serve, args=(theirs, self.work, self.limits), daemon=True)
        self.process: BaseProcess = process
        with _unseen_main():
            self.process.start()
        theirs.close()
        self.deadline = monotonic() + START_SECONDS

    def take(self, chunk: deque[int], items: Sequence[Any]) -> None:
        """Give the worker the items of ``chunk``."""
        self.chunk = chunk
        if self.ready:
            self.deadline = self._next_deadline()
        try:
            self.pipe.send([items[number] for number in chunk])
        except OSError:
            return  # it has died: listening will find out

    def listen(self) -> Iterator[tuple[int, Any]]:
        """What the worker has to say of one item; or, where it has ended, how."""
        try:
            if not self.pipe.poll():
                if monotonic() >= self.deadline:
                    yield self._failed(no_answer(self.limits))
                return
            answer = self.pipe.recv_bytes()
        except (EOFError, OSError):
            self.process.join(GRACE_SECONDS)
            yield self._failed(_how(self.process.exitcode, self.limits))
            return
        self.deadline = self._next_deadline()
        if answer == READY:
            self.ready = True
        elif answer.startswith(NOT_READY):
            raise ProgramFaultError(_UNPREPARED, answer.removeprefix(NOT_READY).decode("utf-8", "replace"))
        else:
            # Only our own code pickles in a worker, whatever file it reads.
            yield self.chunk.popleft(), pickle.loads(answer)  # noqa: S301

    def end(self) -> None:
        """Kill the worker, idle or not."""
        self.ended = True
        self.pipe.close()
        memory.note_worker(self.process.pid)
        self.process.kill()
        self.process.join()
        self.process.close()

    def _failed(self, failure: Failure) -> tuple[int, Failure]:
        """``failure`` of the item that the worker is at; ends the worker."""
        if not self.ready or not self.chunk:
            raise NightError(f"读取文件的工作进程无法启动（{failure.detail}），请检查内存和系统设置。")
        self.end()
        return self.chunk.popleft(), failure

    def _next_deadline(self) -> float:
        return monotonic() + self.limits.patience + (GRACE_SECONDS if TIMERS else 0)


def _stirring(crew: list[_Worker]) -> list[_Worker]:
    """The workers that have something to say or are overdue; waits for the first."""
    busy = {worker.pipe: worker for worker in crew if worker.chunk}
    patience = min(worker.deadline for worker in busy.values()) - monotonic()
    saying = wait(list(busy), max(patience, 0))
    return [busy[cast("Connection", pipe)] for pipe in saying] or [
        w for w in busy.values() if w.deadline <= monotonic()
    ]


def _context(work: Work[Any, Any, Any]) -> BaseContext:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # What the server has imported, its workers have at once.
    context.set_forkserver_preload(["flows.read.formats.open", __name__, work.__module__])
    return context


@contextmanager
def _unseen_main() -> Iterator[None]:
    """Within, a process is started without the caller's main module, which it would import first: that may take longer
    than reading, and may not be made to be imported at all."""
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _how(code: int | None, limits: ReadLimits) -> Failure:
    """How a worker ended, by its exit status: a signal where negative."""
    detail = f"worker ended with {code}"
    if code == -getattr(signal, "SIGPROF", 0):
        return out_of_time(limits)
    if code == -getattr(signal, "SIGALRM", 0):
        return no_answer(limits)
    # Rust aborts where memory cannot be had, and the kernel kills who takes too much.
    if code in (-signal.SIGABRT, -getattr(signal, "SIGKILL", 0)):
        return out_of_memory(limits, detail)
    return crashed(detail)
