"""Zip packages (xlsx, xlsb, ods …): what they hold, read whole and checked, never more than the limit unpacked."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from typing import IO

from flows.read.formats.refusal import Unreadable, damaged
from flows.read.formats.safe_xml import PROLOG, refuse_doctype, refuse_doctype_within
from flows.settings import ReadLimits

DEFLATE_AT_MOST = 1032
"""No deflated byte stands for more bytes than this."""

MEMBERS_AT_MOST = 20_000
UNPACKING = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)
"""What unpacking a member may raise, broken as it may be or packed in a way that nobody here knows."""

_XML = (".xml", ".rels", ".vml")
_WORKSHEETS = "xl/worksheets/"
_PIECE = 2**20
_SLICE = 2**14
_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"

_SMALL, _KEPT = 2**18, 2**23
"""Bytes of the largest member that is unpacked at once and kept, since several ask for it, and of all that are kept."""

_USUAL, _USUAL_UNPACKED = 2**11, 2**15
"""Bytes, packed and unpacked, of the largest member that is remembered from one package to the next: what a program writes into
every workbook, its theme, styles and relations, is the same in all."""

_HEADER = struct.Struct("<4s2xHH16xHH")
"""Of the header before a member: its signature, flags and way of packing, and how long its name and what follows that are."""

_HEADED = b"PK\x03\x04"
_UTF_8, _ODD_FLAGS = 0x800, 0x61
"""The flag of a name in UTF-8, and those of members that are encrypted or patched."""


class Package:
    """A zip file whose members, all together, stay within the limit when unpacked."""

    def __init__(self, data: bytes, limits: ReadLimits) -> None:
        """Open the package in ``data``.

        Raises:
            Unreadable: it is cut off, broken, encrypted, or unpacks to more than ``limits.unpacked_bytes``.
        """
        if data.count(_ENTRY) > MEMBERS_AT_MOST:
            raise Unreadable(f"压缩包内的文件超过 {MEMBERS_AT_MOST} 个，不是正常的表格文件，请重新导出后报送。")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            if _END not in data[-65_557:]:
                raise Unreadable("文件不完整（末尾缺失，可能没有传完），请重新导出或重新发送后报送。") from error
            raise damaged("内部目录有误") from error
        self._data = data
        self._members = {_plain(info.filename): info for info in self._zip.infolist()}
        self._kept: dict[str, bytes] = {}
        self._room = _KEPT
        self._without_doctype: set[str] = set()
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise Unreadable("这是加密（设有密码）的压缩文件，请取消密码，并把里面的表格文件取出后报送。")
        self._weigh(limits.unpacked_bytes)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    @property
    def names(self) -> list[str]:
        """The names of the members, in lower case and with ``/`` between folders."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A member's bytes, their checksum verified; writers differ in its name's case and in the slashes.

        Raises:
            Unreadable: it is missing or broken.
        """
        if (small := self._small(_plain(name))) is not None:
            return small
        with self._opened(name) as member:
            return member.read()

    def beginning(self, name: str, size: int = PROLOG) -> tuple[int, bytes]:
        """How many bytes of the file a member takes at most, packed; and its first ``size`` bytes.

        Raises:
            Unreadable: it is missing or broken.
        """
        if (small := self._small(_plain(name))) is not None:
            return self._members[_plain(name)].compress_size, small[:size]
        with self._opened(name) as member:
            return min(self._members[_plain(name)].compress_size, len(self._data)), member.read(size)

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self:
            raise damaged(f"缺少 {_shown(name)}")
        try:
            with self._zip.open(self._members[_plain(name)]) as member:
                yield member
        except UNPACKING as error:
            raise damaged(f"{_shown(name)} 解压出错或校验不符") from error

    def read_xml(self, name: str) -> bytes:
        """As :meth:`read`, and refused where it declares a document type (and with it entities)."""
        data = self.read(name)
        if _plain(name) not in self._without_doctype:
            refuse_doctype(data)
        return data

    def refuse_doctypes(self) -> None:
        """Refuse the package where an XML part declares a document type, be it one that is read here or only by the program
        that opens the file; worksheets are asked when they are read.

        Raises:
            Unreadable: one does.
        """
        for name, info in self._members.items():
            if not name.endswith(_XML) or name.startswith(_WORKSHEETS):
                continue
            if (small := self._small(name)) is not None:
                refuse_doctype(small)
                self._without_doctype.add(name)
                continue
            with suppress(*UNPACKING), self._zip.open(info) as member:  # what is broken is told where it is needed
                refuse_doctype_within(_pieces(member))
                self._without_doctype.add(name)

    def refuse_doctype_of(self, name: str) -> None:
        """Refuse the package where the part ``name`` declares a document type; one that is large is not held whole.

        Raises:
            Unreadable: it does, is missing or broken.
        """
        if _plain(name) in self._without_doctype:
            return
        with self._opened(name) as member:
            refuse_doctype_within(_pieces(member))

    def _small(self, key: str) -> bytes | None:
        """The bytes of a small member, unpacked at once and kept; None where it is large, packed in another way or not what the
        zip says of it: then :mod:`zipfile` reads it, and says what is wrong."""
        if key in self._kept or key not in self._members:
            return self._kept.get(key)
        found = _unpacked(self._data, self._members[key])
        if found is not None and len(found) <= self._room:
            self._kept[key] = found
            self._room -= len(found)
        return found

    def _weigh(self, limit: int) -> None:
        """Refuse what unpacks to more than ``limit`` bytes; the sizes that the zip itself declares prove nothing."""
        infos = self._zip.infolist()
        worst = sum(info.compress_size * (DEFLATE_AT_MOST if info.compress_type else 1) for info in infos)
        if worst <= limit:
            return
        weight = 0
        for info in infos:
            for size in _sizes(self._data, info):
                weight += size
                if weight > limit:
                    raise Unreadable(
                        f"文件解压后超过 {limit // 2**20} MB（疑似压缩炸弹或含大量无用内容），不予打开。"
                        "请删除多余的行列、工作表和图片，另存为 xlsx 后重新报送。"
                    )


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(member.read, _PIECE), b"")


def _unpacked(data: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """A small member that is just what the directory says of it; None where it is not."""
    header = data[info.header_offset : info.header_offset + _HEADER.size]
    if max(info.file_size, info.compress_size) > _SMALL or len(header) < _HEADER.size:
        return None
    signature, flags, packing, named, more = _HEADER.unpack(header)
    at = info.header_offset + _HEADER.size
    name = data[at : at + named].decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    if signature != _HEADED or flags & _ODD_FLAGS or packing != info.compress_type or name != info.orig_filename:
        return None
    packed = data[at + named + more : at + named + more + info.compress_size]
    read = _remembered if len(packed) <= _USUAL and info.file_size <= _USUAL_UNPACKED else _inflated
    return read(packed, packing, info.file_size, info.CRC)


def _inflated(packed: bytes, packing: int, size: int, checksum: int) -> bytes | None:
    if packing == zipfile.ZIP_STORED:
        found = packed
    elif packing == zipfile.ZIP_DEFLATED:
        try:
            found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
        except zlib.error:
            return None
    else:
        return None
    return found if len(found) == size and zlib.crc32(found) == checksum else None


_remembered = lru_cache(maxsize=200)(_inflated)


def _sizes(data: bytes, info: zipfile.ZipInfo) -> Iterator[int]:
    """The sizes of the pieces that a member really unpacks to, as far as it can be unpacked."""
    name, extra = (int.from_bytes(data[info.header_offset + at :][:2], "little") for at in (26, 28))
    start = info.header_offset + 30 + name + extra
    end = min(start + info.compress_size, len(data))
    if info.compress_type != zipfile.ZIP_DEFLATED:
        yield end - start
        return
    unpacker = zlib.decompressobj(-15)
    try:
        for at in range(start, end, _SLICE):
            packed = data[at : min(at + _SLICE, end)]
            while packed and not unpacker.eof:
                yield len(unpacker.decompress(packed, _PIECE))
                packed = unpacker.unconsumed_tail
    except zlib.error:
        return


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _shown(name: str) -> str:
    return name if name.isprintable() and len(name) <= 60 else "内部文件"
