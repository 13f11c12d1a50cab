"""The program's own workbooks among the submissions: known by what stands in them, whatever they are called."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.cache import NOTHING_KEPT, Cache
from flows.decide.find_tables import Table, cell, like_identity, tables
from flows.decide.layout import LAYOUT, Layout
from flows.read import Failure, FoundFile, Grid, grids_of, identify, read_behind_wall, take
from flows.settings import ReadLimits, Settings
from schemas.form import Form
from schemas.sheets import PLAN
from schemas.sheets.plan import GROUPS

_OF_PLAN = GROUPS.title("group_id")
_WORDS = (LAYOUT.verdict, _OF_PLAN)
"""A title of the exceptions workbook and one of the plan."""
_TELLTALES = (
    *(word.encode(code) for word in _WORDS for code in ("utf-8", "gb18030", "utf-16-le")),
    *("".join(f"&#{ord(character)};" for character in word).encode() for word in _WORDS),
)
_TEXTS = ("sharedStrings.xml", "sharedStrings.bin", "workbook.xml", "content.xml")
_SHEETS = "xl/worksheets/"
_READ_AT_MOST = 16 * 2**20


def recognised(
    files: Sequence[FoundFile], settings: Settings, form: Form, cache: Cache = NOTHING_KEPT
) -> dict[Path, str]:
    """Those of ``files`` that are the program's own and no submission in the year's ``form``: ``exceptions`` or ``plan`` by
    place. Of which ``cache`` knows what they are is not looked into."""
    recogniser = Recogniser(LAYOUT, _plans(form), tuple(column.title for column in form.filing))
    known: dict[Path, str | None] = {}
    unknown: dict[str, list[FoundFile]] = {}
    for part in _parts(files):
        key = cache.key("own", [[(file.sha256, file.place.name) for file in part], recogniser, settings.limits])
        if (kept := cache.get(key)) is not None:
            known |= dict(zip((file.place for file in part), kept[0], strict=True))
        else:
            unknown[key] = part
    asked = [file for part in unknown.values() for file in part]
    answers = iter(read_behind_wall(recogniser, asked, settings) if asked else [])
    for key, part in unknown.items():
        found = [next(answers) for _ in part]
        what = [None if isinstance(one, Failure) else one for one in found]
        known |= dict(zip((file.place for file in part), what, strict=True))
        if all(file.sha256 for file in part) and not any(isinstance(one, Failure) and not one.lasting for one in found):
            cache.put(key, (what,))
    return {place: what for place, what in known.items() if what is not None}


def _parts(files: Sequence[FoundFile]) -> list[list[FoundFile]]:
    """The files in parts, each always in the same, so that a new one changes one part."""
    parts: dict[str, list[FoundFile]] = {}
    for file in files:
        parts.setdefault(file.sha256[:1] if file.sha256 else "", []).append(file)
    return [sorted(parts[first], key=lambda file: (file.sha256 or "", str(file.place))) for first in sorted(parts)]


def _plans(form: Form) -> dict[str, tuple[str, ...]]:
    """Sheet of the plan → its titles; the one called as a sheet of submissions is not to be taken for it."""
    taken = form.participant_sheet
    return {f"计划的{sheet.name}" if sheet.name == taken else sheet.name: sheet.titles for sheet in PLAN}


@dataclass(frozen=True)
class Recogniser:
    """Tells what a workbook is, behind the wall around untrusted files: by the layout of ``exceptions``, the titles of each
    sheet of ``plans``, and those of a submission."""

    exceptions: Layout
    plans: Mapping[str, tuple[str, ...]]
    submission: tuple[str, ...]

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, file: FoundFile, limits: ReadLimits) -> Sequence[Grid]:
        """The sheets of a file that has one of the words in it; none of others, which are not looked into.

        Raises:
            Unreadable: it is no table, or a broken one, or no longer the file that was found.
        """
        data = take(file, limits).data
        return grids_of(identify(data, limits), file.place, limits) if _telling(data) else []

    def read(self, opened: Sequence[Grid]) -> str | None:
        """``exceptions``, ``plan`` or nothing of the program's. One sheet of the program's may lie in a submission too,
        which is read as what it is."""
        own = self.exceptions.sheets
        layout = replace(self.exceptions, sheets={**own, **self.plans, "": self.submission})
        filled = [grid for grid in opened if grid.rows]
        found = [(grid, tables(grid, layout)) for grid in filled]
        of_exceptions = {table.name for _, held in found for table in held} & own.keys()
        decides = [grid for grid, held in found if any(_decides(grid, table) for table in held)]
        if decides and (len(of_exceptions) > 1 or len(filled) == 1):
            return "exceptions"
        names = {table.name for _, held in found for table in held if _OF_PLAN in table.places or not table.name}
        return "plan" if names and names <= self.plans.keys() else None


def _decides(grid: Grid, table: Table) -> bool:
    """Whether a table is there to decide in, with what the program wrote: a unit may have columns of these titles."""
    rows = grid.rows[table.first : table.last]
    return table.decides and any(like_identity(cell(row, table.places.get(table.layout.identity))) for row in rows)


def _telling(data: bytes) -> bool:
    """Whether one of the words stands in a file; quick, for it is asked of every one."""
    opened = io.BytesIO(data)
    try:
        if not zipfile.is_zipfile(opened):
            return _tells(data[:_READ_AT_MOST])
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
