"""Words matched with sense: not inside a phrase in which they mean something else, not where they are denied.

No segmenter: cutting 不得安排参观 into words does not say that it is denied, and one that cuts 考察队伍建设 right must know
the phrase anyway. The phrases are data of the year's notice, where an official can add to them.
"""

import re
from collections.abc import Iterable

import pandas as pd

from schemas.notice import Notice
from schemas.tables import TEXT

_GONE = "\N{LARGE CIRCLE}"
"""Stands where a phrase was taken away, so that what is left and right of it does not become a word."""
_BETWEEN = r"(?:[、和或及与]|等|类|性|、?以及)*"
SPACE = "[ \t\r\n\v\f\u00a0\u3000]"
_PADDING = f"{SPACE}|[。！？!?.．…*_~～]{{2,}}"
_NAMED = 3
_REACH = 12
"""How many characters after a denial the first denied word may begin."""
_NEAR = 3
"""How many words may stand between one such as 不, which denies what follows at once, and what it denies."""
_WITHIN = "[^，。；：！？,.;:!?\\n]"


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first; matches nothing where there are none."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in found) + ")" if found else r"[^\s\S]"


def numbered_class(notice: Notice) -> str:
    """A regular expression for what was meant to be one of the numbered classes, which 二（一） and 二（二） judge."""
    called = (*notice.meanings.priority_called, *notice.meanings.key_called)
    return "|".join(r"\s*".join(re.escape(character) for character in word) for word in called) or r"[^\s\S]"


def mentioned(
    text: pd.Series,
    words: Iterable[str],
    not_in: Iterable[str] = (),
    negations: Iterable[str] = (),
    near: Iterable[str] = (),
    between: Iterable[str] = (),
) -> pd.Series:
    """The first of ``words`` that each text mentions; missing where it mentions none.

    Not mentioned is a word inside a phrase of ``not_in``, and one that ``negations`` deny: a denial reaches the words
    that follow it within a few characters and those joined to them (不得安排参观、考察); one of ``near`` only what follows
    at once, or after a few words of ``between`` (未参观, 不去景区参观): 无 in 无花果基地参观 denies nothing.
    """
    wanted = any_of(words)
    found = pd.Series(None, index=text.index, dtype=TEXT)
    hits = text[text.str.contains(wanted, na=False)]
    if hits.empty:
        return found
    reaches = f"(?:{any_of(negations)}{_WITHIN}{{0,{_REACH}}}?|{any_of(near)}{any_of(between)}{{0,{_NEAR}}})"
    # Few texts come this far, and Arrow takes longer to make these two expressions ready than Python to apply them.
    elsewhere = re.compile(any_of(not_in))
    denied = re.compile(f"{reaches}{wanted}(?:{_BETWEEN}{wanted})*")
    rest = hits.str.replace(elsewhere, _GONE, regex=True).str.replace(denied, _GONE, regex=True)
    found[rest.index] = rest.str.extract(f"({wanted})", expand=False).astype(TEXT)
    return found


def length(text: pd.Series) -> pd.Series:
    """Characters of each text; spaces and runs of marks (......, ！！) say nothing and are not counted."""
    return text.str.replace(_PADDING, "", regex=True).str.len()


def listed(words: pd.Series, by: pd.Series) -> pd.Series:
    """For each value of ``by`` its different words as an official lists them, the first three by name."""
    once = pd.DataFrame({"word": words, "by": by}).dropna().drop_duplicates()
    place = once.groupby("by", sort=False).cumcount()
    text = once[place.eq(0)].set_index("by")["word"]
    for nth in (1, 2):
        following = once[place.eq(nth)].set_index("by")["word"]
        text = text + ("、" + following).reindex(text.index).fillna("")
    count = once.groupby("by").size().reindex(text.index)
    return text.mask(count.gt(_NAMED), text + "等 " + count.astype(str) + " 个").astype(TEXT)
