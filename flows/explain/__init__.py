"""Explain: why these filings are one group, or what became of one filing; in the terminal or as a page."""

from pathlib import Path
from typing import TextIO

from flows.errors import SettingError, why
from flows.explain.story import read_story
from schemas.yearbook import Yearbook


def explain(what: str, book: Yearbook, warehouse: Path, html: Path | None, out: TextIO) -> int:
    """Tell on ``out`` of the group, filing or pair of the year of ``book`` that ``what`` names, or write a page to ``html``; the exit
    status.

    ``what`` is an id, the beginning of one, a 系统项目编号, or a place ``file#row``. The warehouse is only read.

    Raises:
        SettingError: there is no warehouse, ``what`` names nothing or several things, ``html`` cannot be written.
        WarehouseBusyError: a night is running, or another program has the warehouse open.
    """
    story = read_story(what, book, warehouse)
    if html is None:
        from flows.explain.terminal import tell

        tell(story, out)
        return 0
    from flows.explain.page import page

    try:
        html.write_text(page(story, book.linkage), "utf-8")
    except OSError as error:
        raise SettingError(f"不能写入 {html}（{why(error)}）。") from error
    print(f"已生成说明页：{html}", file=out)
    return 0
