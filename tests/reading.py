"""Reading without files or without workers, and work to be done behind the wall."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.read import FileReader
from flows.read.tables import FileReading, Knowledge, read_sheets, words_of
from flows.settings import ReadLimits
from schemas.yearbook import load_yearbook
from tests.layouts.page import Page, grid

BOOK = load_yearbook(2020)
READER = FileReader(words_of(BOOK))
KNOWN = Knowledge(words_of(BOOK))


def read_pages(*pages: Page) -> FileReading:
    """What the pages of one file give."""
    return read_sheets([grid(page) for page in pages], KNOWN)


def read_file(path: Path) -> FileReading:
    """What the file at ``path`` gives."""
    return READER.read(READER.open(path, ReadLimits()))


@dataclass(frozen=True)
class Opening:
    """Work behind the wall that is done once the file is opened with ``deed``."""

    deed: Callable[[Path, ReadLimits], Any]

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, path: Path, limits: ReadLimits) -> Any:
        return self.deed(path, limits)

    def read(self, opened: Any) -> Any:
        return opened
