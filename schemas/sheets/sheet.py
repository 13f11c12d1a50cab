"""What is said of one sheet."""

from dataclasses import dataclass
from typing import Literal

from schemas.columns import Column


@dataclass(frozen=True)
class Sheet:
    """A sheet with a table, of a workbook that the program writes.

    ``name`` stands on its tab; ``row`` says, in Chinese, what one row is; ``view`` of the warehouse is what it shows, and
    ``columns`` those of the view that it shows, but for the ones ``made`` by the workbook itself. ``identity`` is the
    column by which a row is known again, ``entries`` are the columns, side by side, in which reviewers write.

    A sheet that is read back says how: in one that ``decides``, what is written in the entries is a decision about a
    finding or a pair (``either`` where its rows are of both); one that ``tells`` only repeats earlier decisions and is
    known by the titles of those columns.
    ``nothing`` stands in it where there is no row.
    """

    name: str
    row: str
    view: str
    columns: tuple[Column, ...]
    made: tuple[str, ...] = ()
    identity: str | None = None
    entries: tuple[str, ...] = ()
    decides: Literal["finding", "pair", "either"] | None = None
    tells: tuple[str, ...] = ()
    nothing: str = "无。"

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles in the order of the columns."""
        return tuple(column.title for column in self.columns)

    def title(self, name: str) -> str:
        """The title of the column ``name``."""
        return next(column.title for column in self.columns if column.name == name)
