"""Overseas institutions by all their names: as in 境外机构名录, abbreviated, misspelt, in English or as an acronym."""

import re
from collections import defaultdict

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from flows.references import SEPARATORS, References
from schemas.tables import TEXT

_SAME_NAME = 86
"""Least rapidfuzz ratio (0 to 100) of a misspelt name and the name in the directory."""

_SAME_WORD = 75
"""Least ratio of each word of a misspelt foreign name and its likest word in the directory's."""

_PLACE = 2
"""Characters of a Chinese name that must agree: they say where the institution is."""

_HAN = "[㐀-鿿]"
_SMALL_WORDS = {"of", "the", "and", "for", "de", "der", "die", "und", "la", "le", "du", "des", "für", "fur", "at", "in"}


def institution_keys(names: pd.Series, references: References) -> pd.DataFrame:
    """One row a name of ``names`` (text; missing stays missing).

    ``institution`` its name in the directory or, where no name there is near enough, its own cleaned text;
    ``institution_known`` whether it was found; ``institution_script`` ``han`` or ``latin``.
    """
    unique = pd.Series(names.dropna().unique(), dtype=TEXT)
    cleaned = _clean(unique)
    directory = _directory(references)
    found = cleaned.map(directory)
    claimed = _clean(pd.Series([name for name, own in references.institution_names.items() if own is None], dtype=TEXT))
    unmatched = cleaned[found.isna() & ~cleaned.isin(claimed)]
    found = found.fillna(_nearest(unmatched, directory)) if len(unmatched) else found
    table = pd.DataFrame(
        {
            "name": unique,
            "institution": found.fillna(cleaned).astype(TEXT),
            "institution_known": found.notna(),
            "institution_script": np.where(found.notna() | cleaned.str.contains(_HAN), "han", "latin"),
        }
    )
    table["institution"] = table["institution"].mask(table["institution"].eq(""))
    joined = pd.DataFrame({"name": names}).merge(table, on="name", how="left", validate="many_to_one")
    joined.index = names.index
    joined["institution_known"] = joined["institution_known"].astype("boolean").fillna(False).astype(bool)
    return joined.drop(columns="name").astype({"institution": TEXT, "institution_script": TEXT})


def _clean(names: pd.Series) -> pd.Series:
    """Names without case, accents of width, brackets and punctuation."""
    text = names.str.normalize("NFKC").str.lower()
    return text.str.replace(r"[\s·•.,，。、'’\"“”()（）\-–—/&]+", " ", regex=True).str.strip().astype(TEXT)


def _directory(references: References) -> dict[str, str]:
    """Every cleaned name of an institution → its name in the directory; a name that two share is left out."""
    table = references.institutions
    owners: dict[str, set[str]] = defaultdict(set)
    for column in ("institution", "foreign_name", "aliases"):
        split = table[["institution", column]].set_axis(["full", "name"], axis=1).dropna()
        if column != "institution":
            split = split.assign(name=split["name"].str.split(SEPARATORS)).explode("name")
        for full, name in zip(split["full"], _clean(split["name"]), strict=True):
            owners[name].add(full)
            if column == "foreign_name" and len(initials := _initials(name)) >= 3:
                owners[initials].add(full)
    return {name: min(full) for name, full in owners.items() if name and len(full) == 1}


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in _SMALL_WORDS)


def _nearest(unmatched: pd.Series, directory: dict[str, str]) -> pd.Series:
    """For each cleaned name the one institution that it misspells or abbreviates; missing where none or several."""
    known = list(directory)
    missing = pd.Series(np.nan, index=unmatched.index, dtype=TEXT)
    if not known:
        return missing
    scores = process.cdist(unmatched.tolist(), known, scorer=fuzz.ratio, score_cutoff=_SAME_NAME, dtype=np.uint8)
    nearest = [known[place] for place in scores.argmax(axis=1)]
    found = [
        directory[near] if score and _only_misspelt(name, near) else None
        for name, near, score in zip(unmatched, nearest, scores.max(axis=1), strict=True)
    ]
    misspelt = pd.Series(found, index=unmatched.index, dtype=TEXT)
    return misspelt.fillna(_abbreviated(unmatched[misspelt.isna()], directory))


def _only_misspelt(name: str, near: str) -> bool:
    """Whether two like names differ by slips only and not by the place, which a whole name hides among its other words."""
    if re.match(_HAN, near):
        return name[:_PLACE] == near[:_PLACE]
    words, others = name.split(), near.split()
    return all(
        max(fuzz.ratio(word, other) for other in these) >= _SAME_WORD
        for each, these in ((words, others), (others, words))
        for word in each
        if word not in _SMALL_WORDS
    )


def _abbreviated(names: pd.Series, directory: dict[str, str]) -> pd.Series:
    """The institution whose Chinese name has the characters of ``names`` in order, beginning with the same."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in directory:
        if re.match(_HAN, name):
            by_first[name[0]].append(name)
    found = {}
    for place, name in names[names.str.fullmatch(f"{_HAN}{{3,}}").fillna(False).astype(bool)].items():
        # The letters in order with any others between them: 慕尼黑工大 for 慕尼黑工业大学.
        spread = re.compile(".*?".join(map(re.escape, name)))
        owners = {directory[full] for full in by_first[name[0]] if len(full) > len(name) and spread.match(full)}
        if len(owners) == 1:
            found[place] = owners.pop()
    return pd.Series(found, dtype=TEXT).reindex(names.index)
