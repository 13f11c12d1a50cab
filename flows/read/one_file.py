"""One file, read in a worker behind the wall: opened as grids, its tables read into filings and participants as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flows.read.formats import Grid, open_grids
from flows.read.specimen import read_specimen
from flows.read.tables import FileReading, Knowledge, Words, read_sheets
from flows.settings import ReadLimits


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

    def open(self, path: Path, limits: ReadLimits) -> list[Grid]:
        """The sheets of the file at ``path``.

        Raises:
            Unreadable: it is no table, or a broken one.
        """
        return open_grids(path, limits)

    def read(self, opened: Sequence[Grid]) -> FileReading:
        """What the sheets of one file give."""
        return read_sheets(opened, self._known)

    def __reduce__(self) -> tuple[type["FileReader"], tuple[Words]]:
        return FileReader, (self.words,)  # each process makes its words ready by itself

    @cached_property
    def _known(self) -> Knowledge:
        return Knowledge(self.words)
