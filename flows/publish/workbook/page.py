"""A sheet of text to read."""

from collections.abc import Sequence
from typing import Any

from flows.publish.workbook.book import Book, across
from flows.publish.workbook.style import HEADING, POINTS_A_LINE, RULED, STYLES
from flows.publish.workbook.text import height, lines, safe


class Page:
    """A sheet of text to read, upright on paper: paragraphs over the whole width and rows of ruled cells."""

    def __init__(self, book: Book, name: str, title: str, widths: Sequence[float], colour: str | None = None) -> None:
        self.sheet = book.sheet(name, colour)
        self.sheet.set_portrait()
        self.sheet.hide_gridlines(2)
        self._book, self._widths, self._row = book, tuple(widths), 1
        for position, width in enumerate(widths):
            self.sheet.set_column(position, position, width)
        book.heading(self.sheet, 0, (0, len(widths) - 1), title)

    def say(self, text: str, **properties: Any) -> None:
        """A paragraph."""
        self.sheet.set_row(self._row, POINTS_A_LINE * lines(text, sum(self._widths)) + 6)
        across(self.sheet, self._row, (0, len(self._widths) - 1), text, self._book.style(text_wrap=True, **properties))
        self._row += 1

    def head(self, text: str) -> None:
        """The title of a part, after an empty line."""
        self._row += 1
        self.say(text, bold=True, font_name=HEADING, font_size=11)

    def row(self, texts: Sequence[str], mark: str | None = None) -> None:
        """Ruled cells side by side, the first one in the style called ``mark``."""
        self.sheet.set_row(self._row, max(18.0, height(texts, self._widths)))
        for position, text in enumerate(texts):
            look = STYLES[mark] if mark and not position else {}
            self.sheet.write_string(self._row, position, safe(text), self._book.style(text_wrap=True, **RULED, **look))
        self._row += 1

    def link(self, title: str, target: str, text: str) -> None:
        """A row whose second cell leads to the file ``target`` beside the workbook."""
        self.row((title, ""))
        look = self._book.style(text_wrap=True, font_color="#1F4E79", underline=1, **RULED)
        self.sheet.write_url(self._row - 1, 1, f"external:{target}", look, text)
