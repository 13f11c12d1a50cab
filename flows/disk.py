"""Room on the disks that a night writes to, and the sentence where there is none."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import HuizongError, NightError, ProgramFaultError

BYTES_LEAST = 16 * 2**20
"""Free on each disk, without which a night is not begun: its workbooks and its part of the warehouse need more."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_SAID_FULL = ("no space left", "not enough space", "disk is full")
"""How libraries that hide the number of the error say it."""

_TOLD = "磁盘已满：{folder} 只剩 {megabytes:.1f} MB。请腾出空间后重新运行。"


def free_bytes(folder: Path) -> int | None:
    """What the disk of ``folder`` still takes; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def written_at(path: Path) -> float | None:
    """When the file at ``path`` was last written, in seconds since 1970; None where that cannot be told."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def need_room(*folders: Path) -> None:
    """See that a night has room to begin.

    Raises:
        NightError: one of the folders has not :data:`BYTES_LEAST` left.
    """
    for folder in folders:
        free = free_bytes(folder)
        if free is not None and free < BYTES_LEAST:
            raise NightError(_TOLD.format(folder=folder, megabytes=free / 2**20))


@contextmanager
def full_disk_told(*folders: Path) -> Iterator[None]:
    """Within, what fails because a disk is full is told as that, with the one of the ``folders`` that is full.

    Raises:
        NightError: a disk is full.
    """
    try:
        yield
    except Exception as error:
        if _says_why(error) or not (folder := _full(error, folders)):
            raise
        raise NightError(_TOLD.format(folder=folder, megabytes=(free_bytes(folder) or 0) / 2**20)) from error


def _says_why(error: Exception) -> bool:
    """Whether the error has a sentence of its own for the operator."""
    return isinstance(error, HuizongError) and not isinstance(error, ProgramFaultError)


def _full(error: BaseException, folders: tuple[Path, ...]) -> Path | None:
    """The folder without room: where the system says so by ``error``, the one with the least (it may be a quota that is used
    up); where a library only says so, one with little left; else one with next to nothing."""
    free = {folder: room for folder in folders if (room := free_bytes(folder)) is not None}
    least = min(free, key=lambda folder: free[folder], default=None)
    came_from = [*_origins(error)]
    if any(getattr(one, "errno", None) in _FULL for one in came_from):
        return least or folders[0]
    speaks_of_it = any(words in str(one).lower() for one in came_from for words in _SAID_FULL)
    return least if least and free[least] < (BYTES_LEAST if speaks_of_it else 2**16) else None


def _origins(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
