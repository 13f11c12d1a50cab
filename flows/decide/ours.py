"""The program's own workbooks among the submissions: known by what stands in them, whatever they are called."""

import os
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.decide.tables import Table, cell, like_identity, tables
from flows.read import Grid, open_grids, read_behind_wall
from flows.settings import ReadLimits, Settings
from schemas.decisions import ID, VERDICT

_OF_PLAN = "团组编号"
_WORDS = (VERDICT, _OF_PLAN)
"""A title of the exceptions workbook and one of the plan."""
_TELLTALES = (
    *(word.encode(code) for word in _WORDS for code in ("utf-8", "gb18030", "utf-16-le")),
    *("".join(f"&#{ord(character)};" for character in word).encode() for word in _WORDS),
)
_TEXTS = ("sharedStrings.xml", "sharedStrings.bin", "workbook.xml", "content.xml")
_SHEETS = "xl/worksheets/"
_READ_AT_MOST = 16 * 2**20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What was a file a moment ago may by now be a link or a pipe."""


def recognised(paths: Sequence[Path], settings: Settings) -> dict[Path, str]:
    """Those of ``paths`` that are the program's own: ``exceptions`` or ``plan`` by path."""
    from flows.decide.layouts import EXCEPTIONS, PLANS, SUBMISSION  # heavy, and the workers have no need of it

    found = read_behind_wall(Recogniser(EXCEPTIONS, PLANS, SUBMISSION), paths, settings)
    return {path: what for path, what in zip(paths, found, strict=True) if isinstance(what, str)}


@dataclass(frozen=True)
class Recogniser:
    """Tells what a workbook is, behind the wall around untrusted files.

    The fields are the titles of each sheet of ours, and those of a submission.
    """

    exceptions: Mapping[str, Sequence[str]]
    plans: Mapping[str, Sequence[str]]
    submission: Sequence[str]

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, path: Path, limits: ReadLimits) -> Sequence[Grid]:
        """The sheets of a file that has one of the words in it; none of others, which are not opened.

        Raises:
            Unreadable: it is no table, or a broken one.
        """
        return open_grids(path, limits) if _telling(path) else []

    def read(self, opened: Sequence[Grid]) -> str | None:
        """``exceptions``, ``plan`` or nothing of the program's. One sheet of ours may lie in a submission too, which is
        read as what it is."""
        layouts = {**self.exceptions, **self.plans, "": self.submission}
        filled = [grid for grid in opened if grid.rows]
        found = [(grid, tables(grid, layouts)) for grid in filled]
        ours = {table.name for _, held in found for table in held} & self.exceptions.keys()
        decides = [grid for grid, held in found if any(_decides(grid, table) for table in held)]
        if decides and (len(ours) > 1 or len(filled) == 1):
            return "exceptions"
        names = {table.name for _, held in found for table in held if _OF_PLAN in table.places or not table.name}
        return "plan" if names and names <= self.plans.keys() else None


def _decides(grid: Grid, table: Table) -> bool:
    """Whether a table is there to decide in, with what the program wrote: a unit may have columns of these titles."""
    rows = grid.rows[table.first : table.last]
    return table.decides and any(like_identity(cell(row, table.places.get(ID))) for row in rows)


def _telling(path: Path) -> bool:
    """Whether one of the words stands in a file; quick, for it is asked of every one."""
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as opened:
            if not zipfile.is_zipfile(opened):
                opened.seek(0)
                return _tells(opened.read(_READ_AT_MOST))
            with zipfile.ZipFile(opened) as package:
                return any(_tells(_beginning(package, name)) for name in _telling_parts(package.namelist()))
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return False  # reading says what is wrong with it


def _telling_parts(names: Sequence[str]) -> list[str]:
    """Where a package keeps its texts: all in one part, or in its sheets."""
    parts = [name for name in names if name.endswith(_TEXTS)]
    if any("workbook" not in name for name in parts):
        return parts
    return parts + [name for name in names if name.startswith(_SHEETS) and name.endswith(".xml")]


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_READ_AT_MOST)


def _tells(data: bytes) -> bool:
    return any(word in data for word in _TELLTALES)
