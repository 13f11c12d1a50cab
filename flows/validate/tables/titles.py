"""Names of countries, units and institutions in a title, which are no subject."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from flows.lineage import CellsOf
from flows.references import References
from schemas.tables import TEXT

_BEGINS = 2
"""Names are looked up by their first characters; a shorter one is too short to be told from a part of a word."""
_FIGURES = re.compile(r"\d+(?:人|名|天|周|个月)")

Names = dict[str, dict[int, set[str]]]
"""Names by their first characters and their length, the longest first."""


def without_names(filings: pd.DataFrame, cells: CellsOf, references: References) -> pd.Series:
    """The titles without the names of countries, units and institutions, by every name and alias of the reference
    workbooks and as filed, the longest first; nor with how many people or days."""
    known = _by_beginning(
        name.lower()
        for names in (references.country_names, references.unit_names, references.institution_names)
        for name in names
    )
    organisers = filings[["organiser", "organiser_region"]].drop_duplicates()
    called = {organiser: _names_of(organiser, region) for organiser, region in organisers.itertuples(index=False)}
    as_filed = (cells.filed(name) for name in ("organiser", "country", "institution"))
    own = (names.str.lower().fillna("").tolist() for names in (*as_filed, filings["country"], filings["institution"]))
    rows = zip(filings["title"].tolist(), filings["organiser"].tolist(), *own, strict=True)
    titles = [_take_away(title, known, (*called[organiser], *filed)) for title, organiser, *filed in rows]
    return pd.Series(titles, index=filings.index, dtype=TEXT)


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


def _take_away(title: object, known: Names, own: tuple[str, ...]) -> object:
    if not isinstance(title, str):
        return title
    left = _FIGURES.sub("", title.lower())
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
