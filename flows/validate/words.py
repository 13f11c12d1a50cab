"""Words matched with sense: not inside a phrase in which they mean something else, not where they are denied.

No segmenter: cutting 不得安排参观 into words does not say that it is denied, and one that cuts 考察队伍建设 right must know
the phrase anyway. The phrases are data of the year's notice, where an official can add to them.
"""

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from flows.validate.lexicon import Span, lexicon
from schemas.notice import Denial, Notice
from schemas.tables import TEXT

_BETWEEN = r"(?:[、和或及与]|等|类|性|、?以及)*"
SPACE = "[ \t\r\n\v\f\u00a0\u3000]"
_PADDING = f"{SPACE}|[。！？!?.．…*_~～]{{2,}}"
_NAMED = 3
_REACH = 12
"""How many characters after a denial the first denied word may begin."""
_NEAR = 3
"""How many words may stand between one such as 不, which denies what follows at once, and what it denies."""
_WITHIN = "[^，。；：！？,.;:!?\\n]"
_NO_LETTER = re.compile("[^A-Za-z\u4e00-\u9fff]+")


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first; matches nothing where there are none."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in found) + ")" if found else r"[^\s\S]"


def numbered_class(notice: Notice) -> str:
    """A regular expression for what was meant to be one of the numbered classes, which 二（一） and 二（二） judge."""
    called = (*notice.meanings.priority_called, *notice.meanings.key_called)
    return "|".join(r"\s*".join(re.escape(character) for character in word) for word in called) or r"[^\s\S]"


def only_one(names: pd.Series, what: str) -> pd.Series:
    """Of texts that name several (``what`` they are: 单位), joined by 、, that it is one that is asked for, as the end of a
    sentence; missing where they name one."""
    several = names.str.count("、").fillna(0).astype("int64") + 1
    told = "是 " + several.astype(str) + f" 个{what}，只能填写一个"
    return told.where(several.gt(1)).astype(TEXT)


def mentioned(text: pd.Series, words: Iterable[str], not_in: Iterable[str] = ()) -> pd.Series:
    """The first of ``words`` that each text mentions outside the phrases of ``not_in``; missing where it mentions none. Equal
    texts are looked at once."""
    words, not_in = tuple(words), tuple(not_in)
    told = {one: first_mentioned(one, words, not_in) for one in text.dropna().unique().tolist()}
    return text.map(told).astype(TEXT)


def first_mentioned(text: str, words: Iterable[str], not_in: Iterable[str]) -> str | None:
    """The first of ``words`` that the text mentions outside the phrases of ``not_in``."""
    wanted = lexicon(*words)
    return wanted.first(lexicon(*not_in).covered(text)) if wanted.first(text) else None


def contains(texts: pd.Series, words: pd.Series) -> pd.Series:
    """Whether each text has the word beside it, row by row; no where either is missing. Under the index of ``texts``."""
    pairs = zip(texts.tolist(), words.tolist(), strict=True)
    found = [isinstance(text, str) and isinstance(word, str) and word in text for text, word in pairs]
    return pd.Series(found, index=texts.index, dtype=bool)


class Denials:
    """The words that deny others: 不得安排参观, 未参观, 无实质性参观.

    A denial reaches the words that follow it within a few characters and those joined to them (不得安排参观、考察); one of
    ``near`` only what follows at once, or after a few words of ``between``: 无 in 无花果基地参观 denies nothing.
    """

    def __init__(self, denial: Denial) -> None:
        near = f"{any_of(denial.near)}{any_of(denial.between)}{{0,{_NEAR}}}"
        self._before = re.compile(f"(?:{any_of(denial.negations)}{_WITHIN}{{0,{_REACH}}}|{near})$")
        self._reach = max(_longest(denial.negations) + _REACH, _longest(denial.near) + _NEAR * _longest(denial.between))
        self._no_denial = lexicon(*denial.no_denial)
        self._joint = re.compile(_BETWEEN)

    def affirmed(self, part: str, found: Sequence[Span]) -> list[bool]:
        """Of the words found in a part of a sentence, in the order in which they begin, which it does not deny."""
        text = self._no_denial.covered(part) if found else part
        denied_until = -1
        told: list[bool] = []
        for start, end in found:
            joined = denied_until >= 0 and (start < denied_until or self._joint.fullmatch(part, denied_until, start))
            denied = bool(joined or self._before.search(text[max(start - self._reach, 0) : start]))
            denied_until = max(end, denied_until) if denied else -1
            told.append(not denied)
        return told


def _longest(words: Iterable[str]) -> int:
    return max(map(len, words), default=0)


def without(text: pd.Series, words: Iterable[str]) -> pd.Series:
    """Letters and characters of each text that are left when the words are taken away; marks, figures and spaces are not
    counted. Equal texts are looked at once."""
    known = lexicon(*words)
    return text.map({one: letters(known.left_of(one)) for one in text.dropna().unique().tolist()}).astype(TEXT)


def letters(text: str) -> str:
    """Its letters and characters alone, without marks, figures and spaces."""
    return _NO_LETTER.sub("", text)


def length(text: pd.Series) -> pd.Series:
    """Characters of each text; spaces and runs of marks (......, ！！) say nothing and are not counted."""
    return text.str.replace(_PADDING, "", regex=True).str.len()


def listed(words: pd.Series, by: pd.Series) -> pd.Series:
    """For each value of ``by`` its different words as an official lists them, the first three by name."""
    once = pd.DataFrame({"word": words, "by": by}).dropna().drop_duplicates()
    if once.empty:
        return pd.Series(dtype=TEXT)
    place = once.groupby("by", sort=False).cumcount()
    text = once[place.eq(0)].set_index("by")["word"]
    for nth in (1, 2):
        following = once[place.eq(nth)].set_index("by")["word"]
        text = text + ("、" + following).reindex(text.index).fillna("")
    count = once.groupby("by").size().reindex(text.index)
    return text.mask(count.gt(_NAMED), text + "等 " + count.astype(str) + " 个").astype(TEXT)
