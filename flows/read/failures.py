"""Why a file could not be read, in a sentence for the office; whether the file, the program or the moment is at fault."""

from dataclasses import dataclass

from flows.read.formats.refusal import SAVE_AGAIN
from flows.settings import ReadLimits

_PROGRAM_FAULT = "读取程序处理这份文件时自身出错，无法处理；不是填报单位的问题，不必重新报送。"


_NO_ANSWER = (
    "等候 {seconds:g} 秒仍未读完（磁盘或共享文件夹没有响应，或机器过忙），不能说是文件有错；本夜不读取，下一夜再读。"
)


@dataclass(frozen=True)
class Failure:
    """Why a file could not be read: ``reason`` is a Chinese sentence for the office, ``detail`` is for the log; ``status`` one
    of :data:`schemas.words.FILE_STATUSES`: ``unreadable`` where the file is at fault, ``failed`` where the program is,
    ``deferred`` where neither is and the next night will read it."""

    reason: str
    detail: str = ""
    status: str = "unreadable"

    @property
    def of_program(self) -> bool:
        """Whether the program and not the file is at fault."""
        return self.status == "failed"

    @property
    def lasting(self) -> bool:
        """Whether the bytes by themselves are at fault, and not what they cost on this machine."""
        return self.status == "unreadable" and not self.detail


def deferred(reason: str, detail: str = "") -> Failure:
    """The failure of a file that the next night will read."""
    return Failure(reason, detail, "deferred")


def out_of_time(limits: ReadLimits) -> Failure:
    """The failure of a file that takes more of the processor's time than it may."""
    return Failure(f"读取超过 {limits.seconds:g} 秒仍未完成，已停止（文件过大或已损坏）。{SAVE_AGAIN}", "time-out")


def no_answer(limits: ReadLimits) -> Failure:
    """The failure of a file of which nothing is heard, though little is done."""
    return deferred(_NO_ANSWER.format(seconds=limits.patience), "no answer")


def out_of_memory(limits: ReadLimits, detail: str = "MemoryError") -> Failure:
    """The failure of a file that takes more memory than it may."""
    return Failure(
        f"读取所需内存超过 {limits.memory_bytes // 2**20} MB，已停止。请删除多余的工作表和行列，另存为 xlsx 后重新报送。",
        detail,
    )


def program_fault(detail: str) -> Failure:
    """The failure of a file that was opened well and that the program then breaks on."""
    return Failure(_PROGRAM_FAULT, detail, "failed")


def crashed(detail: str) -> Failure:
    """The failure of a file on which the reader itself breaks."""
    return Failure(f"文件内容异常，读取程序无法处理。{SAVE_AGAIN}", detail)
