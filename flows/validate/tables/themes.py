"""What a theme touches: the ministries' fields, the departments' fields.

A season has few themes and many filings: each distinct theme is judged once.
"""

import pandas as pd

from flows.validate.tables.places import at_places
from flows.validate.words import any_of, contains, mentioned
from schemas.notice import Notice
from schemas.tables import TEXT

_JOINED = "[、,，;；/与和及]"


def themes_beside(themes: pd.Series, notice: Notice) -> pd.DataFrame:
    """What each theme touches, beside it.

    ``reserved`` the word of a field that the ministries file for (二（三）3) or, where a person must judge
    (``reserved_doubtful``, ``reserved_reason``), the phrase around it; ``in_charge`` the systems whose provincial
    department files for it (二（三）4), joined by 、; missing where there is none.
    """
    distinct = pd.Series(themes.dropna().unique(), dtype=TEXT)
    told = _reserved(distinct, notice).assign(in_charge=_in_charge(distinct, notice))
    return at_places(told, pd.Index(distinct).get_indexer(pd.Index(themes)), themes.index)


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


def among(systems: pd.Series, lists: pd.Series) -> pd.Series:
    """Whether each system is in its list, joined by 、; no where either is missing."""
    return contains("、" + lists + "、", "、" + systems + "、")
