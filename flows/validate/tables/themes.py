"""What a theme touches: the systems whose business it is, the ministries' fields, the departments' fields.

A season has few themes and many filings: each distinct theme is judged once.
"""

import pandas as pd

from flows.validate.words import any_of, mentioned
from schemas.notice import Notice
from schemas.tables import TEXT

_SEPARATORS = "[、,，;；/]"
_JOINED = "[、,，;；/与和及]"


def themes_beside(themes: pd.Series, notice: Notice) -> pd.DataFrame:
    """What each theme touches, beside it.

    ``reserved`` the word of a field that the ministries file for (二（三）3) or, where a person must judge
    (``reserved_doubtful``, ``reserved_reason``), the phrase around it; ``in_charge`` the systems whose provincial
    department files for it (二（三）4), ``businesses`` those whose business it is (一（三）), each joined by 、; missing where
    there is none.
    """
    distinct = pd.Series(themes.dropna().unique(), dtype=TEXT)
    told = _reserved(distinct, notice).assign(
        in_charge=_in_charge(distinct, notice), businesses=_businesses(distinct, notice)
    )
    place = pd.Index(distinct).get_indexer(pd.Index(themes))
    taken = {name: pd.api.extensions.take(column.array, place, allow_fill=True) for name, column in told.items()}
    return pd.DataFrame(taken, index=themes.index)


def _reserved(themes: pd.Series, notice: Notice) -> pd.DataFrame:
    """The first word of a ministry's field; a word that is certain stands over a phrase in doubt. A phrase in doubt keeps
    the words within it from being certain, but not longer ones around it (民族 in 民族工作)."""
    none = pd.Series(None, index=themes.index, dtype=TEXT)
    certain, phrase, reason = none, none, none
    for field in notice.reserved:
        around = [phrase for phrase in field.hold if not any(phrase in word for word in field.words)]
        certain = certain.fillna(mentioned(themes, field.words, (*field.not_in, *around)))
        alone = rf"(?:^|{_JOINED})\s*({any_of(field.alone)})\s*(?:$|{_JOINED})"
        certain = certain.fillna(themes.str.extract(alone, expand=False).astype(TEXT))
        doubtful = mentioned(themes, field.hold, field.not_in)
        reason = reason.mask(phrase.isna() & doubtful.notna(), field.reason)
        phrase = phrase.fillna(doubtful)
    doubt = (certain.isna() & phrase.notna()).astype("boolean")
    return pd.DataFrame(
        {"reserved": certain.fillna(phrase), "reserved_doubtful": doubt, "reserved_reason": reason.where(doubt)}
    )


def _in_charge(themes: pd.Series, notice: Notice) -> pd.Series:
    systems = pd.Series(None, index=themes.index, dtype=TEXT)
    for field in notice.unified:
        there = mentioned(themes, field.words, field.not_in).notna()
        systems = systems.mask(systems.isna() & there, "、".join(notice.system_names.get(s, s) for s in field.systems))
    return systems


def _businesses(themes: pd.Series, notice: Notice) -> pd.Series:
    """Missing for a theme of which a part is unknown."""
    known: list[str | None] = []
    for parts in themes.str.split(_SEPARATORS, regex=True):
        found = [_of_theme(part.strip(), notice) for part in parts]
        systems = dict.fromkeys(notice.system_names.get(s, s) for one in found for s in one)
        known.append("、".join(systems) if all(found) else None)
    return pd.Series(known, index=themes.index, dtype=TEXT)


def _of_theme(theme: str, notice: Notice) -> tuple[str, ...]:
    """The systems of a known theme, or of one with an ending that tells no other business (水利工程建设)."""
    while theme not in notice.theme_systems:
        ending = next((ending for ending in notice.theme_endings if theme.endswith(ending)), None)
        if ending is None:
            return ()
        theme = theme.removesuffix(ending)
    return notice.theme_systems[theme]


def among(systems: pd.Series, lists: pd.Series) -> pd.Series:
    """Whether each system is in its list, joined by 、; no where either is missing."""
    pairs = zip(("、" + systems + "、").tolist(), ("、" + lists + "、").tolist(), strict=True)
    found = [isinstance(one, str) and isinstance(system, str) and system in one for system, one in pairs]
    return pd.Series(found, index=lists.index, dtype=bool)
