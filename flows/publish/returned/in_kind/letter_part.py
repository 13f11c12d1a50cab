"""The letter as a sheet part of an xlsx."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from flows.publish.returned.letter import Letter, Line, letter_of
from flows.publish.workbook import height, safe
from schemas.sheets import LETTER

BEHIND = "原底色"
"""The title of the letter's hidden column: what the cell was filled with, so that it can be put back."""
_WIDTHS = [column.width for column in LETTER.columns]

_ROW = '<row r="{row}" ht="{height:g}" customHeight="1">{cells}</row>'
_CELL = '<c r="{ref}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
_NUMBER = '<c r="{ref}" s="{style}"><v>{value}</v></c>'
_LINK = '<hyperlink ref="{ref}" location="{location}" display="{shown}"/>'
_QUOTES = {'"': "&quot;", "\n": " "}


def letter_xml(letter: Letter, space: str, styles: "LetterStyles", behind: Mapping[tuple[str, str], str]) -> bytes:
    """The letter as a sheet part of a workbook whose main namespace is ``space``.

    ``behind`` tells what the cells, by sheet and A1, were filled with before they were marked.
    """
    last = letter_of(len(_WIDTHS) - 1)
    heads = [letter.title, *letter.remarks]
    rows = [
        _across(number, text, styles.title if number == 1 else styles.remark) for number, text in enumerate(heads, 1)
    ]
    header = len(heads) + 1
    titles = [*LETTER.titles, BEHIND]
    rows.append(_row(header, titles, [_text(header, at, title, styles.header) for at, title in enumerate(titles)]))
    links = []
    for number, line in enumerate(letter.lines, start=1):
        row = header + number
        cells = _line(row, number, line, styles)
        was = behind.get((line.sheet or "", line.cell or ""))
        if was:
            cells.append(_text(row, len(_WIDTHS), was, styles.cell))
        rows.append(_row(row, line.texts, cells))
        if line.location:
            ref = f"{letter_of('cell')}{row}"
            shown = escape(line.cell or "A1", _QUOTES)
            links.append(_LINK.format(ref=ref, location=escape(line.location, _QUOTES), shown=shown))
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    hidden = len(_WIDTHS) + 1
    widths += f'<col min="{hidden}" max="{hidden}" width="9" hidden="1" customWidth="1"/>'
    merges = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, header))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="{header}" topLeftCell="A{header + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<mergeCells count="{header - 1}">{merges}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


@dataclass(frozen=True)
class LetterStyles:
    """The numbers of the letter's cell styles in a workbook."""

    title: int
    remark: int
    header: int
    cell: int
    link: int
    severity: dict[str, int]


def _line(row: int, number: int, line: Line, styles: LetterStyles) -> list[str]:
    cells = [_NUMBER.format(ref=f"A{row}", style=styles.cell, value=number)]
    for place, (column, text) in enumerate(zip(LETTER.columns[1:], line.texts, strict=True), start=1):
        style = styles.severity.get(line.severity, styles.cell) if column.name == "severity" else styles.cell
        if column.name == "cell" and line.location:
            style = styles.link
        cells.append(_text(row, place, text, style))
    return cells


def _across(row: int, text: str, style: int) -> str:
    high = 30.0 if row == 1 else height((text,), (sum(_WIDTHS),))
    return _ROW.format(row=row, height=high, cells=_text(row, 0, text, style))


def _row(row: int, texts: Sequence[str], cells: Sequence[str]) -> str:
    high = max(18.0, height(texts, _WIDTHS[-len(texts) :]))
    return _ROW.format(row=row, height=high, cells="".join(cells))


def _text(row: int, place: int, text: str, style: int) -> str:
    return _CELL.format(ref=f"{letter_of(place)}{row}", style=style, text=escape(safe(text)))
