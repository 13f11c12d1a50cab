"""What is said of an error where a command ends with it, and with which status."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from flows import stopping
from flows.attempts import How
from flows.cli.status import FAILED, WRONG
from flows.error_log import LOG, write_error
from flows.errors import HuizongError, ProgramFaultError, SettingError, not_allowed

_FAULT = f"程序自身出错，原因写在状态文件夹的 {LOG} 中。"


@dataclass(frozen=True)
class Failure:
    """``told`` is one Chinese line, ``status`` the exit status, ``how`` the command ended; ``passes`` whether it may succeed a
    little later; ``apart`` what is said of it where others read it: nothing of the data that was at hand."""

    told: str
    status: int = FAILED
    how: How = "failed"
    passes: bool = False
    apart: str | None = None

    @property
    def public(self) -> str:
        """The line for whoever is told of it elsewhere."""
        return self.apart or self.told


def failure_of(error: BaseException) -> Failure:
    """What is said of ``error``. The whole story of what nobody foresaw goes into the log."""
    if isinstance(error, SettingError):
        return Failure(f"设置有误：{error}", WRONG, "wrong", error.passes)
    if isinstance(error, ProgramFaultError):
        return Failure(f"未完成，{stopping.how_it_stands()}：{error}{_where(write_error(error.story))}", apart=_FAULT)
    if isinstance(error, HuizongError):
        return Failure(f"未完成：{error}", passes=error.passes)
    # What was at work when it was interrupted says so in its own way.
    if isinstance(error, KeyboardInterrupt) or (stopping.came() and not isinstance(error, OSError)):
        return stopped()
    log = _where(write_error("".join(traceback.format_exception(error))))
    if isinstance(error, OSError):
        return Failure(f"未完成，{stopping.how_it_stands()}：{not_allowed(error)}{log}", passes=True)
    return Failure(f"未完成，{stopping.how_it_stands()}：{type(error).__name__}：{error}{log}", apart=_FAULT)


def stopped() -> Failure:
    """What is said where the program was asked to stop."""
    return Failure(f"已中止，{stopping.how_it_stands()}。", how="stopped")


def _where(log: Path | None) -> str:
    return f"（详情见 {log}）" if log else ""
