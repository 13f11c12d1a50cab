"""Every path below the year's folder, as deep as it goes, each with what is known of it before it is opened."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath

from flows.errors import why

DECISIONS_FOLDER = "处理意见"
"""Below ``inputs/<year>/``: copies of the exceptions workbook with decisions in them, never submissions."""
DECISION_COPY = "处理意见的副本，不是申报表。"

_CLOSED = "文件夹打不开（{why}），里面的文件都没有读取，请检查权限。"
_UNSEEN = "看不到是文件还是文件夹（{why}），没有读取，请检查所在文件夹的权限。"
_TOO_DEEP = "文件夹层数太多或名称太长，打不开，其中的文件都没有读取，请移到较浅的文件夹或缩短名称。"
_NO_TEXT = "名称的编码无法识别，没有读取，请改名后重新放入。"
_RUBBISH = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"}
_RUBBISH_FOLDERS = {"__macosx", "$recycle.bin", "system volume information"}


@dataclass(frozen=True)
class Found:
    """A path that is not a folder, or a folder that cannot be looked into: as ``shown``, where it is, and what is known before
    it is opened; ``regular`` where it is a file."""

    shown: str
    path: Path
    status: str
    reason: str | None
    regular: bool = False


def walk(folder: Path, shown: PurePosixPath) -> list[Found]:
    """What lies below ``folder``, which is shown as ``shown``; in the order of what is shown, no two the same."""
    listed: list[Found] = []
    waiting = [(folder, shown)]
    while waiting:
        here, told = waiting.pop()
        for entry in _entries(here, told):
            if isinstance(entry, Found):
                listed.append(entry)
            else:
                waiting.append(entry)
    found: dict[str, Found] = {}
    for one in sorted(listed, key=lambda one: (one.reason == _NO_TEXT, one.shown)):
        name = _unlike(one.shown, found)
        found[name] = replace(one, shown=name)
    return [found[name] for name in sorted(found)]


def _entries(folder: Path, shown: PurePosixPath) -> Iterator[Found | tuple[Path, PurePosixPath]]:
    """What lies in a folder; the folders in it with what they are shown as."""
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError as error:
        yield Found(str(shown), folder, "unreadable", _why(error, _CLOSED))
        return
    for entry in listed:
        name = entry.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        here, told = Path(entry.path), shown / name
        if name != entry.name:
            yield Found(str(told), here, "unreadable", _NO_TEXT)
            continue
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError as error:
            yield Found(str(told), here, "unreadable", _why(error, _UNSEEN))
            continue
        yield (here, told) if stat.S_ISDIR(mode) else _file(here, told, mode)


def _why(error: OSError, sentence: str) -> str:
    return _TOO_DEEP if error.errno == errno.ENAMETOOLONG else sentence.format(why=why(error))


def _file(here: Path, shown: PurePosixPath, mode: int) -> Found:
    if stat.S_ISLNK(mode):
        return Found(str(shown), here, "skipped", "是链接，不打开；请放入文件本身。")
    if not stat.S_ISREG(mode):
        return Found(str(shown), here, "skipped", "不是普通文件（管道或设备），不打开。")
    reason = _why_skipped(shown)
    return Found(str(shown), here, "skipped" if reason else "read", reason, regular=True)


def _why_skipped(shown: PurePosixPath) -> str | None:
    folders = [part.lower() for part in shown.parts[1:-1]]
    if shown.name.startswith("~$"):
        return "办公软件打开文件时的临时文件。"
    rubbish = shown.name.startswith(".") or shown.name.lower() in _RUBBISH
    if rubbish or any(part in _RUBBISH_FOLDERS or part.startswith(".") for part in folders):
        return "系统文件或隐藏文件，不是申报表。"
    if folders[:1] == [DECISIONS_FOLDER]:
        return DECISION_COPY
    return None


def _unlike(name: str, taken: dict[str, Found]) -> str:
    """``name``, or where that is taken the first with a number that is not: a name that is no text may look like another."""
    names = chain((name,), (f"{name}（{number}）" for number in count(2)))
    return next(one for one in names if one not in taken)
