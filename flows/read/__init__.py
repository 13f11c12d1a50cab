"""Read: whatever an office sends, as filings with the cell that every value came from.

Four steps, each by itself: what a file is (:mod:`~flows.read.formats.detect`, :mod:`~flows.read.formats.open`), where its tables are
(:mod:`~flows.read.tables.find`), which column is which (:mod:`~flows.read.tables.synonyms`, :mod:`~flows.read.tables.columns`), what a cell
means (:mod:`~flows.read.values.column`). The first three run in workers behind a wall (:mod:`~flows.read.tables.workbook`), the last on
whole columns (:mod:`~flows.read.frames`). The workers import this package, so it imports nothing heavy itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.references import References
    from flows.settings import Settings
    from schemas.tables import Readings
    from schemas.yearbook import Yearbook


def read(paths: list[str], settings: Settings, book: Yearbook, references: References) -> Readings:
    """What the files at ``paths`` (relative to ``settings.inputs``) hold.

    One row a path in ``files``, with status read, empty or unreadable. Nothing that a file does can harm another.
    """
    from flows.read.frames import gather
    from flows.read.tables.workbook import Surveyor
    from flows.read.wall import walled

    surveyor = Surveyor(book)
    surveys = walled(surveyor, [settings.inputs / path for path in paths], settings.limits, settings.workers)
    return gather(paths, surveys, book, references)
