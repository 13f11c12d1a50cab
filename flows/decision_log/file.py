"""Reading the file of decisions, adding lines to it, and putting damaged lines aside."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

import pandas as pd

from flows.decision_log.lines import NewerLineError, decode, encode
from flows.errors import why
from schemas.tables import AppliedDecisions, DataFrame, KeptDecisions, empty

NAME = "处理意见.jsonl"
"""What the file is called, in the folder of the warehouse."""

_READABLE_BY_GROUP = 0o640
_LISTED = 10
"""How many numbers of lines are listed."""


@dataclass(frozen=True)
class Log:
    """What stands in the file: its ``decisions``, each once, in their order; the numbers of the lines that are ``damaged``
    and of those that a ``newer`` program wrote; ``unfinished`` whether the last line has no end and says nothing yet;
    ``unread`` why nothing can be read, in Chinese."""

    decisions: DataFrame[KeptDecisions]
    damaged: tuple[int, ...] = ()
    newer: tuple[int, ...] = ()
    unfinished: bool = False
    unread: str | None = None

    def problems(self) -> Iterator[str]:
        """What is wrong with the file, in Chinese, a sentence each."""
        if self.unread:
            yield f"“{NAME}”{self.unread}，其中的处理意见没有读到。请检查该文件及其权限"
        if self.damaged:
            yield (
                f"“{NAME}”第 {_listed(self.damaged)} 行已损坏或被改动，不能使用，原样保留；"
                "数据库里还有的会补记，huizong doctor --mend 可把损坏的行移到一旁"
            )
        if self.unfinished:
            yield f"“{NAME}”最后一行没有写完，不能使用，原样保留；huizong doctor --mend 可把它移到一旁"
        if self.newer:
            yield f"“{NAME}”第 {_listed(self.newer)} 行由更新的程序写入，本程序不认得，没有使用，原样保留。请改用更新的程序"


def read_log(path: Path) -> Log:
    """What stands in the file at ``path``; nothing in it or about it raises an error."""
    nothing = empty(KeptDecisions)
    try:
        if not path.exists():
            return Log(nothing)
        if not path.is_file():
            return Log(nothing, unread="不是普通文件")
        *lines, begun = path.read_bytes().split(b"\n")
    except OSError as error:
        return Log(nothing, unread=f"读不出（{why(error)}）")
    told: dict[tuple[int, str], dict] = {}
    damaged, newer = [], []
    for number, line in enumerate([*lines, *([begun] if begun else [])], start=1):
        try:
            said = decode(line)
            told.setdefault((said["year"], said["decision_id"]), said)
        except NewerLineError:
            newer.append(number)
        except (ValueError, RecursionError):
            damaged.append(number)
    unfinished = len(lines) + 1 in damaged
    frame = pd.DataFrame([*told.values()], columns=KeptDecisions.names()).astype(KeptDecisions.dtypes())
    return Log(KeptDecisions.validate(frame), tuple(damaged[:-1] if unfinished else damaged), tuple(newer), unfinished)


def append(path: Path, decisions: DataFrame[AppliedDecisions], year: int) -> str | None:
    """Add a line for each of the ``decisions`` of a night of ``year``; why that could not be, in Chinese.

    To be called right after the warehouse has them; they are on the disk when this returns.
    """
    return add(path, KeptDecisions.validate(decisions.assign(year=year)[KeptDecisions.names()]))


def add(path: Path, decisions: DataFrame[KeptDecisions]) -> str | None:
    """Add a line for each of the ``decisions``, on the disk when this returns; why that could not be, in Chinese.

    A last line that was half written, as by a night that was killed, is written to its end where it is one of theirs.
    """
    if decisions.empty:
        return None
    try:
        _append(path, [encode(said) for said in decisions.to_dict("records")])
    except OSError as error:
        return f"“{NAME}”写不进（{why(error)}），{len(decisions)} 条处理意见只在数据库里，下一夜再补记。请检查该文件、权限和磁盘"
    return None


def put_damaged_aside(path: Path) -> Path | None:
    """Move the damaged lines into a file of their own beside; its path, or None where there is no such line.

    Raises:
        OSError: one of the two files cannot be written; the file is as it was.
    """
    log = read_log(path)
    if not (log.damaged or log.unfinished):
        return None
    lines = path.read_bytes().split(b"\n")
    if log.unfinished or not lines[-1]:
        begun = lines.pop()
    damaged = [lines[number - 1] for number in log.damaged] + ([begun] if log.unfinished else [])
    aside = path.with_name(f"{path.stem}-损坏的行-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")
    _append(aside, [line + b"\n" for line in damaged])
    kept = path.with_name(f".{path.name}.new")
    kept.unlink(missing_ok=True)
    _append(kept, [line + b"\n" for number, line in enumerate(lines, start=1) if number not in log.damaged])
    kept.replace(path)
    _flush_folder(path)
    return aside


def _append(path: Path, lines: list[bytes]) -> None:
    """Add whole lines at the end, all of them or none."""
    new = not path.exists()
    opened = os.open(
        path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0), _READABLE_BY_GROUP
    )
    with os.fdopen(opened, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        data = b"".join(_after(_begun(file, size), lines))
        try:
            while data:
                data = data[file.write(data) or 0 :]
            os.fsync(opened)
        except OSError:
            with suppress(OSError):
                file.truncate(size)
            raise
    if new:
        _flush_folder(path)


def _after(begun: bytes, lines: list[bytes]) -> Iterable[bytes]:
    """What is to be written after a line that was ``begun``."""
    for place, line in enumerate(lines):
        if begun and line.startswith(begun):
            return [line[len(begun) :], *lines[:place], *lines[place + 1 :]]
    return [b"\n" if begun else b"", *lines]


def _begun(file: FileIO, size: int) -> bytes:
    """The last line, where it has no end."""
    begun, chunk = b"", 2**16
    while size > 0 and b"\n" not in begun:
        start = max(0, size - chunk)
        file.seek(start)
        begun = file.read(size - start) + begun
        size = start
    file.seek(0, os.SEEK_END)
    return begun.rpartition(b"\n")[2]


def _flush_folder(path: Path) -> None:
    """A new name is on the disk too."""
    if os.name == "nt":  # a folder cannot be opened there
        return
    opened = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _listed(numbers: tuple[int, ...]) -> str:
    more = f" 等 {len(numbers)}" if len(numbers) > _LISTED else ""
    return "、".join(map(str, numbers[:_LISTED])) + more
