"""How files of every kind give themselves away, and the sentence for the office about each that is no table."""

from enum import StrEnum

from flows.read.formats.refusal import SAVE_AGAIN


class Kind(StrEnum):
    """The kinds of file that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    FODS = "fods"
    XML_2003 = "xml"
    HTML = "html"
    MHT = "mht"
    TEXT = "text"


PICTURE = "这是图片，不是电子表格。请报送可编辑的 Excel 申报表，不要报送截图或扫描件。"
PDF = "这是 PDF 文件，不是电子表格。请报送原始的 Excel 申报表，不要转成 PDF。"
WORD = "这是 Word 文档，不是电子表格。请把内容填入 Excel 申报表后报送。"
SLIDES = "这是演示文稿（PowerPoint），不是电子表格。请把内容填入 Excel 申报表后报送。"
ARCHIVE = "这是压缩包（{kind}），不能直接读取。请解压后把里面的表格文件放入文件夹。"
OTHER = "这是{kind}，不是电子表格。请报送 Excel 申报表。"
OTHER_TABLE = "这是 {kind} 格式的表格，无法读取。" + SAVE_AGAIN
LOCKED = "这是加密（设有密码）的工作簿，请取消密码后重新报送。"
UNKNOWN = (
    "文件内容无法识别，不是电子表格（可能已损坏，或被本单位的加密软件加密）。"
    "请在本机用 Excel 或 WPS 打开，解密并另存为 xlsx 后重新报送。"
)

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", PDF),
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"8BPS", PICTURE),
    (b"\0\0\1\0", PICTURE),
    (b"\xd7\xcd\xc6\x9a", PICTURE),
    (b"{\\rtf", WORD),
    (b"Rar!\x1a\x07", ARCHIVE.format(kind="rar")),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE.format(kind="7z")),
    (b"\x1f\x8b", ARCHIVE.format(kind="gz")),
    (b"BZh", ARCHIVE.format(kind="bz2")),
    (b"\xfd7zXZ\0", ARCHIVE.format(kind="xz")),
    (b"MSCF", ARCHIVE.format(kind="cab")),
    (b"PK\x05\x06", ARCHIVE.format(kind="空的 zip")),
    (b"MZ", OTHER.format(kind="程序文件")),
    (b"\x7fELF", OTHER.format(kind="程序文件")),
    (b"SQLite format 3\0", OTHER.format(kind="数据库文件")),
    (b"\0\1\0\0Standard ", OTHER.format(kind="Access 数据库")),
    (b"ID3", OTHER.format(kind="音频文件")),
    (b"ID;P", OTHER_TABLE.format(kind="SYLK")),
    (b"TABLE\r\n0,1", OTHER_TABLE.format(kind="DIF")),
    (b"TABLE\n0,1", OTHER_TABLE.format(kind="DIF")),
    (b"PAR1", OTHER.format(kind="数据文件")),
)
"""How files begin that are no tables, and what is said of them."""

PACKAGES: tuple[tuple[bytes, Kind | str], ...] = (
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"spreadsheetml.template.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.macroEnabled.main+xml", Kind.XLSX),
    (b"ms-excel.template.macroEnabled.main+xml", Kind.XLSX),
    (b"ms-excel.addin.macroEnabled.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.binary.macroEnabled.main", Kind.XLSB),
    (b"wordprocessingml", WORD),
    (b"ms-word", WORD),
    (b"presentationml", SLIDES),
    (b"ms-powerpoint", SLIDES),
    (b"visio", OTHER.format(kind="Visio 绘图")),
)
"""What ``[Content_Types].xml`` names and what the package then is."""

OPEN_DOCUMENTS: tuple[tuple[bytes, Kind | str], ...] = (
    (b"opendocument.spreadsheet", Kind.ODS),
    (b"opendocument.text", WORD),
    (b"opendocument.presentation", SLIDES),
    (b"opendocument.graphics", PICTURE),
    (b"epub", OTHER.format(kind="电子书")),
)

STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", WORD),
    ("PowerPoint Document", SLIDES),
    ("__properties_version1.0", OTHER.format(kind="邮件")),
    ("VisioDocument", OTHER.format(kind="Visio 绘图")),
)
