"""What reading tables needs to know of a year: handed to a worker as plain words, made ready there once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.read.tables.ditto import ditto_marks
from flows.read.tables.patterns import Patterns
from flows.read.tables.plausible import plausibility
from flows.read.tables.synonyms import Meanings, Titles
from flows.read.values.column import Values
from schemas.form import Form
from schemas.sheet_words import SheetWords
from schemas.spellings import Spellings
from schemas.titles import TitleWords

if TYPE_CHECKING:  # its import would cost every worker the notice's
    from schemas.yearbook import Yearbook


@dataclass(frozen=True)
class Words:
    """The words of the plan year ``year`` that tables are read with, small when pickled.

    ``vocabularies`` are the notice's; ``form`` has the columns of the year's form; ``titles``, ``spellings`` and ``sheets``
    are of the data files of these names.
    """

    year: int
    vocabularies: Mapping[str, Sequence[str]]
    form: Form
    titles: TitleWords
    spellings: Spellings
    sheets: SheetWords


def words_of(book: "Yearbook") -> Words:
    """Those of the year's data."""
    return Words(book.year, dict(book.notice.vocabularies), book.form, book.titles, book.spellings, book.sheet_words)


class Knowledge:
    """The words of a year made ready to be asked about cells: nothing of it depends on a file."""

    def __init__(self, words: Words) -> None:
        """Make everything ready that all files need."""
        spellings = words.spellings
        self.patterns = Patterns(words.sheets, spellings)
        self.form = words.form
        self.titles = Titles(words.titles, words.form, self.patterns)
        self.values = Values(words.year, words.vocabularies, spellings)
        self.ditto_marks = ditto_marks(spellings)
        self.country_words = _country_words(spellings)
        self.unlikely_budget = spellings.unlikely_budget
        self.headers_seen: dict[tuple[object, ...], Any] = {}
        self.titles_seen: dict[tuple[str, ...], Meanings] = {}
        self.plausible = plausibility(self.values, words.form, spellings, self.ditto_marks, self.patterns)


def _country_words(spellings: Spellings) -> tuple[str, ...]:
    """The usual Chinese names of countries, the longest first."""
    words = {word for name, others in spellings.countries.items() for word in (name, *others)}
    return tuple(sorted((word for word in words if len(word) > 1 and not word.isascii()), key=len, reverse=True))
