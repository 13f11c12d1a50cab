"""Faults of the program while it reads: written to the log with the file's name; too many of them stop the night."""

from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.error_log import LOG, write_error
from flows.errors import NightError, ProgramFaultError
from flows.read.failures import Failure
from flows.read.wall import answers
from flows.read.worker import Work

if TYPE_CHECKING:
    from flows.settings import Settings
    from schemas.tables import DataFrame, Files

Item = TypeVar("Item")
T = TypeVar("T")

_READ = ("read", "empty", "unreadable", "failed", "deferred")
"""What becomes of files that are read."""


def read_behind_wall(work: Work[Item, Any, T], items: Sequence[Item], settings: "Settings") -> list[T | Failure]:
    """What ``work`` gives for each item, or its failure, in their order.

    An item is the path of a file, or anything with one in it (see :class:`~flows.read.worker.Work`). Each is opened and read
    in a worker process with the limits of ``settings``, the story of every fault of the program is in the log.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file; says where the story is.
    """
    given = dict(one_by_one_behind_wall(work, items, settings))
    return [given[place] for place in range(len(items))]


def one_by_one_behind_wall(
    work: Work[Item, Any, T], items: Sequence[Item], settings: "Settings"
) -> Generator[tuple[int, T | Failure]]:
    """The place of each item with what :func:`read_behind_wall` gives for it, as soon as it is there: for answers that are not to be held
    all at once. Closed before its end it leaves no worker."""
    stories: dict[str, list[Item]] = defaultdict(list)
    try:
        with closing(answers(work, items, settings.limits, settings.workers)) as told:
            for place, result in told:
                if isinstance(result, Failure) and result.of_program:
                    stories[result.detail].append(items[place])
                yield place, result
    except ProgramFaultError as fault:
        raise NightError(f"{fault}{_told(write_error(fault.story, settings.state))}。") from fault
    for story, about in stories.items():
        write_error("\n".join([*map(str, about), story]), settings.state)


def stop_at_many_faults(files: "DataFrame[Files]", settings: "Settings") -> str | None:
    """Let the night stop where the program failed at more of the ``files`` that it read than the settings allow; of fewer,
    the sentence for the operator.

    Raises:
        NightError: says at how many, and where their stories are.
    """
    failed, read = (int(files["status"].isin(statuses).sum()) for statuses in (("failed",), _READ))
    if failed > settings.faults_at_most and failed > settings.faults_share_at_most * read:
        raise NightError(
            f"读取程序自身出错：{read} 个文件中有 {failed} 个处理失败，不是申报文件的问题，原有结果保持不变"
            f"（详情见 {settings.state / LOG}）。"
        )
    return (
        f"读取程序自身出错，有 {failed} 个文件没有读，不是申报文件的问题（详情见 {settings.state / LOG}）"
        if failed
        else None
    )


def _told(log: Path | None) -> str:
    return f"（详情见 {log}）" if log else ""
