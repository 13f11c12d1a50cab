"""What is said of a night: counts, what is new, what waits and since when, what failed and what to do. Nothing about anybody:
no names, no telephone numbers, no titles of projects."""

from dataclasses import dataclass
from datetime import date

from flows.attempts import HOW, Ended

_DOCTOR = "请在运行每夜任务的电脑上运行 huizong doctor，按它说的处理。"
_AGAIN = "多半会自己好（共享盘没有连上、数据库正被打开等）；下一夜照常运行，也可以处理后用 huizong nightly 再运行一次。"
_COUNTED = {"files": "文件 {} 个", "filings": "申报项目 {} 项", "groups": "团组 {} 个", "findings": "问题 {} 条"}


@dataclass(frozen=True)
class Message:
    """What is sent."""

    title: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """What waits for a reviewer: ``held`` findings, the oldest since the day ``oldest``; ``offered`` pairs; of all findings
    ``fresh`` ones that this night was the first to see."""

    held: int = 0
    oldest: date | None = None
    fresh: int = 0
    offered: int = 0


def message_of(ended: Ended, year: int | None, today: date, waiting: Waiting | None = None, tries: int = 1) -> Message:
    """What to say of an attempt that ended; ``tries`` how many there were in all."""
    title = f"因公出国（境）培训计划汇总{f' {year} 年度' if year else ''}：本夜{HOW[ended.how]}"
    lines = [*_done(ended, waiting, today)] if ended.how == "done" else [*_failed(ended, tries)]
    return Message(title, "\n".join(lines))


def _done(ended: Ended, waiting: Waiting | None, today: date) -> list[str]:
    counted = "，".join(told.format(ended.counts[name]) for name, told in _COUNTED.items() if name in ended.counts)
    lines = [f"{ended.run_id}：{counted}。"]
    unread = ended.counts.get("unread", 0)
    if unread:
        lines.append(f"有 {unread} 个文件没有读出，见“异常清单”的“文件清单”。")
    if waiting:
        lines.append(f"新发现问题 {waiting.fresh} 条。")
        since = f"，最早的已等 {(today - waiting.oldest).days} 天" if waiting.held and waiting.oldest else ""
        lines.append(f"等待处理：待核 {waiting.held} 条{since}；疑似重复 {waiting.offered} 对。")
    return lines


def _failed(ended: Ended, tries: int) -> list[str]:
    tried = [f"已试 {tries} 次。"] if tries > 1 else []
    return [ended.told, *tried, _AGAIN if ended.passes else _DOCTOR]
