"""Writers of the formats for which no library writes: compound files, Excel 95 and other BIFF, xlsb, strict OOXML, MHT."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

Row = Sequence[object]

FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file with these streams at its top."""
    padded = {name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()}
    fat: list[int] = []
    entries = [_entry("Root Entry", 5, child=1, start=END_OF_CHAIN, size=0)]
    for number, (name, data) in enumerate(padded.items(), 1):
        start, sectors = len(fat), len(data) // 512
        right = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, right=right, start=start, size=len(data)))
        fat += [*range(start + 1, start + sectors), END_OF_CHAIN]
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    directory_start, sectors = len(fat), len(directory) // 512
    fat += [*range(directory_start + 1, directory_start + sectors), END_OF_CHAIN]
    fat_sectors = next(n for n in range(1, 100) if n * 128 >= len(fat) + n)
    places = list(range(len(fat), len(fat) + fat_sectors))
    table = struct.pack(f"<{len(fat) + fat_sectors}I", *fat, *[FAT_SECTOR] * fat_sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fat_sectors, directory_start, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", *places, *[FREE] * (109 - fat_sectors))
    return header + b"".join(padded.values()) + directory + table.ljust(fat_sectors * 512, b"\xff")


def _entry(name: str, kind: int, *, child: int = FREE, right: int = FREE, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(text), kind, 1, FREE, right, child, start, size)


def record(kind: int, data: bytes = b"") -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", kind, len(data)) + data


def excel_95(sheets: Mapping[str, Iterable[Row]], codepage: int = 936, encoding: str = "gb18030") -> bytes:
    """The stream of a BIFF5 workbook: texts, numbers and days (in style 1), in a Chinese codepage."""

    def cell(row: int, column: int, value: object) -> bytes:
        if isinstance(value, str):
            text = value.encode(encoding)
            return record(0x0204, struct.pack("<4H", row, column, 0, len(text)) + text)
        days = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
        return record(0x0203, struct.pack("<3Hd", row, column, int(isinstance(value, date)), days))

    xf = [record(0x00E0, struct.pack("<HH12x", 0, number)) for number in (0, 14)]
    head = [
        record(0x0809, struct.pack("<4H", 0x0500, 0x0005, 0x0DBB, 1996)),
        record(0x0042, struct.pack("<H", codepage)),
    ]
    bodies = [
        record(0x0809, struct.pack("<4H", 0x0500, 0x0010, 0x0DBB, 1996))
        + b"".join(cell(r, c, v) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None)
        + record(0x000A)
        for rows in sheets.values()
    ]
    names = [name.encode(encoding) for name in sheets]
    at = sum(map(len, head + xf)) + sum(4 + 7 + len(name) for name in names) + 4
    bounds = []
    for name, body in zip(names, bodies, strict=True):
        bounds.append(record(0x0085, struct.pack("<IHB", at, 0, len(name)) + name))
        at += len(body)
    return b"".join([*head, *xf, *bounds, record(0x000A), *bodies])


def xlsb(
    rows: Iterable[Row],
    merged: Sequence[tuple[int, int, int, int]] = (),
    sheet: str = "申报",
    formats: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """A binary workbook of one sheet; a value that starts with ``#`` is written as the error #REF!. ``formats`` are the number
    formats of cells by row and column, from 0."""
    codes = sorted(set((formats or {}).values()))

    def part(kind: int, data: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, size = b"", len(data)
        while True:
            length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
            size >>= 7
            if not size:
                return head + length + data

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def cell(row: int, column: int, value: object) -> bytes:
        code = (formats or {}).get((row, column))
        place = struct.pack("<II", column, int(isinstance(value, date)) if code is None else 2 + codes.index(code))
        if isinstance(value, bool):
            return part(0x04, place + bytes([value]))
        if isinstance(value, str):
            return part(0x03, place + b"\x17") if value.startswith("#") else part(0x06, place + text(value))
        days = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
        return part(0x05, place + struct.pack("<d", days))

    lines = b"".join(
        part(0x00, struct.pack("<II", r, 0) + bytes(9))
        + b"".join(cell(r, c, v) for c, v in enumerate(row) if v is not None)
        for r, row in enumerate(rows)
    )
    merges = b"".join(part(0xB0, struct.pack("<4I", r1, r2, c1, c2)) for r1, c1, r2, c2 in merged)
    worksheet = part(0x81) + part(0x93, bytes(23)) + part(0x94, bytes(16)) + part(0x91) + lines + part(0x92) + merges
    styles = part(0x0116) + part(0x0267, struct.pack("<I", len(codes)))
    styles += b"".join(part(0x2C, struct.pack("<H", 164 + n) + text(code)) for n, code in enumerate(codes))
    numbers = (0, 14, *range(164, 164 + len(codes)))
    styles += part(0x0268) + part(0x0269, struct.pack("<I", len(numbers)))
    styles += b"".join(part(0x2F, struct.pack("<HH12x", 0, number)) for number in numbers) + part(0x026A)
    bundle = struct.pack("<II", 0, 1) + text("rId1") + text(sheet)
    office = STRICT[1][0]
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Target="xl/workbook.bin" '
            f'Type="{office}/officeDocument"/></Relationships>',
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{rels}"><Relationship Id="rId1" '
            f'Target="worksheets/sheet1.bin" Type="{office}/worksheet"/><Relationship Id="rId2" Target="styles.bin" '
            f'Type="{office}/styles"/></Relationships>',
            "xl/workbook.bin": part(0x83)
            + part(0x99, bytes(12))
            + part(0x8F)
            + part(0x9C, bundle)
            + part(0x90)
            + part(0x84),
            "xl/worksheets/sheet1.bin": worksheet + part(0x82),
            "xl/styles.bin": styles + part(0x0117),
        }
    )


def package(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return memory.getvalue()


def parts(workbook: bytes | Path) -> dict[str, bytes]:
    """The parts of a zip, to be changed and packed again."""
    with zipfile.ZipFile(io.BytesIO(workbook) if isinstance(workbook, bytes) else workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def strict(workbook: bytes) -> bytes:
    """A transitional xlsx with the namespaces of strict OOXML."""
    changed = {}
    for name, data in parts(workbook).items():
        for usual, purl in STRICT:
            data = data.replace(usual.encode(), purl.encode())
        changed[name] = data
    return package(changed)


def single_file_page(pages: Mapping[str, str]) -> bytes:
    """A single-file web page (MHT) with a sheet a page, as Excel saves it."""
    names = "".join(f"<x:ExcelWorksheet><x:Name>{name}</x:Name></x:ExcelWorksheet>" for name in pages)
    shells = {"Workbook.htm": f"<html><head><xml>{names}</xml></head><frameset></frameset></html>"}
    shells |= {
        f"sheet{number:03}.htm": f"<html><body>{page}</body></html>" for number, page in enumerate(pages.values())
    }
    shells["tabstrip.htm"] = "<table><tr><td>tab</td></tr></table>"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----=_Part"\n\n'
    texts = (
        f'------=_Part\nContent-Location: file:///C:/{name}\nContent-Type: text/html; charset="utf-8"\n\n{page}\n\n'
        for name, page in shells.items()
    )
    return (head + "".join(texts) + "------=_Part--\n").encode()
