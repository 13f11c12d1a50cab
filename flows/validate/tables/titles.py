"""Names of countries, units and institutions in a title, which are no subject."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from flows.lineage import CellsOf
from flows.references import References
from flows.validate.tables.places import at_places
from flows.validate.words import contains
from schemas.tables import TEXT

_BEGINS = 2
"""Names are looked up by their first characters; a shorter one is too short to be told from a part of a word."""
_FIGURES = re.compile(r"\d+(?:人|名|天|周|个月)")

_BETWEEN = "\x1f"

Names = dict[str, dict[int, set[str]]]
"""Names by their first characters and their length, the longest first."""


def without_names(filings: pd.DataFrame, cells: CellsOf, references: References) -> pd.Series:
    """The titles without the names of countries, units and institutions, by every name and alias of the reference
    workbooks and as filed, the longest first; nor with how many people or days. What a row's own names take away is
    seen for all rows at once; equal titles with equal names in them are then looked at once."""
    known = _by_beginning(
        name.lower()
        for names in (references.country_names, references.unit_names, references.institution_names)
        for name in names
    )
    organisers = filings[["organiser", "organiser_region"]].drop_duplicates()
    called = {organiser: _names_of(organiser, region) for organiser, region in organisers.itertuples(index=False)}
    title = filings["title"].str.lower().str.replace(_FIGURES, "", regex=True)
    names = [cells.filed(name) for name in ("organiser", "country", "institution")]
    named = [name.str.lower() for name in (*names, filings["country"], filings["institution"])]
    asked = title.fillna("") + _BETWEEN + filings["organiser"].fillna("")
    for name in named:
        asked = asked + _BETWEEN + name.where(contains(title, name), "")
    number, distinct = pd.factorize(asked)
    parts = (text.split(_BETWEEN) for text in distinct.tolist())
    rest = [_take_away(left, known, (*called.get(organiser, ()), *own)) for left, organiser, *own in parts]
    told = at_places(pd.DataFrame({"rest": rest}, dtype=TEXT), number, filings.index)["rest"]
    return told.where(title.notna())


def _by_beginning(names: Iterable[str]) -> Names:
    found: Names = defaultdict(lambda: defaultdict(set))
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _BEGINS:
            found[name[:_BEGINS]][len(name)].add(name)
    return dict(found)


def _names_of(organiser: object, region: object) -> tuple[str, ...]:
    """What an organiser may be called in a title besides its names: without its place, its place."""
    if not isinstance(organiser, str):
        return ()
    place = region.removesuffix("市") if isinstance(region, str) else ""
    short = organiser.removeprefix("中共").removeprefix("四川省")
    if not place:
        return organiser, short
    return organiser, short, short.removeprefix(f"{place}市").removeprefix(place), f"{place}市", place


def _take_away(left: str, known: Names, own: Iterable[str]) -> str:
    within = {name for name in own if name in left}
    within.update(_within(left, known))
    for name in sorted(within, key=len, reverse=True):
        left = left.replace(name, "")
    return left


def _within(text: str, known: Names) -> Iterator[str]:
    for place in range(len(text) - _BEGINS + 1):
        for length, names in known.get(text[place : place + _BEGINS], {}).items():
            if (name := text[place : place + length]) in names:
                yield name
                break
