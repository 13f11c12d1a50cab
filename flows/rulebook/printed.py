"""What tables of rules are printed with: padded words on a terminal, a row of a page, a workbook of one sheet."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from schemas.columns import Column


def padded(text: str, width: int) -> str:
    """``text`` and as many spaces as fill ``width`` columns of a terminal, one at least; a Chinese character takes two."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(1, width - wide)


def page_table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """The lines of a table in Markdown; what is missing is blank."""
    titles = list(titles)
    return [page_row(titles), page_row("---" for _ in titles), *(page_row(map(_cell, row)) for row in rows)]


def page_row(cells: Iterable[str]) -> str:
    """One line of such a table."""
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    return "" if pd.isna(value) else str(value).replace("|", "\\|").replace("\n", "<br>")


def write_sheet(
    path: Path,
    title: str,
    name: str,
    columns: tuple[Column, ...],
    frame: pd.DataFrame,
    remarks: Sequence[str],
    marks: Mapping[str, pd.Series],
    made: datetime,
    shares: tuple[str, ...] = (),
) -> None:
    """A workbook at ``path`` whose one sheet ``name`` shows ``frame``; ``marks`` and ``shares`` as :class:`flows.publish.Table`
    has them.

    Raises:
        OSError: the file cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    from flows.publish import Table, new_book

    told = (f"生成于 {made:%Y-%m-%d %H:%M}。", *remarks)
    table = Table(name, title, columns, frame, told, marks=marks, shares=shares)
    try:
        with new_book(path, title, name, made, many_rows=True) as book:
            book.write(table)
    except FileCreateError as error:
        raise OSError(None, str(error)) from error
