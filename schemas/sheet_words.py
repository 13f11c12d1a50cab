"""What stands on sheets beside titles and values, as data: ``schemas/sheet_words.toml``, loaded and checked.

It serves every year. The classes are the tables of the file, their fields its lists; the file says what each is for.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from schemas.data_file import NO_MORE, Place, read_data_file

CALLED = "表上字样文件"

Words = tuple[str, ...]


@dataclass(frozen=True)
class Totals:
    """Rows of totals."""

    words: Words
    whole: Words
    subtotals: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Asides:
    """Rows beside the projects: notes, signatures, examples, the ends of pages."""

    labels: Words
    notes: Words
    examples: Words
    example_titles: Words
    footers: Words
    stamps: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Headings:
    """Headings among the projects."""

    endings: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Hints:
    """Cells that say how to fill in a column."""

    words: Words
    openings: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class TitleParts:
    """Parts of titles."""

    tails: Words
    modifiers: Words
    other_things: Words
    group_tails: Words
    name_parts: Words
    whole_parts: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Cards:
    """Forms of labels with their values."""

    bare_units: Words
    no_project: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Filer:
    """What stands around the name of the unit that files."""

    next_labels: Words
    measures: Words
    stamps: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class Sheets:
    """Names of sheets."""

    other_endings: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class TakingPart:
    """Lists of participants in one cell."""

    openings: Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class SheetWords:
    """What stands on sheets around the projects."""

    totals: Totals
    asides: Asides
    headings: Headings
    hints: Hints
    titles: TitleParts
    cards: Cards
    filer: Filer
    sheets: Sheets
    taking_part: TakingPart
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


def load_sheet_words(path: Path) -> SheetWords:
    """The words in ``path``.

    Raises:
        DataFileError: the file is missing or not as it must be.
    """
    file = read_data_file(path, CALLED)
    words = file.fit(SheetWords)
    file.refuse(_empty(words))
    return words


def _empty(words: SheetWords) -> Iterator[tuple[Place, str]]:
    """Lists with nothing in them."""
    for table, lists in asdict(words).items():
        for name, listed in lists.items():
            if not listed:
                yield (table, name), "不能为空"
