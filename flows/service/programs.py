"""Programs that belong to another: asked to end, and ended where they do not."""

import signal
from collections.abc import Sequence

import psutil

GRACE_SECONDS = 6.5
"""How long a program that was asked to end may take: a night that is stopped takes a few seconds."""


def end_all(programs: Sequence[psutil.Process]) -> None:
    """Ask the programs to end; end those that have not after :data:`GRACE_SECONDS`."""
    for program in programs:
        _ask(program)
    _, left = psutil.wait_procs(programs, GRACE_SECONDS)
    for program in left:
        try:
            program.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(left, 1)


def _ask(program: psutil.Process) -> None:
    try:
        program.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))
    except (psutil.Error, OSError, ValueError):
        return  # it has ended, or cannot be asked
