"""Two folders change places in one step, and what was written is on the disk before."""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _of_libc(name: str) -> Callable[..., int] | None:
    """A function of the system's C library, where this is Linux and has it."""
    if sys.platform != "linux":
        return None
    found: Any = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return found


_renameat2 = _of_libc("renameat2")
_syncfs = _of_libc("syncfs")


def can_exchange(folder: Path) -> bool:
    """Whether two folders below ``folder`` can change places: both the system and its file system must know how."""
    if _renameat2 is None:
        return False
    one, other = (Path(mkdtemp(prefix=".exchange-", dir=folder)) for _ in range(2))
    try:
        exchange(one, other)
    except OSError:
        return False
    else:
        return True
    finally:
        one.rmdir()
        other.rmdir()


def exchange(one: Path, other: Path) -> None:
    """``one`` is from now on what ``other`` was, and the other way round; at no time is either missing.

    Raises:
        OSError: they have not changed places.
    """
    if _renameat2 is None:
        raise OSError(0, "two folders cannot change places here")
    if _renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def flush(folder: Path) -> None:
    """Everything below ``folder`` is on the disk when this returns, as far as the system can say.

    Raises:
        OSError: it cannot be written.
    """
    if _syncfs is not None:
        opened = os.open(folder, os.O_RDONLY)
        try:
            if _syncfs(opened):
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(folder))
        finally:
            os.close(opened)
        return
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent) / name, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        if os.name != "nt":  # a folder cannot be opened there
            _sync(Path(parent), os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    if path.is_symlink():
        return
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
