"""One file, read in a worker behind the wall: opened as grids, its tables read into filings and participants as text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flows.read.formats import FoundFile, Grid, grids_of, identify, saved_at, take
from flows.read.specimen import read_specimen
from flows.read.tables import FileReading, Knowledge, Words, read_sheets
from flows.settings import ReadLimits


@dataclass(frozen=True)
class Opened:
    """What was opened: the sheets; when the workbook says it was ``saved`` (ISO in UTC, empty where it does not say), and when
    the system says the file was ``modified`` (seconds since 1970)."""

    grids: Sequence[Grid]
    saved: str
    modified: float


@dataclass(frozen=True)
class FileReader:
    """Reads files of a year with the ``words`` of its data files."""

    words: Words

    def prepare(self) -> None:
        """Make the words ready, and read the specimen with them.

        Raises:
            SpecimenError: they cannot be read with.
        """
        read_specimen(self.words, self._known)

    def open(self, file: FoundFile, limits: ReadLimits) -> Opened:
        """The sheets of ``file``, and how old it is.

        Raises:
            Deferred: it is no longer the file that was found.
            Unreadable: it is no table, or a broken one.
        """
        contents = take(file, limits)
        source = identify(contents.data, limits)
        return Opened(grids_of(source, file.place, limits), saved_at(source), contents.modified)

    def read(self, opened: Opened) -> FileReading:
        """What the sheets of one file give."""
        return replace(read_sheets(opened.grids, self._known), saved=opened.saved, modified=opened.modified)

    def __reduce__(self) -> tuple[type["FileReader"], tuple[Words]]:
        return FileReader, (self.words,)  # each process makes its words ready by itself

    @cached_property
    def _known(self) -> Knowledge:
        return Knowledge(self.words)
