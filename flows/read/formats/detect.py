"""What a file is, by its content and never by its name; what is no table is told apart and named."""

import re
from dataclasses import dataclass
from pathlib import Path

from flows.read.formats import text, xls_records
from flows.read.formats.contents import FoundFile, take
from flows.read.formats.ole import SIGNATURE, Compound
from flows.read.formats.package import Package
from flows.read.formats.refusal import Unreadable, damaged
from flows.read.formats.safe_xml import refuse_doctype
from flows.read.formats.signatures import (
    ARCHIVE,
    BEGINNINGS,
    LOCKED,
    OPEN_DOCUMENTS,
    OTHER,
    PACKAGES,
    PDF,
    PICTURE,
    STREAMS,
    UNKNOWN,
    Kind,
)
from flows.settings import ReadLimits


@dataclass(frozen=True)
class Source:
    """A file in memory and what it is: ``package`` where it is a zip, ``book`` where it is BIFF, ``text`` where it is text."""

    kind: Kind
    data: bytes
    package: Package | None = None
    book: xls_records.Book | None = None
    text: str = ""


_HTML_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div|center|font|form|p|h[1-6]|span)\b")
_TABLE_WITHIN = re.compile(r"<table\b")
_HEAD = 4096


def open_source(path: Path, limits: ReadLimits) -> Source:
    """The file at ``path``, read whole, and what it is.

    Raises:
        Unreadable: it is none that can be read; says what it is and what to do.
    """
    return identify(take(FoundFile(path), limits).data, limits)


def recognise(path: Path, limits: ReadLimits) -> Kind:
    """The kind of the file at ``path``.

    Raises:
        Unreadable: it is none that can be read; says what it is and what to do.
    """
    return open_source(path, limits).kind


def identify(data: bytes, limits: ReadLimits) -> Source:
    """What the bytes of a file are.

    Raises:
        Unreadable: none that can be read; says what it is and what to do.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x07\x08")):
        return _zip(data, limits)
    if data.startswith(SIGNATURE):
        return _compound(data)
    if xls_records.starts_like_biff(data):
        return _bare_biff(data)
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("文件里全是空白，没有内容，请重新导出后报送。")
    return _text(data)


def _zip(data: bytes, limits: ReadLimits) -> Source:
    package = Package(data, limits)
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if "mimetype" in package or "content.xml" in package:
        kind = _named(package.read("mimetype") if "mimetype" in package else manifest, OPEN_DOCUMENTS)
        if kind is not None and b"encryption-data" in manifest:
            raise Unreadable(LOCKED)
        if kind is not None:
            return Source(kind, data, package)
    if "[Content_Types].xml" in package:
        kind = _named(package.read_xml("[Content_Types].xml"), PACKAGES)
        if kind is not None:
            package.refuse_doctypes()  # OpenDocument's manifests once had one of their own
            return Source(kind, data, package)
    if "xl/workbook.xml" in package:
        package.refuse_doctypes()
        return Source(Kind.XLSX, data, package)
    if "xl/workbook.bin" in package:
        return Source(Kind.XLSB, data, package)
    if "OFD.xml" in package:
        raise Unreadable("这是 OFD 版式文件，不是电子表格。请报送原始的 Excel 申报表。")
    if any(name.endswith(".iwa") for name in package.names):
        raise Unreadable("这是苹果 Numbers 表格，无法读取。请在 Numbers 中导出为 Excel（xlsx）后报送。")
    if "[Content_Types].xml" in package:
        raise damaged("工作簿缺少主要部分")
    raise Unreadable(ARCHIVE.format(kind="zip"))


def _named(listing: bytes, names: tuple[tuple[bytes, Kind | str], ...]) -> Kind | None:
    """The kind that ``listing`` names, refused where it is no table; None where it names nothing known."""
    for name, kind in names:
        if name.lower() in listing.lower():
            if isinstance(kind, Kind):
                return kind
            raise Unreadable(kind)
    return None


def _compound(data: bytes) -> Source:
    compound = Compound(data)
    for stream, refusal in STREAMS:
        if compound.has(stream) and (stream == "EncryptedPackage" or compound.book is None):
            raise Unreadable(refusal)
    if compound.has("DRMEncryptedDataSpace") or compound.has("\tDRMContent"):
        raise Unreadable("工作簿设有权限保护（限制访问），无法读取。请取消权限保护后重新报送。")
    if compound.book is None:
        raise Unreadable(OTHER.format(kind="其他程序的文档"))
    program = compound.program.lower()
    book = xls_records.read_records(compound.stream(compound.book), trusted="microsoft" in program or "wps" in program)
    if book.encrypted:
        raise Unreadable(LOCKED)
    return Source(Kind.XLS, data, book=book)


def _bare_biff(data: bytes) -> Source:
    book = xls_records.read_records(data, trusted=True)
    if book.encrypted:
        raise Unreadable(LOCKED)
    return Source(Kind.XLS, data, book=book)


def _text(data: bytes) -> Source:
    for beginning, refusal in BEGINNINGS:
        if data.startswith(beginning):
            raise Unreadable(refusal)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        picture = data[8:12] in (b"WEBP", b"heic", b"heix", b"mif1", b"avif")
        raise Unreadable(PICTURE if picture else OTHER.format(kind="音频或视频文件"))
    if data[257:262] == b"ustar":
        raise Unreadable(ARCHIVE.format(kind="tar"))
    if b"%PDF-" in data[:1024]:
        raise Unreadable(PDF)
    read = text.decode(data)
    if read is None:
        raise Unreadable(UNKNOWN)
    return Source(_text_kind(read, data), data, text=read)


def _text_kind(read: str, data: bytes) -> Kind:
    head = read[:_HEAD].lstrip().lower()
    if head.startswith("mime-version:") or "content-type: multipart/related" in head:
        return Kind.MHT
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<workbook" in head:
        refuse_doctype(data)
        return Kind.XML_2003
    if "urn:oasis:names:tc:opendocument" in head and "document" in head:
        refuse_doctype(data)
        return Kind.FODS
    if "<svg" in head[:1024]:
        raise Unreadable(PICTURE)
    if head.startswith("<") and _HTML_TAGS.search(head):
        return Kind.HTML
    if _TABLE_WITHIN.search(read[: _HEAD * 16].lower()):
        return Kind.HTML
    if head.startswith("<?xml"):
        refuse_doctype(data)
        raise Unreadable(OTHER.format(kind="XML 数据文件"))
    return Kind.TEXT
