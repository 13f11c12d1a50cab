"""Errors that a caller should catch. Their text is Chinese: an official or the operator reads it."""

import errno
import os
import traceback
from typing import ClassVar

_WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.EBUSY: "正被占用",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "是链接",
    errno.EIO: "磁盘读写出错",
}


def why(error: OSError) -> str:
    """What the operating system did not allow, in a few Chinese words."""
    return _WHY.get(error.errno or 0, error.strerror or type(error).__name__)


def not_allowed(error: OSError) -> str:
    """What the operating system did not allow, and on which path, as a sentence with advice."""
    path = f"{os.fsdecode(error.filename)} " if isinstance(error.filename, str | bytes) else ""
    return f"{path}不能读写（{why(error)}）。请检查该处的权限和磁盘后重新运行。"


class HuizongError(Exception):
    """Any failure that has a sentence for the operator. ``passes``: the same command may succeed a little later, without anybody
    doing anything."""

    passes: ClassVar[bool] = False


class SettingError(HuizongError):
    """The command, a folder, a reference workbook or the year's notice is not as it must be (exit status 2)."""


class AwayError(SettingError):
    """A folder or a reference workbook is not where it must be: its share may not be there yet."""

    passes = True


class NightError(HuizongError):
    """The night cannot be finished; yesterday's outputs stand (exit status 1)."""


class ProgramFaultError(NightError):
    """The program itself is at fault, not what was handed in; ``story`` is the traceback, for the log."""

    def __init__(self, sentence: str, story: str = "") -> None:
        """Say ``sentence`` to the operator. Without a story it comes out of another process, which gives it afterwards."""
        super().__init__(sentence)
        self.story = story


class WarehouseBusyError(NightError):
    """Somebody else has the warehouse open."""

    passes = True


class DamagedWarehouseError(NightError):
    """The warehouse's file is damaged or no database at all: it can only be put aside."""


class ForeignWarehouseError(NightError):
    """What stands in the warehouse's place is another program's database."""


class UnevenCountError(NightError):
    """Filings read and filings disposed of differ."""


class FallenCountError(NightError):
    """The night holds far less than the one before: files that can be read, filings or groups. Half a share may be away."""

    passes = True


class LayoutError(ProgramFaultError):
    """The warehouse's tables, the schemas and a night's frames do not have the same columns."""

    def __init__(self, sentence: str) -> None:
        """Say ``sentence``, and to the log where it was seen."""
        super().__init__(f"{sentence}。这是程序的错误，请告知维护人员。", "".join(traceback.format_stack()))
