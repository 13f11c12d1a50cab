"""A workbook as a package, put together of what XlsxWriter wrote and of rows that are compressed already.

In a part of the package blocks of compressed rows stand in the place of their :func:`marker`. A stream of deflate is made of
blocks that may follow each other, so that rows which are the same as the night before need not be compressed again.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

_LEVEL = 3
"""Half of the time of the usual level, for a fifth more bytes."""
_SHEETS = "xl/worksheets/"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MARKED = re.compile(rb"<!--rows (\d+)-->")
_POLYNOMIAL = 0xEDB88320


@dataclass(frozen=True)
class Block:
    """A stretch of a part: its ``data`` as whole blocks of deflate, none of them the last one; ``size`` and CRC-32 of what they
    hold."""

    data: bytes
    size: int
    crc: int


def marker(number: int) -> str:
    """What stands in a part in the place of its block of this ``number``."""
    return f"<!--rows {number}-->"


def deflated(data: bytes | memoryview) -> Block:
    """``data`` as a block that nothing before it is needed for."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return Block(packed, len(data), zlib.crc32(data))


def assemble(
    written: BinaryIO,
    blocks: Mapping[str, Sequence[Block]],
    targets: Mapping[str, Mapping[str, str]],
    path: Path | BinaryIO,
) -> None:
    """Write the package ``written`` to ``path`` (a stream is left open), by the file name of each sheet with its ``blocks`` and
    the ``targets`` of its links, by id; XlsxWriter knows of no link in such a sheet."""
    opened = path.open("wb") if isinstance(path, Path) else nullcontext(path)
    with zipfile.ZipFile(written) as package, opened as out, _Package(out) as whole:
        for info in package.infolist():
            pieces = _MARKED.split(package.read(info))
            name = info.filename.removeprefix(_SHEETS)
            own = blocks.get(name, ())
            whole.add(info, [own[int(one)] if place % 2 else deflated(one) for place, one in enumerate(pieces)])
            if targets.get(name):
                beside = zipfile.ZipInfo(f"{_SHEETS}_rels/{name}.rels", info.date_time)
                beside.external_attr = info.external_attr
                whole.add(beside, [deflated(_relationships(targets[name]))])


def _relationships(targets: Mapping[str, str]) -> bytes:
    links = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/hyperlink" Target={quoteattr(target)} TargetMode="External"/>'
        for identity, target in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode()


class _Package(zipfile.ZipFile):
    """A package written ``to`` a file, whose parts come compressed."""

    def __init__(self, to: BinaryIO) -> None:
        super().__init__(to, "w")
        self._to = to

    def add(self, like: zipfile.ZipInfo, blocks: Sequence[Block]) -> None:
        """Add a part named and dated ``like`` another, made of ``blocks`` one after the other."""
        info = zipfile.ZipInfo(like.filename, like.date_time)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, like.external_attr
        end = zlib.compressobj(wbits=-zlib.MAX_WBITS).flush(zlib.Z_FINISH)
        info.file_size = sum(block.size for block in blocks)
        info.compress_size = sum(len(block.data) for block in blocks) + len(end)
        info.CRC = _crc(blocks)
        info.header_offset = self._to.tell()
        self._to.write(info.FileHeader())
        for block in blocks:
            self._to.write(block.data)
        self._to.write(end)
        self.start_dir = self._to.tell()
        self.filelist.append(info)
        self.NameToInfo[info.filename] = info
        self._didModify = True


def _crc(blocks: Sequence[Block]) -> int:
    """The CRC-32 of ``blocks`` one after the other."""
    crc = 0
    for block in blocks:
        crc = _times(crc, _power_of_x(8 * block.size)) ^ block.crc
    return crc


def _times(left: int, right: int) -> int:
    """The product of two polynomials over GF(2), modulo that of CRC-32; the highest bit is the coefficient of 1."""
    product = 0
    for bit in range(31, -1, -1):
        if left >> bit & 1:
            product ^= right
        right = right >> 1 ^ (_POLYNOMIAL if right & 1 else 0)
    return product


def _power_of_x(exponent: int) -> int:
    """The variable to this power, modulo the polynomial of CRC-32: what so many zero bits make of a CRC."""
    power, square = 1 << 31, 1 << 30
    while exponent:
        if exponent & 1:
            power = _times(power, square)
        square = _times(square, square)
        exponent >>= 1
    return power


class Copies:
    """A workbook that is written many times with another text in one place of one part: nothing else is made or compressed again."""

    def __init__(self, written: BinaryIO, part: str, old: bytes) -> None:
        """Take the package ``written``; ``old`` stands once in its ``part``."""
        with zipfile.ZipFile(written) as package:
            parts = [(info, package.read(info)) for info in package.infolist()]
        self._before, self._after = self._around({info.filename: data for info, data in parts}[part], old)
        self._parts = [(info, None if info.filename == part else deflated(data)) for info, data in parts]

    def write(self, path: Path, new: bytes) -> None:
        """Write the workbook to ``path`` with ``new`` in that place."""
        told = [self._before, deflated(new), self._after]
        with path.open("wb") as out, _Package(out) as whole:
            for info, block in self._parts:
                whole.add(info, told if block is None else [block])

    @staticmethod
    def _around(data: bytes, old: bytes) -> tuple[Block, Block]:
        before, found, after = data.partition(old)
        if not found or old in after:
            raise ValueError(f"{old!r} does not stand in the part exactly once")
        return deflated(before), deflated(after)
