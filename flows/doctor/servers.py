"""Temporary Prefect servers whose program is gone (where there is /proc). They end by themselves, unless they hang."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_NOBODY = 1
"""The process that takes over those whose parent has ended."""


def orphans(state: Path) -> list[int]:
    """The process ids of those that live in the ``state`` folder."""
    marks = {f"PREFECT_HOME={state / 'prefect'}".encode(), b"PREFECT__SERVER_EPHEMERAL=1"}
    return sorted(number for number, environment, parent in _processes() if marks <= environment and _is_gone(parent))


def end_orphans(state: Path) -> int:
    """End them; how many there were."""
    found = orphans(state)
    for number in found:
        os.kill(number, signal.SIGKILL)
    return len(found)


def _processes() -> Iterator[tuple[int, set[bytes], int]]:
    for folder in _PROC.glob("[0-9]*"):
        try:
            environment = {*(folder / "environ").read_bytes().split(b"\0")}
            parent = int((folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile, or somebody else's
            continue
        yield int(folder.name), environment, parent


def _is_gone(parent: int) -> bool:
    """Whether the program that started a server is: its parent is then the system's."""
    try:
        command = (_PROC / str(parent) / "cmdline").read_bytes()
    except OSError:
        return True
    return parent == _NOBODY or not any(name in command for name in (b"python", b"huizong"))
