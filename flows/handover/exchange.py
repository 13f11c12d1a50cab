"""Two folders change places in one step, and what was written is on the disk before."""

import ctypes
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_AT_ONCE = 8


def _of_libc(name: str) -> Callable[..., int] | None:
    """A function of the system's C library, where this is Linux and has it."""
    if sys.platform != "linux":
        return None
    found: Any = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return found


_renameat2 = _of_libc("renameat2")


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
    folders, files = [], []
    for parent, _, names in os.walk(folder):
        folders.append(Path(parent))
        files += [path for name in names if not (path := Path(parent, name)).is_symlink()]
    with ThreadPoolExecutor(_AT_ONCE) as pool:  # what waits together is written together
        for _ in pool.map(flush_file, files):
            pass
    for path in folders:
        flush_names(path)


def flush_names(folder: Path) -> None:
    """Which names stand in ``folder`` is on the disk when this returns.

    Raises:
        OSError: it cannot be written.
    """
    if os.name != "nt":  # a folder cannot be opened there
        _sync(folder, os.O_RDONLY)


def flush_file(path: Path) -> None:
    """What stands in the file is on the disk when this returns.

    Raises:
        OSError: it cannot be written.
    """
    _sync(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
