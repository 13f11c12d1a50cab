"""Web pages that systems and old Office save as ``.xls``: HTML, and single-file pages (mht) with several sheets."""

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree

from flows.read.formats import text
from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.refusal import Unreadable, damaged
from flows.read.formats.safe_xml import refuse_doctype_of_page
from flows.read.formats.shown.styles import Run, as_shown, plain_text

_SPAN_AT_MOST = 1000, 65_534
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "td", "th", "table", "caption", "center"),
    *("form", "section", "article", "header", "footer", "blockquote", "pre", "ul", "ol", "hr", "body", "fieldset"),
}
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "select", "input", "textarea", "button"}
_STRUCK = {"s", "strike", "del"}
_ARRANGED = 4
"""A table that arranges a page has no more cells in a row."""

_SHEET_NAME = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]+)</x:Name>", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?")

_TOO_DEEP = "网页嵌套过深"
NO_TABLE = (
    "这是网页文件，里面没有表格（可能保存的是登录页、出错页，或表格内容在另外的文件夹里）。"
    "请在系统中重新导出，用 Excel 或 WPS 打开确认后另存为 xlsx 报送。"
)


def html_grid(page: str, sheet: str, cells_at_most: int) -> Grid:
    """The page as one sheet: a row a block of text, the tables one below the other, as office programs open it.

    Raises:
        Unreadable: it has no table, declares more than that it is HTML, is too deeply nested, or has more than ``cells_at_most`` cells.
    """
    refuse_doctype_of_page(page)
    names = _SHEET_NAME.findall(page)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise damaged("网页内容有误") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise damaged(_TOO_DEEP)
    if root is None or root.find(".//table") is None:
        raise Unreadable(NO_TABLE)
    sheet = names[0].strip() if len(names) == 1 else sheet
    try:
        return _Page(cells_at_most).grid(root, sheet)
    except RecursionError as error:
        raise damaged(_TOO_DEEP) from error


class _Page:
    """Lays out blocks of text and tables one below the other."""

    def __init__(self, cells_at_most: int) -> None:
        self._left = cells_at_most
        self._rows: list[list[CellValue]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._runs: dict[Place, list[Run]] = {}
        self._text: list[str] = []

    def grid(self, root: etree._Element, sheet: str) -> Grid:
        self._flow(root)
        self._end_block()
        return as_shown(Grid(sheet=sheet, rows=self._rows, merged=self._merged), {}, self._runs)

    def _flow(self, element: etree._Element) -> None:
        """Lay out what ``element`` holds; a table with tables in it, and few cells a row, only arranges the page."""
        if element.tag in _UNSEEN:
            return
        if element.tag == "table" and (element.find(".//table") is None or _holds_records(element)):
            self._end_block()
            self._table(element)
            return
        block = element.tag in _BLOCKS or element.tag == "br"
        if block:
            self._end_block()
        self._text.append(element.text or "")
        for child in element:
            self._flow(child)
            self._text.append(child.tail or "")
        if block:
            self._end_block()

    def _end_block(self) -> None:
        block = _SPACE.sub(" ", "".join(self._text)).strip()
        self._text = []
        if block:
            self._rows.append([block])

    def _table(self, table: etree._Element) -> None:
        top = len(self._rows)
        taken: set[tuple[int, int]] = set()
        for caption in table.iterchildren("caption"):
            self._rows.append([_shown(caption)])
            top += 1
        for number, line in enumerate(_lines(table)):
            row: list[CellValue] = []
            column = 0
            for cell in line.iterchildren("td", "th"):
                while (number, column) in taken:
                    column += 1
                wide, high = (
                    _span(cell, name, most) for name, most in zip(("colspan", "rowspan"), _SPAN_AT_MOST, strict=True)
                )
                self._spend(wide * high)
                row.extend([None] * (column + 1 - len(row)))
                row[column] = _value(cell)
                if row[column] is None and (struck := _shown(cell, struck=True)):
                    row[column] = struck
                    self._runs[top + number + 1, column] = [Run(struck, struck=True)]
                if wide > 1 or high > 1:
                    taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
                    first = top + number + 1
                    self._merged.append((first, column, first + high - 1, column + wide - 1))
                column += wide
            self._rows.append(row)

    def _spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise Unreadable("表格的单元格过多，不予读取。请删除多余的行列后另存为 xlsx 重新报送。")


def _lines(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, without those of tables within its cells."""
    return (line for line in table.iter("tr") if next(line.iterancestors("table")) is table)


def _holds_records(table: etree._Element) -> bool:
    """Whether a table has several rows of more cells than any that only arranges a page."""
    wide = (line for line in _lines(table) if len(line.xpath("td|th")) > _ARRANGED)
    return next(wide, None) is not None and next(wide, None) is not None


def _span(cell: etree._Element, name: str, most: int) -> int:
    given = (cell.get(name) or "1").strip()
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 10 else 1


def _value(cell: etree._Element) -> CellValue:
    """What a cell shows; Excel's own pages keep the exact number beside the rounded one shown."""
    shown = _shown(cell)
    exact = cell.get("x:num")
    if exact and _NUMBER.fullmatch(shown) and _NUMBER.fullmatch(exact):
        return float(exact.replace(",", ""))
    return shown or None


def _shown(cell: etree._Element, *, struck: bool = False) -> str:
    """The text of a cell; with what is ``struck`` through only if asked for."""
    pieces = ("\n" if piece is None else _SPACE.sub(" ", piece) for piece in _pieces(cell, struck=struck))
    return "\n".join(line.strip(" ") for line in "".join(pieces).split("\n")).strip(" \n")


def _pieces(element: etree._Element, *, struck: bool) -> Iterator[str | None]:
    """The text of ``element`` in pieces; None where a line ends."""
    if element.tag in _UNSEEN - {"select", "input", "textarea"} or (not struck and _is_struck(element)):
        return
    text = element.text or ""
    yield plain_text([Run(text, raised=True)]) if element.tag == "sup" else text
    for child in element:
        breaks = child.tag == "br" or child.tag in _BLOCKS
        if breaks:
            yield None
        yield from _pieces(child, struck=struck)
        yield child.tail or ""


def _is_struck(element: etree._Element) -> bool:
    return element.tag in _STRUCK or "line-through" in (element.get("style") or "").lower()


def mht_grids(data: bytes, sheet: str, cells_at_most: int) -> list[Grid]:
    """The sheets of a single-file web page.

    Raises:
        Unreadable: it has no table.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    pages = [(str(part.get("Content-Location", "")), _page(part)) for part in parts]
    names = [name for _, page in pages for name in _SHEET_NAME.findall(page)]
    tables = [page for place, page in pages if "<table" in page.lower() and not place.endswith("tabstrip.htm")]
    if not tables:
        raise Unreadable(NO_TABLE)
    if len(names) != len(tables):
        names = [sheet if len(tables) == 1 else f"Sheet{number}" for number in range(1, len(tables) + 1)]
    return [html_grid(page, name.strip(), cells_at_most) for page, name in zip(tables, names, strict=True)]


def _page(part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    return (text.decode(payload) or "") if isinstance(payload, bytes) and payload else ""
