"""What a theme touches: the ministries' fields, the departments' fields.

A season has few themes and many filings: each distinct theme is judged once.
"""

import re

import pandas as pd

from flows.validate.tables.places import at_places
from flows.validate.words import contains, first_mentioned
from schemas.notice import Notice
from schemas.tables import TEXT

_JOINED = re.compile("[、,，;；/与和及]")
_COLUMNS = ["reserved", "reserved_doubtful", "reserved_reason", "in_charge"]


def themes_beside(themes: pd.Series, notice: Notice) -> pd.DataFrame:
    """What each theme touches, beside it.

    ``reserved`` the word of a field that the ministries file for (二（三）3) or, where a person must judge
    (``reserved_doubtful``, ``reserved_reason``), the phrase around it; ``in_charge`` the systems whose provincial
    department files for it (二（三）4), joined by 、; missing where there is none.
    """
    number, distinct = pd.factorize(themes)
    told = pd.DataFrame(
        [(*_reserved(theme, notice), _in_charge(theme, notice)) for theme in distinct], columns=_COLUMNS
    )
    types = dict.fromkeys(_COLUMNS, TEXT) | {"reserved_doubtful": "boolean"}
    return at_places(told.astype(types), number, themes.index)


def _reserved(theme: str, notice: Notice) -> tuple[str | None, bool, str | None]:
    """The first word of a ministry's field; a word that is certain stands over a phrase in doubt. A phrase in doubt keeps
    the words within it from being certain, but not longer ones around it (民族 in 民族工作)."""
    parts = {part.strip() for part in _JOINED.split(theme)}
    phrase, reason = None, None
    for field in notice.reserved:
        around = [phrase for phrase in field.hold if not any(phrase in word for word in field.words)]
        if certain := first_mentioned(theme, field.words, (*field.not_in, *around)):
            return certain, False, None
        if alone := next((word for word in field.alone if word in parts), None):
            return alone, False, None
        if phrase is None and (phrase := first_mentioned(theme, field.hold, field.not_in)):
            reason = field.reason
    return phrase, phrase is not None, reason


def _in_charge(theme: str, notice: Notice) -> str | None:
    fields = (field for field in notice.unified if first_mentioned(theme, field.words, field.not_in))
    field = next(fields, None)
    return "、".join(notice.system_names.get(system, system) for system in field.systems) if field else None


def among(systems: pd.Series, lists: pd.Series) -> pd.Series:
    """Whether each system is in its list, joined by 、; no where either is missing."""
    return contains("、" + lists + "、", "、" + systems + "、")
