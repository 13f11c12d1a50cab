"""What people keep in the published folder goes over into the new one: their own files, and workbooks that stay.

Before the folders change places each is there under both names (a hard link, or a copy where the file system has none), so
that at no time anything is missing; after it, the old name goes.
"""

import filecmp
import os
import shutil
import stat
from pathlib import Path


def carry(source: Path, target: Path) -> None:
    """Make ``target`` the same file, link or folder of such as ``source``.

    Raises:
        OSError: something in it can neither be linked nor copied.
    """
    if stat.S_ISDIR(source.lstat().st_mode):
        target.mkdir()
        for child in os.scandir(source):
            carry(Path(child.path), target / child.name)
        shutil.copystat(source, target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def let_go(old: Path, new: Path) -> None:
    """Remove ``old``, which is there again as ``new``; what is not, or is another thing by now, stays.

    A file that was saved under the old name after it was carried over is the one that counts.
    """
    if not os.path.lexists(old) or not os.path.lexists(new):
        return
    if stat.S_ISDIR(old.lstat().st_mode):
        if not stat.S_ISDIR(new.lstat().st_mode):
            return
        for child in [*os.scandir(old)]:
            if os.path.lexists(new / child.name):
                let_go(Path(child.path), new / child.name)
        if not any(os.scandir(old)):
            old.rmdir()
    elif _same(old, new):
        old.unlink()
    elif old.lstat().st_mtime > new.lstat().st_mtime:
        old.replace(new)


def _same(one: Path, other: Path) -> bool:
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
