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
    """The folder without room: where ``error`` speaks of it, the one with the least; else one with next to nothing left."""
    free = {folder: room for folder in folders if (room := free_bytes(folder)) is not None}
    least = min(free, key=lambda folder: free[folder], default=None)
    if _speaks_of_room(error):
        return least or folders[0]
    return least if least and free[least] < 2**16 else None


def _speaks_of_room(error: BaseException | None) -> bool:
    """Whether the error, or one that it came from, says that there is no room."""
    while error is not None:
        said = str(error).lower()
        if getattr(error, "errno", None) in _FULL or any(words in said for words in _SAID_FULL):
            return True
        error = error.__cause__ or error.__context__
    return False
