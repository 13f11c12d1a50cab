"""Read: whatever an office sends, as filings with the cell that every value came from.

Four steps, each an inner room that knows only those before it: what a file is, and its bytes as grids
(:mod:`~flows.read.formats`); where its tables are and which column is which (:mod:`~flows.read.tables`); what a text means
(:mod:`~flows.read.values`); all files as whole columns (:mod:`~flows.read.frames`). The first two run in workers behind a
wall (:mod:`~flows.read.wall`), one file at a time (:mod:`~flows.read.one_file`).

This is the one door: what other rooms may use of reading is in ``__all__``. The workers import this package, so it imports
nothing itself before it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.read.failures import Failure
    from flows.read.faults import one_by_one_behind_wall, read_behind_wall, stop_at_many_faults
    from flows.read.formats import (
        NO_TEXT,
        UNPACKING,
        XML_PARSER,
        CellValue,
        Contents,
        Deferred,
        Fingerprint,
        Formulas,
        FoundFile,
        Grid,
        Kind,
        Place,
        Source,
        Unreadable,
        damaged,
        formulas,
        grids_of,
        identify,
        open_grids,
        open_source,
        refuse_doctype,
        take,
    )
    from flows.read.found import fingerprints, found_files
    from flows.read.frames import ColumnReaders, gather
    from flows.read.one_file import FileReader
    from flows.read.remembered import parts_changed, read_changed
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
    "UNPACKING",
    "XML_PARSER",
    "CellValue",
    "ColumnReaders",
    "Contents",
    "Deferred",
    "Failure",
    "FileReader",
    "FileReading",
    "Fingerprint",
    "Formulas",
    "FoundFile",
    "Grid",
    "Kind",
    "Place",
    "Seen",
    "Source",
    "Unreadable",
    "chinese_numeral",
    "damaged",
    "fingerprints",
    "formulas",
    "found_files",
    "gather",
    "grids_of",
    "identify",
    "name_key",
    "one_by_one_behind_wall",
    "one_line",
    "open_grids",
    "open_source",
    "parts_changed",
    "read",
    "read_behind_wall",
    "read_changed",
    "refuse_doctype",
    "stop_at_many_faults",
    "take",
    "unit_variants",
    "words_of",
]

_ROOMS = {
    "chinese_numeral": "values.numbers",
    "Failure": "failures",
    "FileReader": "one_file",
    **dict.fromkeys(("ColumnReaders", "gather"), "frames"),
    "name_key": "values.directory",
    "one_line": "values.characters",
    **dict.fromkeys(("parts_changed", "read_changed"), "remembered"),
    "unit_variants": "values.names",
    **dict.fromkeys(("one_by_one_behind_wall", "read_behind_wall", "stop_at_many_faults"), "faults"),
    **dict.fromkeys(("fingerprints", "found_files"), "found"),
    **dict.fromkeys(("FileReading", "Seen", "words_of"), "tables"),
}
"""Where what the door gives is kept, if not in ``formats``."""


def read(
    paths: Sequence[str],
    settings: Settings,
    book: Yearbook,
    references: References,
    found: Mapping[str, FoundFile] | None = None,
) -> Readings:
    """What the files at ``paths`` (relative to ``settings.inputs``) hold; only what they held when they were ``found``, if that
    is told.

    One row a path in ``files``, with status read, empty, unreadable, deferred where it is no longer what was found or, where
    the program itself failed at it, failed. Nothing that a file does can harm another.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file.
    """
    from flows.read.faults import read_behind_wall
    from flows.read.formats import FoundFile
    from flows.read.frames import gather
    from flows.read.one_file import FileReader
    from flows.read.tables import words_of

    files = [found[path] if found else FoundFile(settings.inputs / path) for path in paths]
    given = read_behind_wall(FileReader(words_of(book)), files, settings)
    return gather(paths, given, book, references)


def __getattr__(name: str) -> Any:
    """What the door gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.read.{_ROOMS.get(name, 'formats')}"), name)
