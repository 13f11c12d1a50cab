"""Whether a text may be a value of a column: what tells a header from a list of codes and a vague title's meaning."""

from collections.abc import Callable
from typing import TypeAlias

from flows.read.tables.patterns import Patterns
from flows.read.values import dates
from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import fold
from flows.read.values.column import Values
from schemas.form import Form
from schemas.spellings import Spellings

Plausible: TypeAlias = Callable[[str, str], bool | None]
"""Whether a text may be a value of the column of that name; None where the column takes any text."""

_REMEMBERED, _AT_MOST = 40, 50_000
"""Characters of the longest text of which the answer is remembered, and how many are: the same values stand in many cells, and
are asked about for every header that may stand over them."""

_TOLD_BY_VALUE = {"whole", "number", "date", "flag", "choice", "choices"}


def plausibility(
    values: Values, form: Form, spellings: Spellings, ditto_marks: frozenset[str], patterns: Patterns
) -> Plausible:
    """True where the text may be a value of the column of that name, False where not, None where any text may.

    同上 says nothing of its own.
    """
    readers = {
        column.name: values.reader(column)
        for column in (*form.participant, *form.filing)
        if column.kind in _TOLD_BY_VALUE
    }
    optional = {column.name for column in form.filing if not column.required}
    countries = tuple(
        fold(word) for name, others in spellings.countries.items() for word in (name, *others) if len(word) > 1
    )

    asked: dict[tuple[str, str], bool | None] = {}

    def plausible(name: str, text: str) -> bool | None:
        if len(text) > _REMEMBERED:
            return ask(name, text)
        if (name, text) not in asked:
            if len(asked) >= _AT_MOST:
                asked.clear()
            asked[name, text] = ask(name, text)
        return asked[name, text]

    def ask(name: str, text: str) -> bool | None:
        if text in ditto_marks:
            return None
        if name in readers:
            if name in optional and values.is_nothing(text):
                return None
            read = readers[name](text)
            return read is not None and not (isinstance(read, Unclear) and read.several)
        if name == "period":
            return dates.period(text, values.year) is not None
        if name == "country":
            folded = fold(text)
            return any(folded.startswith(word) or folded.endswith(f"({word})") for word in countries)
        if name in ("organiser", "participant", "taking_part"):
            return bool(patterns.organisation.search(fold(text)))
        return None

    return plausible
