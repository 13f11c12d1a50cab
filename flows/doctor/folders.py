"""The folders that the program writes to: there, writable, roomy, nobody else's business, and without left-overs."""

import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

from flows import scratch
from flows.disk import BYTES_LEAST, free_bytes
from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.error_log import LOG
from flows.errors import why
from flows.privacy import close_to_others

_ROOM_FACTOR = 32
"""How much more room than a night needs at least is enough for many."""


@probe("文件夹")
def writable(place: Place) -> Iterator[Told]:
    """Outputs and state can be written."""
    for what, folder in (("输出文件夹", place.settings.published), ("状态文件夹", place.settings.state)):
        if not folder.exists():
            yield place.mended(
                f"{what} {folder} 不存在", "已建立", "第一夜会自动建立", partial(folder.mkdir, parents=True)
            )
            continue
        try:
            with TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield Told(BAD, f"{what} {folder} 不能写入（{why(error)}）", "请检查权限，或换一个文件夹")
        else:
            yield Told(GOOD, f"{what} {folder} 可以写入")


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


@probe("出错记录")
def errors(place: Place) -> Iterator[Told]:
    """The last thing that nobody foresaw."""
    log = place.settings.state / LOG
    if not log.is_file():
        yield Told(GOOD, "没有意外出错的记录")
        return
    entries = [entry for entry in log.read_text("utf-8", "replace").split("\n\n") if entry.strip()]
    last = entries[-1].strip().splitlines() if entries else ["（空）"]
    yield Told(
        NOTE, f"{log} 有 {len(entries)} 条记录，最后一条：{last[0]} {last[-1][:200]}", "如仍在发生，请交给维护人员"
    )


def _there(folder: Path) -> Path:
    """``folder``, or the nearest one above it that is there."""
    return next((path for path in (folder, *folder.parents) if path.exists()), folder)
