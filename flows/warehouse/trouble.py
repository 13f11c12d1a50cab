"""What DuckDB says of a warehouse that cannot be used, as a sentence with advice: the one place that reads its English."""

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.attempts import Attempt, at_work
from flows.errors import DamagedWarehouseError, HuizongError, NightError, ProgramFaultError, WarehouseBusyError
from flows.settings import state_folder

_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)(?: by user (\S+?)[.\s])?")
_HELD = "正被占用：{program}（进程号 {process}{user}）。请关闭该程序后重新运行；昨夜的结果不受影响。"

MEND = "请运行 huizong doctor --mend：它把该文件移到一旁，下一夜重新建立数据库，处理意见由“处理意见.jsonl”恢复"
"""What to do about a warehouse of which nothing can be read."""


@dataclass(frozen=True)
class _Trouble:
    """What is wrong where DuckDB's words match ``says``: the sentence after the warehouse's path, and what it is raised as."""

    says: re.Pattern[str]
    sentence: str
    error: type[NightError] = NightError


def _when(says: str, sentence: str, error: type[NightError] = NightError) -> _Trouble:
    return _Trouble(re.compile(says, re.IGNORECASE), sentence, error)


_TROUBLES = (
    _when(
        r"conflicting lock|could not set lock|being used by another process",
        "正被另一程序占用。请关闭该程序后重新运行；昨夜的结果不受影响。",
        WarehouseBusyError,
    ),
    _when(
        r"no space left|not enough space|disk is full",
        "打不开或写不进：磁盘已满（{folder}）。请腾出空间后重新运行；数据库没有改动。",
    ),
    _when(
        r"permission denied|access is denied|not permitted",
        "打不开：没有读写权限。请检查该文件和文件夹 {folder} 的权限；数据库没有改动。",
    ),
    _when(r"read-only file system", "打不开：磁盘只读（{folder}）。请改用另一个 --outputs 文件夹，或检查磁盘。"),
    _when(r"is a directory", "打不开：它是文件夹，不是数据库文件。请移走该文件夹后重新运行。"),
    _when(r"database does not exist", "不存在。请先运行 huizong nightly。"),
    _when(
        r"database file with version number|newer version of duckdb",
        "打不开：它由更新的 DuckDB 写过。请改用更新的程序，或改用另一个 --outputs 文件夹；数据库没有改动。",
    ),
    _when(
        r"not a valid duckdb|corrupt|checksum|could not read enough bytes|replaying wal|deserializ|serialization error",
        f"打不开或读不出：文件已损坏，或不是数据库。{MEND}。",
        DamagedWarehouseError,
    ),
    _when(r"out of memory", "读写时内存不足。请关闭其他程序后重新运行；数据库没有改动。"),
    _when(r"input/output error", "打不开或读不出：磁盘读写出错。请检查磁盘和网络，或从备份恢复。"),
)
"""The first that matches is told."""


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Whatever DuckDB raises within about the warehouse at ``path`` is raised as :func:`trouble` tells it."""
    try:
        yield
    except duckdb.Error as error:
        raise trouble(path, error) from error


def trouble(path: Path, error: duckdb.Error) -> HuizongError:
    """What ``error`` means for the warehouse at ``path``, to be raised.

    What the file or the disk is not to blame for is the program's own fault.
    """
    says = str(error)
    if holder := _HOLDER.search(says):
        if night := at_work(state_folder(), int(holder[2])):
            return _another_night(path, night)
        user = f"，用户 {holder[3]}" if holder[3] else ""
        return WarehouseBusyError(f"数据库 {path} {_HELD.format(program=holder[1], process=holder[2], user=user)}")
    for known in _TROUBLES:
        if known.says.search(says):
            if known.error is WarehouseBusyError and (night := at_work(state_folder())):
                return _another_night(path, night)
            return known.error(f"数据库 {path} {known.sentence.format(folder=path.parent)}")
    first_line = says.splitlines()[0] if says else type(error).__name__
    story = "".join(traceback.format_exception(error))
    return ProgramFaultError(f"数据库 {path} 打不开或读写出错：{first_line}", story)


def _another_night(path: Path, night: Attempt) -> WarehouseBusyError:
    """That it is another night that has the warehouse open, since when, and which process it is."""
    return WarehouseBusyError(
        f"另一次汇总正在运行（{night.began:%Y-%m-%d %H:%M:%S} 起，进程号 {night.pid}），数据库 {path} 正被占用。"
        "请等它结束后再运行；昨夜的结果不受影响。"
    )
