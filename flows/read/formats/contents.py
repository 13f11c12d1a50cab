"""The bytes of one untrusted file: taken once, never more than the limit, and only where they are those that were found."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from flows.read.formats.refusal import Deferred, Unreadable
from flows.settings import ReadLimits

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What was a file a moment ago may by now be a link or a pipe: neither is followed or waited for."""

_PIECE = 2**20
_NOT_REGULAR = "不是普通文件（文件夹、管道或设备），不打开。"
_CHANGED = "本夜清点之后文件有改动（{how}），改动后的内容本夜不读取，下一夜再读取。"
_OTHER_BYTES = "内容与清点时不同"
_ADVICE = re.compile("，请|，不|。")
"""Where the sentence of a refusal goes on with what to do."""


_NO_FILE = {
    errno.ELOOP: "是链接，不打开；请放入文件本身。",
    errno.ENOENT: "文件在读取前已被移走或删除，请重新放入。",
    errno.ENOTDIR: "文件在读取前已被移走或删除，请重新放入。",
    errno.EISDIR: _NOT_REGULAR,
    errno.ENXIO: _NOT_REGULAR,
}
"""What opening says where there is no file."""

_CLOSED = {
    errno.EACCES: "文件打不开（没有读取权限，或正被其他程序占用），请检查后重新放入。",
    errno.EPERM: "文件打不开（没有读取权限，或正被其他程序占用），请检查后重新放入。",
    errno.ENAMETOOLONG: "文件夹层数太多或名称太长，打不开，请移到较浅的文件夹或缩短名称后重新放入。",
}
"""What opening says of a file that cannot be opened."""


class _NoFileError(Unreadable):
    """There is no file where one is looked for."""


@dataclass(frozen=True)
class FoundFile:
    """A file as the night found it: ``place`` on disk, the ``sha256`` of its bytes then (None: any bytes will do), and other
    places of the same bytes, ``copies``."""

    place: Path
    sha256: str | None = None
    copies: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return str(self.place)


@dataclass(frozen=True)
class Contents:
    """The bytes of a file, and when it says they were written (``modified``, in seconds since 1970)."""

    data: bytes
    modified: float

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Fingerprint:
    """What a file holds, without its bytes: ``size`` of them and their ``sha256``; where there are too many to be read, None
    and ``refusal``, the Chinese sentence that says so."""

    sha256: str | None
    size: int
    refusal: str | None = None


def take(file: FoundFile, limits: ReadLimits) -> Contents:
    """The bytes of ``file``; those of a copy where they are no longer in its place.

    Raises:
        Deferred: the bytes that were found are nowhere any more.
        Unreadable: nothing is known of the bytes, and they cannot be had; or there are none.
    """
    refusals: list[Unreadable] = []
    for place in (file.place, *file.copies):
        try:
            taken = _contents(place, limits)
        except Unreadable as error:
            refusals.append(error)
            continue
        if file.sha256 not in (None, taken.sha256):
            refusals.append(Unreadable(_OTHER_BYTES))
        elif taken.data:
            return taken
        else:
            raise Unreadable("文件是空的（0 字节），请重新导出后报送。")
    if file.sha256 is None:
        raise refusals[0]
    raise _changed(refusals[0]) from refusals[0]


def fingerprint(place: Path, limits: ReadLimits) -> Fingerprint:
    """What the file holds that lay at ``place`` a moment ago. One of more bytes than the limit is not looked into.

    Raises:
        Deferred: it lies there no longer.
        Unreadable: it cannot be opened.
    """
    try:
        with _opened(place) as (opened, state):
            if state.st_size > limits.file_bytes:
                return Fingerprint(None, state.st_size, _too_large(limits))
            digest, size = hashlib.sha256(), 0
            while chunk := opened.read(_PIECE):
                digest.update(chunk)
                size += len(chunk)
                if size > limits.file_bytes:
                    return Fingerprint(None, size, _too_large(limits))
        return Fingerprint(digest.hexdigest(), size)
    except _NoFileError as error:
        raise _changed(error) from error


def _changed(how: Unreadable) -> Deferred:
    """What is said of a file that is otherwise than it was found."""
    return Deferred(_CHANGED.format(how=_ADVICE.split(str(how), maxsplit=1)[0]))


def _contents(place: Path, limits: ReadLimits) -> Contents:
    with _opened(place) as (opened, state):
        data = opened.read(limits.file_bytes + 1) if state.st_size <= limits.file_bytes else b""
    if max(len(data), state.st_size) > limits.file_bytes:
        raise Unreadable(_too_large(limits))
    return Contents(data, state.st_mtime)


@contextmanager
def _opened(place: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    try:
        with os.fdopen(os.open(place, _FLAGS), "rb") as opened:
            state = os.fstat(opened.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise _NoFileError(_NOT_REGULAR)
            yield opened, state
    except OSError as error:
        raise _not_opened(error) from error


def _too_large(limits: ReadLimits) -> str:
    return f"文件超过 {limits.file_bytes / 2**20:g} MB，请删除图片、多余的工作表等无关内容后重新报送。"


def _not_opened(error: OSError) -> Unreadable:
    if error.errno in _NO_FILE:
        return _NoFileError(_NO_FILE[error.errno])
    return Unreadable(_CLOSED.get(error.errno or 0, f"文件打不开（系统错误 {error.errno}），请检查后重新放入。"))
