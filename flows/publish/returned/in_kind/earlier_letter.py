"""The letter of an earlier night, in a workbook that was corrected and sent again: what it had marked."""

from collections.abc import Sequence

from lxml import etree

from flows.publish.returned.in_kind.a1 import A1
from flows.publish.returned.in_kind.package import Parts
from flows.publish.returned.letter import AUTHOR, letter_of
from schemas.sheets import LETTER


def shared_strings(parts: Parts, book_path: str) -> list[str]:
    """The texts that cells refer to by number."""
    strings = parts.related(book_path, "sharedStrings")
    return ["".join(item.itertext()) for item in parts.tree(strings).iterfind("{*}si")] if strings else []


def is_letter(sheet: etree._Element, texts: Sequence[str]) -> bool:
    """Whether a sheet part is a letter of the program: a unit may have a sheet of the same name."""
    return any(AUTHOR in _text_of(cell, texts) for cell in sheet.iter("{*}c"))


def marked_by(sheet: etree._Element, texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """The cells (sheet, A1) that a letter was about, with what they were filled with before."""
    marked: dict[tuple[str, str], str] = {}
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        told = {cell.get("r", "").rstrip("0123456789"): _text_of(cell, texts) for cell in row.iterfind("{*}c")}
        name, cell = (told.get(letter_of(column), "") for column in ("sheet", "cell"))
        if name and A1.fullmatch(cell):
            marked[name, cell] = told.get(letter_of(len(LETTER.columns)), "")
    return marked


def _text_of(cell: etree._Element, texts: Sequence[str]) -> str:
    if cell.get("t") == "s":
        return texts[int(cell.findtext("{*}v", "0"))]
    return "".join(cell.itertext())
