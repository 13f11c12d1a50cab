"""Who reads the texts of which kind of column, and who filed."""

from functools import cached_property
from pathlib import PurePosixPath

from flows.read.values import Countries, Institutions, Reader, Units, Values
from flows.read.values.marks import without_marks
from flows.read.values.traditional import simplified
from flows.references import References
from schemas.columns import Column
from schemas.yearbook import Yearbook

_NAMES = ("unit", "country", "institution")


class ColumnReaders:
    """Reads texts of every kind of column."""

    def __init__(self, book: Yearbook, references: References) -> None:
        notice, spellings = book.notice, book.spellings
        self.values = Values(notice.year, notice.vocabularies, spellings)
        self.says_nothing = frozenset(notice.form.says_nothing)
        self.units = Units(references.unit_names, spellings)
        self._countries = lambda: Countries(references.country_names, spellings)
        self._institutions = lambda countries: Institutions(
            references.institution_names,
            countries,
            references.institutions.set_index("institution")["country"].to_dict(),
        )

    @cached_property
    def _named(self) -> dict[str, Reader]:
        countries = self._countries()
        return {
            "unit": lambda text: self.units.read(simplified(text)),
            "country": lambda text: countries.read(simplified(without_marks(text))),
            "institution": self._institutions(countries).read,
        }

    def of(self, column: Column) -> Reader:
        """What reads the column's texts."""
        return self._named[column.kind] if column.kind in _NAMES else self.values.reader(column)

    def unit(self, path: str, said: str | None) -> str | None:
        """Who filed: by name where known, else by the names of the file and its folders, else as written."""
        if said and (known := self.units.find(said)):
            return known
        place = PurePosixPath(path)
        for name in (place.stem, *(folder.name for folder in place.parents)):
            if name and (known := self.units.named_in(name)):
                return known
        return self.units.read(said) if said else None
