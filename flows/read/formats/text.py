"""Text files: in which encoding, and which character parts the columns."""

import codecs
import csv
import io
import re
from collections import Counter
from typing import Literal

from charset_normalizer import from_bytes

from flows.read.formats.grid import CellValue
from flows.read.formats.refusal import Unreadable

DELIMITERS = (",", "\t", ";", "|")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2**16
_COMMON_SHARE = 0.9
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_EXCEL_TEXT = re.compile(r'="(?P<text>[^"]*)"')
_SEPARATOR_LINE = re.compile(r'"?sep=(?P<delimiter>.)"?[,;\t ]*', re.IGNORECASE)
_SURE_WIDTH = 5
_FIELD_AT_MOST = 2**20

NOT_A_TABLE = "这是普通文字文件，里面没有表格。请把内容填入 Excel 申报表后报送。"
GARBLED = "文字编码无法识别（乱码），请用 Excel 或 WPS 打开，确认文字正常后另存为 xlsx 重新报送。"


def decode(data: bytes) -> str | None:
    """The text that ``data`` is; None where it is no text.

    Raises:
        Unreadable: it is text, but in no encoding that gives sense.
    """
    encoding = _marked(data)
    if encoding is None:
        if b"\0" in data[:_SAMPLE]:
            return None
        encoding = _detected(data)
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(GARBLED) from error
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    return None if len(_CONTROL.findall(text[:_SAMPLE])) * 100 > len(text[:_SAMPLE]) else text


def rows(text: str, cells_at_most: int) -> list[list[CellValue]]:
    """The records of a table in ``text``, as Excel shows them; empty fields are None.

    Raises:
        Unreadable: the text is no table, or has more than ``cells_at_most`` cells.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = lines.partition("\n")
    if named := _SEPARATOR_LINE.fullmatch(first):
        records = _records(rest, named["delimiter"])
    else:
        records = max(
            (_records(lines, delimiter) for delimiter in DELIMITERS if delimiter in lines), key=_worth, default=[]
        )
    if _worth(records) == (0, 0):
        raise Unreadable(NOT_A_TABLE)
    if sum(map(len, records)) > cells_at_most:
        raise Unreadable(f"表格的单元格超过 {cells_at_most // 10_000} 万个，不予读取。请删除多余的行列后重新报送。")
    return [[_field(field) for field in record] for record in records]


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark, or the pattern of zero bytes, gives away."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    zeros = sample[1::2].count(0), sample[::2].count(0)
    if len(data) % 2 == 0 and max(zeros) * 20 > len(sample) and min(zeros) * 10 < max(zeros):
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    return None


def _detected(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _common(text):
            return encoding
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding in ("utf_8", "ascii"):
        return "utf-8" if _mostly_text(data) else None
    return best.encoding


def _common(text: str) -> bool:
    """Whether the Chinese characters of ``text`` are, nearly all, those in daily use: else another encoding was meant."""
    sample = [character for character in text[:_SAMPLE] if character > "\x7f"]
    common = "".join(sample).encode("gb2312", "ignore").decode("gb2312")
    return len(common) >= _COMMON_SHARE * len(sample)


def _mostly_text(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(sample.count(byte) for byte in (9, 10, 13, 32, 44)) * 50 > len(sample)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The records of ``text``; where a quotation mark is never closed, quotation marks mean nothing."""
    csv.field_size_limit(_FIELD_AT_MOST)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        quoting: Literal[0, 3] = (
            csv.QUOTE_NONE if "unexpected end" in str(error) or "limit" in str(error) else csv.QUOTE_MINIMAL
        )
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    except csv.Error as error:
        raise Unreadable("文字表格的格式有误（单元格过长或引号不成对），请用 Excel 打开检查后另存为 xlsx。") from error


def _worth(records: list[list[str]]) -> tuple[int, int]:
    """How well a delimiter parts a table: the cells in rows of its commonest width, and that width.

    Nothing where it parts no two rows alike, or only here and there a few: then it is punctuation.
    """
    widths = Counter(_width(record) for record in records)
    widths.pop(0, None)
    lines = widths.total()
    widths.pop(1, None)
    width, number = max(widths.items(), key=_cells, default=(0, 0))
    if number < 2 or (width < _SURE_WIDTH and number * 2 < lines):
        return 0, 0
    return number * width, width


def _cells(width_and_number: tuple[int, int]) -> int:
    width, number = width_and_number
    return width * number


def _width(record: list[str]) -> int:
    return len(record) if any(record) else 0


def _field(field: str) -> CellValue:
    """A field as Excel shows it: ``="007"`` is how web systems keep it from making a number of a text."""
    if field.startswith('="') and (quoted := _EXCEL_TEXT.fullmatch(field)):
        return quoted["text"] or None
    return field if field.strip() else None
