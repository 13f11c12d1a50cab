"""Words matched with sense: not inside a phrase in which they mean something else, not where they are denied.

No segmenter: cutting 不得安排参观 into words does not say that it is denied, and one that cuts 考察队伍建设 right must know
the phrase anyway. The phrases are data of the year's notice, where an official can add to them.
"""

import re
from collections.abc import Iterable

import pandas as pd

from schemas.tables import TEXT

_GONE = "\N{LARGE CIRCLE}"
"""Stands where a phrase was taken away, so that what is left and right of it does not become a word."""
_BETWEEN = r"(?:[、和或及与]|等|类|性|、?以及)*"
_SPACE = "[\\s\u3000\u00a0]"
_REACH = 12
"""How many characters after a denial the first denied word may begin."""


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first; matches nothing where there are none."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in found) + ")" if found else r"[^\s\S]"


def mentioned(
    text: pd.Series, words: Iterable[str], not_in: Iterable[str] = (), negations: Iterable[str] = ()
) -> pd.Series:
    """The first of ``words`` that each text mentions; missing where it mentions none.

    Not mentioned is a word inside a phrase of ``not_in``, and one that ``negations`` deny: a denial reaches the words
    that follow it within a few characters and those joined to them (不得安排参观、考察).
    """
    wanted = any_of(words)
    found = pd.Series(None, index=text.index, dtype=TEXT)
    hits = text[text.str.contains(wanted, na=False)]
    if hits.empty:
        return found
    denied = rf"{any_of(negations)}[^，。；：！？,.;:!?\n]{{0,{_REACH}}}?{wanted}(?:{_BETWEEN}{wanted})*"
    rest = hits.str.replace(any_of(not_in), _GONE, regex=True).str.replace(denied, _GONE, regex=True)
    found[rest.index] = rest.str.extract(f"({wanted})", expand=False).astype(TEXT)
    return found


def length(text: pd.Series) -> pd.Series:
    """Characters of each text, spaces not counted."""
    return text.str.replace(_SPACE, "", regex=True).str.len()


def joined(words: Iterable[object]) -> str:
    """Words as an official lists them, the first three by name."""
    known = list(dict.fromkeys(str(word) for word in words))
    return "、".join(known[:3]) + (f"等 {len(known)} 个" if len(known) > 3 else "")
