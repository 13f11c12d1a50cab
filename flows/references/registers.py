"""The registers: the reference workbooks as tables and as name indexes, and the readings that their doubts leave."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from flows.read import name_key
from flows.references.doubts import NAME, ROW, Doubt, Nameless, readings
from flows.references.entries import SEPARATORS
from schemas.columns import REFERENCES
from schemas.tables import (
    Countries,
    DataFrame,
    Frame,
    Institutions,
    LastYearProjects,
    Quotas,
    ReferenceProblems,
    Units,
    empty,
)

__all__ = ["SCHEMAS", "SEPARATORS", "References"]

SCHEMAS: dict[str, type[Frame]] = {
    "units": Units,
    "institutions": Institutions,
    "countries": Countries,
    "last_year": LastYearProjects,
}
"""The reference workbooks: table name → schema."""


@dataclass(frozen=True)
class References:
    """The four reference tables: one row a unit, an institution, a country, an approved project of last year.

    A value that its workbook leaves open is missing and one of the ``doubts``; an alias that several entries claim is no
    entry's. ``problems`` is what is wrong in the workbooks; ``nameless`` are the rows without a name. ``spoken``: of a name
    that several entries claim (as it is compared, by table) the entry that it is taken for, in one of the :meth:`readings`.
    ``quotas`` are the numbers of people of 指标控制数, one row a number that is in no doubt; nothing that is read or found rests on
    them, so they are not compared.
    """

    units: DataFrame[Units]
    institutions: DataFrame[Institutions]
    countries: DataFrame[Countries]
    last_year: DataFrame[LastYearProjects]
    problems: DataFrame[ReferenceProblems] = field(default_factory=lambda: empty(ReferenceProblems))
    doubts: tuple[Doubt, ...] = ()
    nameless: tuple[Nameless, ...] = ()
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    quotas: DataFrame[Quotas] = field(default_factory=lambda: empty(Quotas), compare=False)

    @cached_property
    def unit_names(self) -> dict[str, str | None]:
        """Every name and alias of a unit → its name in 单位名录; None where several units claim it."""
        return self._names("units", "aliases")

    @cached_property
    def institution_names(self) -> dict[str, str | None]:
        """Every name, foreign name and alias of an institution → its name in 境外机构名录; None where several claim it."""
        return self._names("institutions", "foreign_name", "aliases")

    @cached_property
    def country_names(self) -> dict[str, str | None]:
        """Every name of a country → its name in 国家地区; None where several claim it."""
        return self._names("countries", "aliases")

    @cached_property
    def undoubted(self) -> "References":
        """The same without its doubts, where these are about nothing that is asked."""
        return replace(self, doubts=()) if self.doubts else self

    def telling(self, problems: DataFrame[ReferenceProblems]) -> "References":
        """The same with the ``problems`` that were found."""
        return replace(self, problems=problems)

    def doubting(self, names: Mapping[str, Iterable[str]]) -> "References":
        """The same with a doubt about each of ``names`` (by table) that no entry has and that a row without a name may be."""
        more = [row.doubt(name) for row in self.nameless for name in names.get(row.table, ()) if row.may_be(name)]
        once = {(doubt.table, doubt.entry): doubt for doubt in more}
        return replace(self, doubts=(*self.doubts, *once.values())) if once else self

    def readings(self, compared: bool = True) -> Iterator["References"]:
        """The registers as they may be meant, each without a doubt; only one where they leave nothing open. ``compared``:
        whether entries of one table may be compared with each other."""
        if not self.doubts:
            yield self
            return
        places = {
            table: {name: place for place, name in enumerate(getattr(self, table)[columns[0].name])}
            for table, (_, columns) in REFERENCES.items()
        }
        for chosen in readings(self.doubts, compared):
            frames = {table: getattr(self, table).copy() for table in places}
            spoken: dict[str, dict[str, str]] = {table: {} for table in places}
            for doubt, value in zip(self.doubts, chosen, strict=True):
                frame = frames[doubt.table]
                if doubt.column not in (NAME, ROW):
                    frame.iloc[places[doubt.table][doubt.entry], frame.columns.get_loc(doubt.column)] = value
                elif isinstance(value, Nameless):
                    frames[doubt.table] = _with_row(frame, {frame.columns[0]: doubt.entry, **value.values})
                elif isinstance(value, str):
                    spoken[doubt.table][name_key(doubt.entry)] = value
            yield replace(self, **frames, spoken=spoken, doubts=())

    def _names(self, table: str, *others: str) -> dict[str, str | None]:
        claimed = {doubt.entry: None for doubt in self.doubts if doubt.table == table and doubt.column == NAME}
        return claimed | _names(getattr(self, table), REFERENCES[table][1][0].name, *others)


def _with_row(frame: pd.DataFrame, row: Mapping[str, object]) -> pd.DataFrame:
    more = pd.DataFrame({name: pd.Series([row.get(name)], dtype=dtype) for name, dtype in frame.dtypes.items()})
    return pd.concat([frame, more], ignore_index=True)


def _names(table: pd.DataFrame, name: str, *others: str) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for other in others:
        split = table[[name, other]].dropna().assign(**{other: lambda t, o=other: t[o].str.split(SEPARATORS)})
        exploded = split.explode(other)
        exploded[other] = exploded[other].str.strip()
        names |= {alias: full for full, alias in exploded.itertuples(index=False) if alias}
    return names | {full: full for full in table[name]}
