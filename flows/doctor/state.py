"""The state folder: what killed programs left behind, the log of errors, and the size of Prefect's database."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from flows import scratch
from flows.doctor.probe import GOOD, NOTE, Place, Told, probe
from flows.doctor.servers import end_orphans, orphans
from flows.error_log import LOG

_RECENT = timedelta(hours=36)
_PREFECT_BYTES_MOST = 200 * 2**20
_ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$", re.MULTILINE)
"""How an entry of the log of errors begins."""
_TAIL = 2**18


@probe("遗留")
def left_over(place: Place) -> Iterator[Told]:
    """What programs that were killed left behind."""
    left = scratch.dead(place.state)
    if left:
        yield Told(NOTE, f"有 {len(left)} 个被强行结束的程序留下了临时文件；下一夜会清理。", lambda: _clear(place))
    servers = orphans(place.state)
    if servers:
        yield Told(
            NOTE,
            f"有 {len(servers)} 个没有主人的 Prefect 临时服务器（进程号 {'、'.join(map(str, servers))}）。请结束它们。",
            lambda: f"已结束 {end_orphans(place.state)} 个。",
        )
    if not (left or servers):
        yield Told(GOOD, "没有被强行结束的程序留下的东西")


def _clear(place: Place) -> str:
    return f"已清理 {len([*scratch.left_behind(place.state)])} 个。"


@probe("错误记录")
def errors(place: Place) -> Iterator[Told]:
    """The last entry of the log of errors."""
    log = place.state / LOG
    if not log.is_file():
        yield Told(GOOD, "没有意外错误的记录")
        return
    with log.open("rb") as opened:
        opened.seek(max(0, log.stat().st_size - _TAIL))
        text = opened.read().decode("utf-8", "replace")
    entries = _ENTRY.split(text)
    when, story = entries[-2:] if len(entries) > 1 else ("", text)
    last = next((line.strip() for line in reversed(story.splitlines()) if line.strip()), "")
    recent = bool(when) and place.now - datetime.fromisoformat(when) < _RECENT
    told = f"最后一次意外错误在 {when or '不明时间'}：{last[:200]}（{log}）"
    yield Told(NOTE, f"{told}。请把该文件交给维护人员。") if recent else Told(GOOD, told)


@probe("Prefect")
def prefect(place: Place) -> Iterator[Told]:
    """The size of the temporary server's database."""
    database = place.state / "prefect" / "prefect.db"
    size = database.stat().st_size if database.is_file() else 0
    if size > _PREFECT_BYTES_MOST:
        yield Told(
            NOTE,
            f"{database} 已有 {size / 2**20:.0f} MB。没有每夜任务在运行时可以删除，只丢失 Prefect 页面上的旧记录。",
        )
    else:
        yield Told(GOOD, f"运行记录 {size / 2**20:.1f} MB")
