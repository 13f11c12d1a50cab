"""Writing a workbook in the house's look: tables and pages of text, set up for print, in which text stays text."""

from flows.publish.workbook.book import Book, across, new_book
from flows.publish.workbook.laid_out import LaidOut
from flows.publish.workbook.page import Page
from flows.publish.workbook.sheet import RowSheet
from flows.publish.workbook.style import OFFICE
from flows.publish.workbook.table import WHOLE, Placed, Table
from flows.publish.workbook.text import CUT_FROM, LIKE_A_FORMULA, height, lines, safe

__all__ = [
    "CUT_FROM",
    "LIKE_A_FORMULA",
    "OFFICE",
    "WHOLE",
    "Book",
    "LaidOut",
    "Page",
    "Placed",
    "RowSheet",
    "Table",
    "across",
    "height",
    "lines",
    "new_book",
    "safe",
]
