"""What is known of an institution abroad besides its cooperation: the country where it is, and what its name shows of one that
境外机构名录 does not know.

A season has few institutions and many filings: each distinct pair of institution and country is judged once.
"""

import re
from collections.abc import Collection, Iterable

import pandas as pd

from flows.read import name_key
from flows.references import SEPARATORS, References
from flows.validate.tables.places import at_places
from flows.validate.tables.register import beside
from flows.validate.words import contains, mentioned
from schemas.notice import Notice
from schemas.tables import TEXT

_SHORTEST = 2
"""A shorter name of a unit or country is too short to be told from a part of a word."""


def institutions_beside(
    institutions: pd.Series, countries: pd.Series, references: References, notice: Notice
) -> pd.DataFrame:
    """Beside each institution and its country, the columns ``institution_country``, ``_unit``, ``_agency``, ``_begins`` and
    ``_named`` of :class:`~flows.validate.tables.rows.FilingRows`."""
    both = pd.DataFrame({"institution": institutions.array, "country": countries.array})
    number, distinct = pd.factorize(pd.MultiIndex.from_frame(both))
    pairs = pd.DataFrame(
        {"institution": distinct.get_level_values(0), "country": distinct.get_level_values(1)}, dtype=TEXT
    )
    told = _told(pairs, references, notice)
    return at_places(told, number, institutions.index)


def _told(pairs: pd.DataFrame, references: References, notice: Notice) -> pd.DataFrame:
    words = notice.institutions
    name = pairs["institution"]
    listed = beside(name, references.institutions, "institution", {"country": "country", "name": "institution"})
    unlisted = name.where(listed["name"].isna())
    units = {name_key(known): unit for known, unit in references.unit_names.items() if unit}
    unit = unlisted.map(lambda text: units.get(name_key(text)), na_action="ignore").astype(TEXT)
    unlisted = unlisted.where(unit.isna())
    abroad = ~pairs["country"].isin(words.not_abroad)
    known = {name: country for name, country in references.country_names.items() if country}
    named = unlisted.mask(_begins(unlisted, words.named_otherwise).notna())
    begins = _begins(named, known).map(known).astype(TEXT)
    return pd.DataFrame(
        {
            "institution_country": _elsewhere(listed["country"], pairs["country"], known),
            "institution_unit": unit,
            "institution_agency": mentioned(unlisted, words.agencies, words.not_agencies),
            "institution_begins": _begins(unlisted.where(abroad), (*words.domestic, *references.unit_names)),
            "institution_named": begins.mask(
                begins.eq(pairs["country"]) | contains(unlisted, pairs["country"])  # 英国诺丁汉大学马来西亚校区
            ),
        }
    ).astype(TEXT)


def _elsewhere(listed: pd.Series, filed: pd.Series, known: dict[str, str]) -> pd.Series:
    """The country in which the list has an institution, by its name in 国家地区 (several are joined by 、); missing where it is
    the one that was filed, or is not said, and where 国家地区 does not know what was filed."""
    found: list[str | None] = []
    for countries, country in zip(listed, filed, strict=True):
        if not isinstance(countries, str) or not isinstance(country, str):
            found.append(None)
            continue
        names = [known.get(one.strip(), one.strip()) for one in re.split(SEPARATORS, countries) if one.strip()]
        found.append(None if known.get(country, names[0]) in names else "、".join(names))
    return pd.Series(found, index=listed.index, dtype=TEXT)


def _begins(names: pd.Series, known: Iterable[str]) -> pd.Series:
    """The longest of ``known`` with which each name begins; a name that is one of them does not begin with it."""
    beginnings = {one for one in known if len(one) >= _SHORTEST}
    lengths = sorted({len(one) for one in beginnings}, reverse=True)
    found = [_beginning(name, beginnings, lengths) for name in names]
    return pd.Series(found, index=names.index, dtype=TEXT)


def _beginning(name: object, beginnings: Collection[str], lengths: Iterable[int]) -> str | None:
    if not isinstance(name, str):
        return None
    return next((name[:length] for length in lengths if name[:length] in beginnings), None)
