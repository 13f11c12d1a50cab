"""The folders that a night reads and writes, their rights, and the room on their disks."""

import os
import stat
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from flows.disk import BYTES_LEAST, free_bytes
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.errors import why
from flows.privacy import close_to_others

_ROOM = 2**30
"""Bytes free on a disk below which an operator is told."""


@probe("文件夹")
def folders(place: Place) -> Iterator[Told]:
    """Whether each folder is there and may be used."""
    read = [place.inputs, place.reference, *(place.inputs / str(year) for year in place.years(place.inputs))]
    written = [place.outputs, place.state, *(place.outputs / str(year) for year in place.years(place.outputs))]
    wrong = [told for path in read if (told := _unusable(path, os.R_OK | os.X_OK, "读取"))]
    wrong += [told for path in written if (told := _unusable(path, os.R_OK | os.W_OK | os.X_OK, "写入"))]
    yield from wrong or [Told(GOOD, f"{place.inputs} 可以读取，{place.outputs} 和 {place.state} 可以写入")]


def _unusable(path: Path, needed: int, doing: str) -> Told | None:
    """What is wrong with a folder."""
    try:
        found = path.stat()
    except FileNotFoundError:
        if needed & os.W_OK:
            return Told(NOTE, f"还没有 {path}；下一夜会建立。", lambda: _make(path))
        return Told(BAD, f"没有 {path}。请建立该文件夹。", lambda: _make(path))
    except OSError as error:
        return Told(BAD, f"{path} 打不开（{why(error)}）。请检查上一级文件夹的权限。")
    if not stat.S_ISDIR(found.st_mode):
        return Told(BAD, f"{path} 不是文件夹。请移走该文件后建立同名文件夹。")
    if os.access(path, needed):
        return _refused(path) if needed & os.W_OK else None
    ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return Told(
        BAD, f"{path} 没有权限{doing}。请改正权限，或由该文件夹的所有者运行。", (lambda: _allow(path)) if ours else None
    )


def _refused(path: Path) -> Told | None:
    """Whether a folder takes no file, though its rights would let it."""
    try:
        with tempfile.TemporaryFile(dir=path):
            return None
    except OSError as error:
        return Told(BAD, f"{path} 不能写入（{why(error)}）。请检查磁盘，或改用另一个文件夹。")


def _make(path: Path) -> str:
    path.mkdir(parents=True, exist_ok=True)
    return "已建立该文件夹。"


def _allow(path: Path) -> str:
    path.chmod(path.stat().st_mode | stat.S_IRWXU)
    return "已给所有者加上读写权限。"


@probe("保密")
def secrecy(place: Place) -> Iterator[Told]:
    """Whether others than owner and group may read what the program wrote."""
    if os.name == "nt":
        return
    own = [
        place.state,
        place.warehouse,
        place.decision_log,
        *(place.outputs / str(year) for year in place.years(place.outputs)),
    ]
    opened = [path for path in own if path.exists() and path.stat().st_mode & stat.S_IRWXO]
    for path in opened:
        yield Told(NOTE, f"{path} 其他用户也能读取。请去掉其他用户的权限。", partial(_close, path))
    if not opened:
        yield Told(GOOD, "输出、数据库和状态只有所有者和同组用户可以读取")


def _close(path: Path) -> str:
    close_to_others(path)
    return "已去掉其他用户的权限。"


@probe("磁盘")
def room(place: Place) -> Iterator[Told]:
    """How much each disk still takes."""
    folders = {place.outputs, place.state, Path(tempfile.gettempdir())}
    free = {path: found for path in sorted(folders) if (found := free_bytes(_there(path))) is not None}
    for path, found in free.items():
        if found < _ROOM:
            sign = BAD if found < BYTES_LEAST else NOTE
            yield Told(sign, f"{path} 所在磁盘只剩 {found / 2**20:.1f} MB。请腾出空间。")
    if all(found >= _ROOM for found in free.values()):
        yield Told(GOOD, f"至少还有 {min(free.values(), default=0) / 2**30:.0f} GB")


def _there(path: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next((folder for folder in (path, *path.parents) if folder.exists()), path)
