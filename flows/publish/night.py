"""The night that a workbook tells of: its views, each read once, and what every sheet says above its table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import pandas as pd

from flows.cache import UNLIKE, Alike
from flows.publish.workbook import OFFICE, Book, LaidOut, Placed, Table
from schemas.sheets import NOTE, REVIEWER, TO_UNIT, VERDICT, Sheet

T = TypeVar("T")

View = Callable[[str], pd.DataFrame]
"""Gives a view of the current night by its name."""


class Night:
    """The current night under the ``title`` of a workbook; ``day`` is what its date is called there. Its batch stands above every
    table, unless it is ``quiet``: then in the foot of each page. What nights ``alike`` have made is not made again."""

    def __init__(self, view: View, title: str, day: str, *, quiet: bool = False, alike: Alike = UNLIKE) -> None:
        self.title = title
        self._view = view
        self._alike = alike
        self._frames: dict[str, pd.DataFrame] = {}
        self.run = self.view("current_run").iloc[0]
        self.made: datetime = self.run["started_at"].to_pydatetime()
        self.batch = f"批次：{self.run['run_id']}"
        self.line = f"编制单位：{OFFICE}　　{day}：{self.made:%Y 年 %m 月 %d 日}" + (
            "" if quiet else f"　　{self.batch}"
        )

    def view(self, name: str) -> pd.DataFrame:
        """The rows of a view."""
        if name not in self._frames:
            self._frames[name] = self._view(name)
        return self._frames[name]

    def told(self, what: str, tell: Callable[[], T]) -> T:
        """``what`` the night's views tell, as ``tell`` makes it of them; nothing in it says which night it is."""
        return self._alike.kept(f"told_{what}", tell, of=self.title)

    def write(self, book: Book, sheet: Sheet, make: Callable[[], Table]) -> list[Placed]:
        """Write ``sheet`` as the table that ``make`` makes of the night's views; where it was written. But for its first line nothing in
        the table says which night it is."""

        def laid_out() -> list[LaidOut]:
            return book.lay_out(make(), (VERDICT, NOTE, REVIEWER, TO_UNIT))

        laid = self._alike.kept(f"sheet_{sheet.view}", laid_out, book.looks_alike, of=[self.title, sheet.name])
        return [book.put(one.under(self.line)) for one in laid]

    def table(
        self,
        sheet: Sheet,
        frame: pd.DataFrame | None = None,
        *remarks: str,
        title: str | None = None,
        nothing: str | None = None,
        **shown: Any,
    ) -> Table:
        """``sheet`` with ``frame`` (usually the rows of its view) under the line of the night and ``remarks``; ``shown`` are
        further fields of :class:`Table`."""
        return Table(
            sheet.name,
            f"{self.title}{title or sheet.name}",
            sheet.columns,
            self.view(sheet.view) if frame is None else frame,
            remarks=(self.line, *remarks),
            entries=sheet.entries,
            nothing=nothing or sheet.nothing,
            **shown,
        )


def as_the_view_is(sheet: Sheet, night: Night) -> Table:
    """The table of a sheet that shows its view and nothing besides."""
    return night.table(sheet)
