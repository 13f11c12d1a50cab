"""Who may read what the program writes: its owner and the owner's group, and nobody else."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OTHERS = stat.S_IRWXO


@contextmanager
def for_owner_and_group() -> Iterator[None]:
    """Within, new files and folders are nobody else's business; what the group may do is as the system has it."""
    before = os.umask(0)
    os.umask(before | _OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def close_to_others(*places: Path) -> None:
    """Take from others the rights that they have to the files and folders at and below ``places``; older programs gave them.

    What is not there or belongs to somebody else is left alone, and so are links and folders that are everybody's (``/tmp``).
    """
    for place in places:
        if not place.is_symlink() and close_folder(place):
            for folder, folders, files in os.walk(place):
                folders[:] = [name for name in folders if close_folder(Path(folder, name))]
                for name in files:
                    close_folder(Path(folder, name))


def close_folder(path: Path) -> bool:
    """Close one file or folder as :func:`close_to_others` does, and not what is in it; whether it is the program's own."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or mode & stat.S_ISVTX:
            return False
        if mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except OSError:
        return False
    return True
