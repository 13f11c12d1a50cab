"""How a program is stopped: Ctrl-C, SIGTERM or the end of its terminal interrupt it, and end it within ten seconds.

One stretch no signal enters: that in which the warehouse and the outputs change (:func:`held_off`). What is said at the end is
true: before that stretch nothing has changed, after it the night is done.
"""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

GRACE_SECONDS = 7.0
"""How long what is at work may take to come to an end before the program ends without it."""

_STRETCH_SECONDS = 60.0
"""How much longer the stretch that no signal enters may take."""

_SOON_SECONDS = 0.05
"""After which Python has left what it was at."""

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
_SUCH = bytes(_SIGNALS)

_outside = threading.Event()
"""Set but in the stretch that no signal enters."""
_outside.set()

_asked: list[int] = []
"""The signals that came, in their order."""


_done: list[str] = []
"""The night that the warehouse has had since the program began."""


class Stopped(KeyboardInterrupt):
    """The program was asked to stop. One of its own, since Python ends itself by a signal, with no exit status, where a plain
    one passed through code that is made while modules are imported."""


def hear() -> None:
    """Let the signals that stop a program raise :class:`Stopped` in the main thread; the first one alone, since what
    it ends may take its time. To be called again where a library has set its own handlers."""
    for number in _SIGNALS:
        signal.signal(number, _stop)
    sys.unraisablehook = _raise_again


def _raise_again(unraisable: Any) -> None:
    """Where the signal came while Python was at something whose exceptions it only prints (a weak reference let go of, a
    ``__del__``), it is raised once more."""
    if not isinstance(unraisable.exc_value, Stopped):
        sys.__unraisablehook__(unraisable)
    elif _asked:
        number = _asked.pop()
        threading.Timer(_SOON_SECONDS, os.kill, (os.getpid(), number)).start()


@contextmanager
def held_off() -> Iterator[None]:
    """Within, no signal interrupts. One that comes is told by :func:`came`."""
    _outside.clear()
    before = [(number, signal.signal(number, _note)) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        _outside.set()


def done(run_id: str) -> None:
    """Say, within the stretch, that the warehouse has the night: what stood before stands no longer."""
    _done.append(run_id)


def how_it_stands() -> str:
    """What has become of the results, in Chinese, wherever the program came to an end."""
    return f"本夜 {_done[-1]} 已经入库" if _done else "原有结果保持不变"


def came() -> bool:
    """Whether a signal came that asked the program to stop."""
    return bool(_asked)


def watch(last_words: Callable[[], int]) -> None:
    """See from a thread of its own that a program that was asked to stop has ended in time, even where its main thread is
    inside a library. If not, ``last_words`` says how it stands and gives the exit status."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_end_in_time, args=(ours, theirs, last_words), name="stopping", daemon=True).start()


def _end_in_time(heard: socket.socket, _kept_open: socket.socket, last_words: Callable[[], int]) -> None:
    while not any(number in _SUCH for number in heard.recv(64)):
        pass
    threading.Event().wait(GRACE_SECONDS)
    _outside.wait(_STRETCH_SECONDS)
    status = last_words()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _stop(number: int, frame: FrameType | None) -> None:
    first = not _asked
    _note(number, frame)
    if first:
        raise Stopped


def _note(number: int, _frame: Any) -> None:
    _asked.append(number)
