"""Files that are no table, broken, or meant to harm: made by code, each with what its reason must say.

``python -m tests.hostile FOLDER`` writes them all, to be tried by hand.
"""

import io
import random
import struct
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import xlsxwriter

from tests.formats import compound, package, parts, record

GIGABYTES = 1536 * 2**20
_PIECE = 2**20
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {this} "{f"&{before};" * 10}">' for before, this in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/hostname">]>'


def workbook(rows: int = 5) -> bytes:
    """A small harmless xlsx."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("项目申报")
        for row in range(rows):
            sheet.write_row(row, 0, [f"项目{row}", row, "荷兰"])
    return memory.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The harmless xlsx with one of its parts changed."""
    held = parts(workbook())
    held[name] = change(held[name])
    return package(held)


def bomb(size: int = GIGABYTES) -> bytes:
    """A zip whose sheet unpacks to ``size`` bytes and says that it is small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * _PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    data = block * (size // _PIECE) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    held = parts(workbook())
    held.pop("xl/worksheets/sheet1.xml")
    return _with_raw_member(package(held), "xl/worksheets/sheet1.xml", data, said=1000)


def _with_raw_member(archive: bytes, name: str, deflated: bytes, said: int) -> bytes:
    at = archive.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HII", archive, at + 10)
    text = name.encode()
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(deflated), said, len(text), 0) + text + deflated
    )
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(deflated), said, len(text), 0, 0, 0, 0, 0, start
    )
    directory = archive[start : start + size] + entry + text
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0)
    return archive[:start] + local + directory + end


def overlapping() -> bytes:
    """A zip of many entries that all name the same packed bytes."""
    archive = package({"a": b" " * 2**20})
    at = archive.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", archive, at + 12)
    entry = archive[start : start + size]
    copies = b"".join(entry[:-1] + bytes([97 + n % 26]) for n in range(2000))
    return archive[:start] + copies + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2000, 2000, len(copies), start, 0)


def cyclic_compound() -> bytes:
    """A compound file whose directory chain leads back to itself."""
    data = bytearray(compound({"Workbook": b"x" * 4096}))
    fat_start = struct.unpack_from("<I", data, 76)[0]
    directory = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, 512 + fat_start * 512 + directory * 4, directory)
    return bytes(data)


def locked_xls() -> bytes:
    """An xls that asks for a password."""
    globals_ = record(0x0809, struct.pack("<4H8x", 0x0600, 0x0005, 0x0DBB, 1996)) + record(0x002F, bytes(54))
    return compound({"Workbook": globals_ + record(0x000A)})


def far_xls() -> bytes:
    """An xls that claims, and has, a cell at the far end of the sheet."""
    start = record(0x0809, struct.pack("<4H8x", 0x0600, 0x0010, 0x0DBB, 1996))
    dimensions = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 0xFF00, 0))
    cells = b"".join(record(0x0203, struct.pack("<3Hd", row, column, 0, 1)) for row, column in ((0, 0), (65535, 255)))
    head = record(0x0809, struct.pack("<4H8x", 0x0600, 0x0005, 0x0DBB, 1996))
    name = b"\x06\x00Sheet1"
    at = len(head) + 4 + 6 + len(name) + 4
    bound = record(0x0085, struct.pack("<IH", at, 0) + name)
    return compound({"Workbook": head + bound + record(0x000A) + start + dimensions + cells + record(0x000A)})


def office(kind: str) -> bytes:
    """An empty package of another Office program."""
    types = f'<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    return package({"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>"})


def ods(content: str, manifest: str = "<manifest/>") -> bytes:
    """An ods with this ``content.xml``."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return package({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_of_repeats() -> bytes:
    """An ods of one filled cell, repeated a thousand million times a thousand million."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return ods(
        f"<office:document-content{spaces}><office:body><office:spreadsheet><table:table>{row}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _noise(length: int) -> bytes:
    return random.Random(1).randbytes(length)


def _sheet(body: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml[: xml.index(b"<sheetData")] + body.encode() + xml[xml.index(b"</sheetData>") + 12 :]


def with_sheet(body: str) -> bytes:
    """A workbook whose first sheet has ``body`` in the place of its data."""
    return changed("xl/worksheets/sheet1.xml", _sheet(body))


def _prefix(text: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"<worksheet", text.encode() + b"<worksheet", 1).replace(
        b"<sst", text.encode() + b"<sst", 1
    )


@cache
def formatted_to_the_end() -> bytes:
    """The harmless xlsx, and rows with a style and no value down to the last row there is."""
    empty = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="Z%d" s="0"/></row>' % ((row,) * 3) for row in range(6, 1_048_577)
    )
    return changed("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))


PICTURE, LOCKED, DAMAGED, CUT_OFF, ENTITIES = "图片", "密码", "损坏", "不完整", "DTD"
NO_TABLE, TOO_MANY, ARCHIVE, UNKNOWN, BOMB = "没有表格", "单元格", "压缩包", "无法识别", "解压后超过"

NOT_TABLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.xlsx": (lambda: b"", "0 字节"),
    "空白.csv": (lambda: b" \r\n\r\n\t ", "空白"),
    "截断.xlsx": (lambda: workbook()[:-400], CUT_OFF),
    "半截.xlsx": (lambda: workbook()[:300], CUT_OFF),
    "截断.xls": (lambda: compound({"Workbook": b"x" * 5000})[:700], DAMAGED),
    "目录错位.xlsx": (lambda: workbook().replace(b"PK\x01\x02", b"PK\x01\x09"), DAMAGED),
    "内容损坏.xlsx": (lambda: _flipped(workbook(), b"xl/worksheets/sheet1.xml"), DAMAGED),
    "炸弹.xlsx": (bomb, BOMB),
    "重叠炸弹.zip": (overlapping, BOMB),
    "实体.xlsx": (lambda: changed("xl/worksheets/sheet1.xml", _prefix(LAUGHS)), ENTITIES),
    "字符串实体.xlsx": (lambda: changed("xl/sharedStrings.xml", _prefix(LAUGHS)), ENTITIES),
    "外部实体.xlsx": (lambda: changed("xl/worksheets/sheet1.xml", _prefix(OUTSIDE)), ENTITIES),
    "实体.ods": (lambda: ods(LAUGHS + "<x>&i;</x>"), ENTITIES),
    "实体.xml": (
        lambda: (LAUGHS + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>').encode(),
        ENTITIES,
    ),
    "列过多.xlsx": (lambda: with_sheet(_MILLION_COLUMNS), DAMAGED),
    "每列都写.xlsx": (lambda: with_sheet(_every_column()), "一行有 16384 格内容"),
    "无工作表.xlsx": (lambda: changed("xl/workbook.xml", lambda xml: b"<workbook/>"), DAMAGED),
    "嵌套.xlsx": (lambda: with_sheet("<sheetData>" + "<row>" * 100_000), DAMAGED),
    "重复.ods": (ods_of_repeats, TOO_MANY),
    "循环.xls": (cyclic_compound, DAMAGED),
    "加密.xlsx": (lambda: compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"}), LOCKED),
    "加密.xls": (locked_xls, LOCKED),
    "加密.ods": (lambda: ods("x", "<m><encryption-data/></m>"), LOCKED),
    "图片.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + _noise(200), PICTURE),
    "照片.xls": (lambda: b"\xff\xd8\xff\xe0" + _noise(200), PICTURE),
    "扫描件.xlsx": (lambda: b"%PDF-1.7\n" + _noise(200), "PDF"),
    "文档.xlsx": (lambda: office("wordprocessingml.document"), "Word"),
    "文档.doc": (lambda: compound({"WordDocument": b"x"}), "Word"),
    "文档.rtf": (lambda: rb"{\rtf1\ansi x}", "Word"),
    "演示.xlsx": (lambda: office("presentationml.presentation"), "PowerPoint"),
    "演示.ppt": (lambda: compound({"PowerPoint Document": b"x"}), "PowerPoint"),
    "版式.ofd": (lambda: package({"OFD.xml": "<ofd/>"}), "OFD"),
    "压缩包.xlsx": (lambda: package({"申报表.xlsx": workbook()}), ARCHIVE),
    "压缩包.rar": (lambda: b"Rar!\x1a\x07\x01\x00" + _noise(99), ARCHIVE),
    "压缩包.7z": (lambda: b"7z\xbc\xaf\x27\x1c" + _noise(99), ARCHIVE),
    "爬出.zip": (lambda: package({"../../../../tmp/爬出": "x"}), ARCHIVE),
    "程序.xls": (lambda: b"MZ" + _noise(500), "程序"),
    "乱码.xlsx": (lambda: _noise(5000), UNKNOWN),
    "说明.txt": (lambda: "各单位：\n现将有关事项通知如下，请遵照执行。\n特此通知。\n".encode(), NO_TABLE),
    "登录.xls": (lambda: "<html><body><h1>请登录</h1><form></form></body></html>".encode(), NO_TABLE),
    "数据.xml": (lambda: b'<?xml version="1.0"?><data/>', "XML"),
}
"""Name → how it is made and what the reason says. The names lie: what a file is does not depend on them."""

_MILLION_COLUMNS = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="BDWGN1"><v>1</v></c></row></sheetData>'
)

_TWO_CORNERS = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _every_column() -> str:
    """A title in every cell of the first rows of a sheet."""
    cells = '<c t="inlineStr"><is><t>序号</t></is></c>' * 16_384
    return f"<sheetData>{f'<row>{cells}</row>' * 10}</sheetData>"


def _flipped(archive: bytes, name: bytes) -> bytes:
    """The archive with bytes changed within the packed bytes of member ``name``."""
    at = archive.index(name) + len(name) + 40
    return archive[:at] + bytes(byte ^ 0x55 for byte in archive[at : at + 4]) + archive[at + 4 :]


READABLE: dict[str, Callable[[], bytes]] = {
    "=cmd|' C calc'!A0.xlsx": workbook,
    '引号"和\n换行.xlsx': workbook,
    f"{'长' * 70}.xlsx": workbook,
    "爬出.xlsx": lambda: package(parts(workbook()) | {"../../../../tmp/爬出": b"x"}),
    "虚报字符串.xlsx": lambda: changed(
        "xl/sharedStrings.xml", lambda xml: xml.replace(b'uniqueCount="', b'uniqueCount="99999999999')
    ),
    "格式到底.xlsx": formatted_to_the_end,
    "远处.xlsx": lambda: changed("xl/worksheets/sheet1.xml", _far_away),
    "只有两角.xlsx": lambda: with_sheet(_TWO_CORNERS),
    "远处.xls": far_xls,
}
"""Names and contents that would trip a careless reader: these are read."""


def _far_away(xml: bytes) -> bytes:
    """One value at each far corner of the sheet."""
    return xml.replace(
        b"</sheetData>",
        b'<row r="20"><c r="XFD20"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row></sheetData>',
    )


def write(folder: Path, files: dict[str, Callable[[], bytes]]) -> list[Path]:
    """Make the files in ``folder``; their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in files.items():
        (folder / name).write_bytes(make())
    return [folder / name for name in files]


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]), {name: make for name, (make, _) in NOT_TABLES.items()} | READABLE):
        print(path)
