"""What a cell means: its text as filed → a value of its column's kind."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from flows.read.values import dates, numbers
from flows.read.values.ambiguous import Unclear, Value, one_or_several
from flows.read.values.characters import code, fold, lines, one_line
from flows.read.values.choices import Choices, Flags
from flows.read.values.marks import raised_number, with_raised_digits, without_marks
from schemas.columns import Column
from schemas.spellings import Spellings

_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d{1,3}", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[、,;/\s]+|和|及")
_ZERO = re.compile(r"(?<=\d)[oO](?=\d)")
_LONG_NUMBER = re.compile(r"(?=(?:\D*\d){4}).{6,}")

_APOSTROPHE = re.compile(r"^\s*['‘’`´＇](?=[0-9A-Za-z０-９])")
_OTHER_LETTERS = re.compile(r"[A-HJ-NP-Za-kmnp-z]")
_LETTER_FOR_DIGIT = re.compile(r"(?<=\d)[oOlI]|[oOlI](?=\d)")
_OF_DIGITS = {"whole", "number", "date"}
_NO_MARKS = {"whole", "number", "date", "flag", "choice", "choices"}
"""Kinds of column in which a mark behind a value is none of its characters."""

Meaning: TypeAlias = Value | Unclear | None
Reader: TypeAlias = Callable[[str], Meaning]

LONG_TEXTS = {"content", "necessity", "remarks"}
"""Texts whose line breaks are kept."""

CODES = {"letter_no", "otm_no", "phone"}
"""Numbers and the like, whose punctuation is half-width."""

ONE_NUMBER = {"otm_no"}
"""Numbers of which a filing has one."""

SORTS = {"seq": "order", "days": "days", "budget": "money"}
"""What numbers of a column count, where it is not people."""


def number(text: str) -> str | None:
    """The number of a document or a telephone; None for 2.02E+11, of which the spreadsheet has lost the last digits."""
    cleaned = code(_APOSTROPHE.sub("", text))
    return None if _ROUNDED.fullmatch(cleaned) else cleaned


def one_number(text: str) -> str | Unclear | None:
    """As :func:`number`; several in one cell are no choice."""
    cleaned = number(text)
    cleaned = _ZERO.sub("0", cleaned) if cleaned else cleaned
    parts = dict.fromkeys(part for part in _BETWEEN_NUMBERS.split(cleaned or "") if _LONG_NUMBER.fullmatch(part))
    return Unclear(tuple(parts), several=True) if len(parts) > 1 else cleaned


def typed_right(text: str) -> str:
    """A number or day as it was meant to be typed: without the apostrophe that makes a text of it, 0 for the letter O and 1 for
    l among its digits."""
    bare = _APOSTROPHE.sub("", text)
    if _OTHER_LETTERS.search(bare) or not _LETTER_FOR_DIGIT.search(bare):
        return bare
    return _LETTER_FOR_DIGIT.sub(lambda found: "0" if found[0] in "oO" else "1", bare)


def _past_marks(read: Reader, *, digits: bool) -> Reader:
    """``read`` without the marks of footnotes, of several values all. Raised digits that give another value in their line may be
    just that."""

    def past(text: str) -> Meaning:
        bare = without_marks(text)
        if not digits:
            return one_or_several(read, bare)
        meant = one_or_several(read, typed_right(bare))
        in_line = with_raised_digits(text) if raised_number(text) is not None else bare
        if in_line == bare or meant is None or isinstance(meant, Unclear) or read(typed_right(in_line)) is None:
            return meant
        return Unclear((bare, in_line))

    return past


class Values:
    """Reads cells of a year: dates without a year are of ``year``; ``vocabularies`` are the notice's."""

    def __init__(self, year: int, vocabularies: Mapping[str, Sequence[str]], spellings: Spellings) -> None:
        """Know the year's words and how offices spell them."""
        self.year = year
        self._vocabularies = vocabularies
        self._spellings = spellings
        self._readers: dict[str, Reader] = {}
        self._nothing = frozenset(fold(word) for word in spellings.nothing)

    def reader(self, column: Column) -> Reader:
        """What reads a cell of ``column``: None where the cell does not hold a value of its kind.

        Units, countries and institutions stay as written: :mod:`flows.read.values.names` knows them.
        """
        if column.name not in self._readers:
            made = self._make(column)
            self._readers[column.name] = (
                _past_marks(made, digits=column.kind in _OF_DIGITS) if column.kind in _NO_MARKS else made
            )
        return self._readers[column.name]

    def is_nothing(self, text: str) -> bool:
        """Whether an optional cell says that there is nothing to say."""
        return fold(text) in self._nothing

    @cached_property
    def flags(self) -> Flags:
        """Reads 是/否."""
        return Flags(self._spellings, self.year)

    def _make(self, column: Column) -> Reader:
        sort = SORTS.get(column.name, "people")
        if column.kind == "whole":
            return lambda text: numbers.whole(text, sort)
        if column.kind == "number":
            return numbers.amount
        if column.kind == "date":
            return lambda text: dates.day(text, self.year) or dates.two_days(text, self.year)
        if column.kind == "flag":
            return self.flags.read
        if column.kind in ("choice", "choices"):
            vocabulary = column.vocabulary or column.name
            words = Choices(
                self._vocabularies.get(vocabulary, ()),
                self._spellings.choices.get(vocabulary, {}),
                self._spellings.choice_endings,
            )
            return words.one if column.kind == "choice" else words.several
        if column.name in CODES:
            return one_number if column.name in ONE_NUMBER else number
        return lines if column.name in LONG_TEXTS else one_line
