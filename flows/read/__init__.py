"""Read: whatever an office sends, as filings with the cell that every value came from.

Four steps, each an inner room that knows only those before it: what a file is, and its bytes as grids
(:mod:`~flows.read.formats`); where its tables are and which column is which (:mod:`~flows.read.tables`); what a text means
(:mod:`~flows.read.values`); all files as whole columns (:mod:`~flows.read.frames`). The first two run in workers behind a
wall (:mod:`~flows.read.wall`), one file at a time (:mod:`~flows.read.one_file`).

This is the one door: what other rooms may use of reading is in ``__all__``. The workers import this package, so it imports
nothing itself before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.read.failures import Failure
    from flows.read.faults import read_behind_wall, stop_at_many_faults
    from flows.read.formats import (
        NO_TEXT,
        XML_PARSER,
        CellValue,
        Formulas,
        Grid,
        Kind,
        Place,
        Unreadable,
        damaged,
        formulas,
        open_grids,
        open_source,
        refuse_doctype,
    )
    from flows.read.frames import gather
    from flows.read.one_file import FileReader
    from flows.read.tables import FileReading, Seen, words_of
    from flows.read.values.characters import one_line
    from flows.read.values.directory import name_key
    from flows.read.values.names import unit_variants
    from flows.read.values.numbers import chinese_numeral
    from flows.references import References
    from flows.settings import Settings
    from schemas.tables import Readings
    from schemas.yearbook import Yearbook

__all__ = [
    "NO_TEXT",
    "XML_PARSER",
    "CellValue",
    "Failure",
    "FileReader",
    "FileReading",
    "Formulas",
    "Grid",
    "Kind",
    "Place",
    "Seen",
    "Unreadable",
    "chinese_numeral",
    "damaged",
    "formulas",
    "gather",
    "name_key",
    "one_line",
    "open_grids",
    "open_source",
    "read",
    "read_behind_wall",
    "refuse_doctype",
    "stop_at_many_faults",
    "unit_variants",
    "words_of",
]

_ROOMS = {
    "chinese_numeral": "values.numbers",
    "Failure": "failures",
    "FileReader": "one_file",
    "gather": "frames",
    "name_key": "values.directory",
    "one_line": "values.characters",
    "unit_variants": "values.names",
    **dict.fromkeys(("read_behind_wall", "stop_at_many_faults"), "faults"),
    **dict.fromkeys(("FileReading", "Seen", "words_of"), "tables"),
}
"""Where what the door gives is kept, if not in ``formats``."""


def read(paths: list[str], settings: Settings, book: Yearbook, references: References) -> Readings:
    """What the files at ``paths`` (relative to ``settings.inputs``) hold.

    One row a path in ``files``, with status read, empty, unreadable or, where the program itself failed at it, failed.
    Nothing that a file does can harm another.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file.
    """
    from flows.read.faults import read_behind_wall
    from flows.read.frames import gather
    from flows.read.one_file import FileReader
    from flows.read.tables import words_of

    given = read_behind_wall(FileReader(words_of(book)), [settings.inputs / path for path in paths], settings)
    return gather(paths, given, book, references)


def __getattr__(name: str) -> Any:
    """What the door gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.read.{_ROOMS.get(name, 'formats')}"), name)
