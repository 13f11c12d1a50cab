"""Faults of the program while it reads: written to the log with the file's name; too many of them stop the night."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.error_log import LOG, write_error
from flows.errors import NightError, ProgramFaultError
from flows.read.failures import Failure
from flows.read.wall import walled
from flows.read.worker import Work

if TYPE_CHECKING:
    from flows.settings import Settings
    from schemas.tables import DataFrame, Files

T = TypeVar("T")

_READ = ("read", "empty", "unreadable", "failed")
"""What becomes of files that are read."""


def read_behind_wall(work: Work[Any, T], paths: Sequence[Path], settings: "Settings") -> list[T | Failure]:
    """What ``work`` gives for each path, or its failure; the story of every fault of the program is in the log.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file; says where the story is.
    """
    try:
        results = walled(work, paths, settings.limits, settings.workers)
    except ProgramFaultError as fault:
        raise NightError(f"{fault}{_told(write_error(fault.story, settings.state))}。") from fault
    stories: dict[str, list[Path]] = defaultdict(list)
    for path, result in zip(paths, results, strict=True):
        if isinstance(result, Failure) and result.of_program:
            stories[result.detail].append(path)
    for story, about in stories.items():
        write_error("\n".join([*map(str, about), story]), settings.state)
    return results


def stop_at_many_faults(files: "DataFrame[Files]", settings: "Settings") -> None:
    """Let the night stop where the program failed at more of the ``files`` that it read than the settings allow.

    Raises:
        NightError: says at how many, and where their stories are.
    """
    failed, read = (int(files["status"].isin(statuses).sum()) for statuses in (("failed",), _READ))
    if failed > settings.faults_at_most and failed > settings.faults_share_at_most * read:
        raise NightError(
            f"读取程序自身出错：{read} 个文件中有 {failed} 个处理失败，不是申报文件的问题，原有结果保持不变"
            f"（详情见 {settings.state / LOG}）。"
        )


def _told(log: Path | None) -> str:
    return f"（详情见 {log}）" if log else ""
