"""Which workbooks stay where they are, since somebody has them open or has saved them while the night ran."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from flows.handover.night_folder import beside

OPEN = "“{name}”正被打开（旁边有 {lock}）"
SAVED = "“{name}”在本夜运行期间又被保存过"
STUCK = "“{name}”正被占用，不能替换"
_BESIDE = "{why}，没有替换；本夜的新表是“{beside}”。"
_NOTE = (
    "{why}，所以没有替换它。\r\n"
    "本夜的新表是“{beside}”，请改用新表。\r\n"
    "旧表和新表里填写的处理意见下一夜都会读取，不会丢失；旧表没有人打开时，下一夜自动收入“历史”文件夹。\r\n"
    "如果已经没有人打开旧表，请删除名字以“~$”或“.~”开头的同名临时文件。\r\n"
)


def why_it_stays(folder: Path, name: str, as_read: Mapping[str, str | None]) -> str | None:
    """Why the workbook ``name`` in ``folder`` is not to be replaced, in Chinese; None where it may be, or is not there.

    ``as_read`` is that of :class:`~flows.handover.night_folder.NightFolder`.
    """
    path = folder / name
    if not path.is_file():
        return None
    lock = next((lock for lock in _locks(name) if (folder / lock).exists()), None)
    if lock:
        return OPEN.format(name=name, lock=lock)
    return SAVED.format(name=name) if name in as_read and _sha256(path) != as_read[name] else None


def put_beside(source: Path, folder: Path, name: str, run_id: str, why: str) -> str:
    """Put the new ``name``, which is at ``source``, and a note beside the old one in ``folder``; what is to be said of it."""
    new = beside(name, run_id)
    (folder / beside(name, run_id, ".txt")).write_text(_NOTE.format(why=why, beside=new), "utf-8-sig", newline="")
    source.rename(folder / new)
    return _BESIDE.format(why=why, beside=new)


def is_lock(name: str) -> bool:
    """Whether the file is what Excel, WPS or LibreOffice put beside a workbook while it is open."""
    return name.startswith(("~$", ".~"))


def _locks(name: str) -> tuple[str, ...]:
    return f"~${name}", f".~lock.{name}#", f".~{name}"


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None
