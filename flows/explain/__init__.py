"""Explain: why these filings are one group, or what became of one filing; in the terminal or as a page."""

from pathlib import Path
from typing import TextIO

from flows.errors import SettingError, why
from flows.explain.story import read_story
from flows.screen import tell as tell_line
from schemas.yearbook import Yearbook


def explain(what: str, book: Yearbook, warehouse: Path, out: TextIO) -> int:
    """Tell on ``out`` of the group, filing or pair of the year of ``book`` that ``what`` names; the exit status.

    ``what`` is an id, the beginning of one, a 系统项目编号, a place ``file#row``, or a project's name or part of it. The
    warehouse is only read.

    Raises:
        SettingError: there is no warehouse, or ``what`` names nothing or several things.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
    """
    from flows.explain.terminal import tell

    tell(read_story(what, book, warehouse), out)
    return 0


def explain_on_page(what: str, book: Yearbook, warehouse: Path, html: Path, out: TextIO) -> int:
    """As :func:`explain`, on a page with charts that is written to ``html``, and the linking settings of the year as they are now.

    Raises:
        SettingError: as above, or ``html`` cannot be written.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
    """
    story = read_story(what, book, warehouse)
    from flows.explain.page import page  # Splink is slow to import

    try:
        html.write_text(page(story, book.linkage), "utf-8")
    except OSError as error:
        raise SettingError(f"不能写入 {html}（{why(error)}）。请检查文件夹是否存在、文件是否正被打开。") from error
    tell_line(f"已生成说明页：{html}", out)
    return 0
