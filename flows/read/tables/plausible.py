"""Whether a text may be a value of a column: what tells a header from a list of codes and a vague title's meaning."""

import re
from collections.abc import Callable
from typing import TypeAlias

from flows.read.values import dates
from flows.read.values.characters import fold
from flows.read.values.column import Values, ditto_marks
from schemas.columns import FILING, PARTICIPANT
from schemas.spellings import load_spellings

Plausible: TypeAlias = Callable[[str, str], bool | None]
"""Whether a text may be a value of the column of that name; None where the column takes any text."""

_TOLD_BY_VALUE = {"whole", "number", "date", "flag", "choice", "choices"}
_ORGANISATION = re.compile(r"[局厅委办院校会司心所站部团处队馆]$|大学|公司|医院|政府")


def plausibility(values: Values) -> Plausible:
    """True where the text may be a value of the column of that name, False where not, None where any text may.

    同上 says nothing of its own.
    """
    readers = {
        column.name: values.reader(column) for column in (*PARTICIPANT, *FILING) if column.kind in _TOLD_BY_VALUE
    }
    marks = ditto_marks()
    optional = {column.name for column in FILING if not column.required}
    countries = tuple(
        fold(word) for name, others in load_spellings().countries.items() for word in (name, *others) if len(word) > 1
    )

    def plausible(name: str, text: str) -> bool | None:
        if text in marks:
            return None
        if name in readers:
            if name in optional and values.is_nothing(text):
                return None
            read = readers[name](text)
            return read is not None
        if name == "period":
            return dates.period(text, values.year) is not None
        if name == "country":
            folded = fold(text)
            return any(folded.startswith(word) or folded.endswith(f"({word})") for word in countries)
        if name in ("organiser", "participant", "taking_part"):
            return bool(_ORGANISATION.search(fold(text)))
        return None

    return plausible
