"""Check: what a unit runs before it submits, and the desk for it: what was understood of files, and what the notice would say.

``examine`` reads files as at night, behind the wall, and asks the same rules; ``text`` tells it in a terminal, ``page`` on a
page, ``records`` to other programs; ``mark`` makes the copy with its cells marked; ``server`` is a page onto which files are
dropped.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from flows.check.examine import CLEAN, FOUND, UNREAD, Examined, examine, files_in, read, reference_folder, status_of
from flows.check.text import tell_file
from flows.references import References
from flows.settings import ReadLimits
from schemas.yearbook import Yearbook

__all__ = [
    "CLEAN",
    "FOUND",
    "UNREAD",
    "Examined",
    "check",
    "examine",
    "files_in",
    "read",
    "reference_folder",
    "status_of",
]


def check(
    files: Sequence[Path],
    book: Yearbook,
    references: References,
    out: TextIO,
    limits: ReadLimits | None = None,
    *,
    layout: bool = False,
) -> int:
    """Say on ``out`` what was understood of each file and what is wrong with it; gives the exit status. Of the ``layout`` alone:
    which header was found, each column's title, and what it was taken for.

    Files may lie anywhere; a folder stands for the files in it; several files are one season.
    """
    found = (read if layout else examine)(files_in(files), book, references, limits)
    for file in found:
        tell_file(file, book.form, out, layout=layout)
    return (
        max((UNREAD if file.reading is None else CLEAN for file in found), default=CLEAN)
        if layout
        else status_of(found)
    )
