"""The folders that the program writes to: there, writable, roomy, nobody else's business, and without left-overs."""

import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

from flows import scratch
from flows.disk import BYTES_LEAST, free_bytes
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.doctor.servers import end_orphans, orphans
from flows.error_log import LOG
from flows.errors import why
from flows.privacy import close_to_others

_LONG_AGO = timedelta(days=3)
"""An error that is longer ago is not of the last nights."""

_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$", re.MULTILINE)
"""How an entry of the log of errors begins."""

_TAIL = 2**18
"""Bytes of the log in which the last entry is looked for."""

_ROOM_FACTOR = 32
"""How much more room than a night needs at least is enough for many."""


@probe("文件夹")
def usable(place: Place) -> Iterator[Told]:
    """Inputs can be read, outputs and state can be written."""
    of = place.settings
    for what, folder in (("输入文件夹", of.inputs), ("参考表文件夹", of.reference)):
        yield _usable(place, what, folder, os.R_OK | os.X_OK, "请建立并放入文件")
    for what, folder in (("输出文件夹", of.outputs), ("本年输出文件夹", of.published), ("状态文件夹", of.state)):
        yield _usable(place, what, folder, os.R_OK | os.W_OK | os.X_OK, "第一夜会自动建立")


def _usable(place: Place, what: str, folder: Path, needed: int, advice: str) -> Told:
    named, doing = f"{what} {folder}", "写入" if needed & os.W_OK else "读取"
    try:
        found = folder.stat()
    except FileNotFoundError:
        making = partial(folder.mkdir, parents=True, exist_ok=True)
        return place.mended(f"{named} 不存在", "已建立", advice, making, NOTE if needed & os.W_OK else BAD)
    except OSError as error:
        return Told(BAD, f"{named} 不能{doing}（{why(error)}）", "请检查上一级文件夹的权限")
    if not stat.S_ISDIR(found.st_mode):
        return Told(BAD, f"{named} 不是文件夹", "请移走该文件，建立同名文件夹")
    if not os.access(folder, needed):
        if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
            return Told(BAD, f"{named} 不能{doing}（没有权限）", "请检查权限，或由该文件夹的所有者运行")
        allowing = partial(folder.chmod, stat.S_IMODE(found.st_mode) | stat.S_IRWXU)
        return place.mended(f"{named} 不能{doing}（没有权限）", "已改正权限", "请检查权限", allowing, BAD)
    return _refusing(named, folder) if needed & os.W_OK else Told(GOOD, f"{named} 可以读取")


def _refusing(named: str, folder: Path) -> Told:
    """Whether a folder takes a file, whatever its rights say."""
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Told(BAD, f"{named} 不能写入（{why(error)}）", "请检查权限和磁盘，或换一个文件夹")
    return Told(GOOD, f"{named} 可以写入")


@probe("磁盘")
def room(place: Place) -> Iterator[Told]:
    """There is room for tonight and for more."""
    for folder in (place.settings.outputs, place.settings.state):
        free = free_bytes(_there(folder))
        if free is None:
            continue
        seen = f"{folder} 所在的磁盘还剩 {free / 2**20:,.0f} MB"
        if free < BYTES_LEAST:
            yield Told(BAD, seen, "请腾出空间，否则本夜不能运行")
        elif free < BYTES_LEAST * _ROOM_FACTOR:
            yield Told(NOTE, seen, "请尽早腾出空间，例如移走“历史”里较早的各夜")
        else:
            yield Told(GOOD, seen)


@probe("权限")
def rights(place: Place) -> Iterator[Told]:
    """What the program wrote is for its owner and group only."""
    own = [path for path in place.settings.written if path.exists()]
    open_to_others = [path for path in own if not path.is_symlink() and path.stat().st_mode & stat.S_IRWXO]
    if open_to_others:
        listed = "、".join(path.name for path in open_to_others)
        yield place.mended(
            f"其他用户也能读 {listed}", "已改为只限所有者和同组", "应只限所有者和同组", lambda: close_to_others(*own)
        )
    else:
        yield Told(GOOD, "输出、数据库和状态只限所有者和同组")


@probe("残留")
def left_overs(place: Place) -> Iterator[Told]:
    """Temporary things of programs that were killed."""
    home = place.settings.state / scratch.FOLDER
    left = [path for path in home.glob("*.lock") if not scratch.is_held(path)] if home.is_dir() else []
    if left:
        yield place.mended(
            f"有 {len(left)} 个被强行结束的程序留下的临时文件夹",
            "已清除",
            "下一夜会自动清除",
            lambda: [*scratch.left_behind(place.settings.state)],
        )
    else:
        yield Told(GOOD, "没有残留的临时文件")
    if servers := orphans(place.settings.state):
        listed = "、".join(map(str, servers))
        yield place.mended(
            f"有 {len(servers)} 个没有主人的 Prefect 临时服务器（进程号 {listed}）",
            "已结束",
            "请结束这些进程",
            lambda: end_orphans(place.settings.state),
        )


@probe("出错记录")
def errors(place: Place) -> Iterator[Told]:
    """The last thing that nobody foresaw."""
    log = place.settings.state / LOG
    if not log.is_file():
        yield Told(GOOD, "没有意外出错的记录")
        return
    with log.open("rb") as opened:
        opened.seek(max(0, log.stat().st_size - _TAIL))
        *_, when, story = ["", "", *_ENTRY.split(opened.read().decode("utf-8", "replace"))]
    last = next((line.strip() for line in reversed(story.splitlines()) if line.strip()), "（空）")
    seen = f"{log} 最后一条：{when} {last[:200]}"
    if when and place.now - datetime.fromisoformat(when) > _LONG_AGO:
        yield Told(GOOD, seen)
    else:
        yield Told(NOTE, seen, "如仍在发生，请交给维护人员")


def _there(folder: Path) -> Path:
    """``folder``, or the nearest one above it that is there."""
    return next((path for path in (folder, *folder.parents) if path.exists()), folder)
