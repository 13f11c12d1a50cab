"""Formulas as text: what Excel 2010, WPS and LibreOffice compute alike. No LET, IFS, TEXTJOIN, XLOOKUP or FILTER, and no array
that spills: a formula here is made of functions that Excel 2007 has.

In a formula of a row :data:`ROW` stands for the row's number; it is the same text in every row otherwise.
"""

from collections.abc import Callable, Iterable, Sequence
from string import Formatter

ROW = "§"
"""Stands in a formula for the number of its row."""

TRUE, FALSE, NOTHING = "TRUE", "FALSE", '""'
_LITERAL = 255
"""Characters that a text within a formula may have."""

Field = Callable[[str, str], str]
"""The formula for what a sentence's ``{name:spec}`` says."""


def text(said: str) -> str:
    """A text as a formula has it."""
    parts = [said[start : start + _LITERAL] for start in range(0, len(said), _LITERAL)] or [""]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts)


def every(*conditions: str) -> str:
    """Whether all of these hold."""
    return f"AND({','.join(conditions)})"


def either(*conditions: str) -> str:
    """Whether any of these holds; no where there are none."""
    return f"OR({','.join(conditions)})" if conditions else FALSE


def no(condition: str) -> str:
    """Whether it does not hold."""
    return f"NOT({condition})"


def when(condition: str, then: str, otherwise: str = NOTHING) -> str:
    """One of two."""
    return f"IF({condition},{then},{otherwise})"


def number(value: str) -> str:
    """Whether it is a number."""
    return f"ISNUMBER({value})"


def one_of(value: str, words: Iterable[str]) -> str:
    """Whether it is one of ``words``."""
    return either(*(f"{value}={text(word)}" for word in words))


def mentions(value: str, words: Iterable[str]) -> str:
    """Whether any of ``words`` stands in it."""
    return either(*(f"ISNUMBER(FIND({text(word)},{value}))" for word in words))


def joined(parts: Iterable[str]) -> str:
    """Texts put together."""
    return "&".join(parts) or NOTHING


def first_of(cases: Sequence[tuple[str, str]]) -> str:
    """Of conditions with what is said where they hold, what the first one that holds says."""
    told = NOTHING
    for condition, said in reversed(cases):
        told = when(condition, said, told)
    return told


def without(value: str, phrases: Iterable[str], instead: str = "") -> str:
    """The text with ``phrases`` taken away, the longest first."""
    for phrase in sorted(set(phrases), key=lambda one: (-len(one), one)):
        value = f"SUBSTITUTE({value},{text(phrase)},{text(instead)})"
    return value


def sentence(template: str, given: dict[str, object], field: Field) -> str:
    """The formula for a sentence of a rule: what it says of the ``given`` (the notice, an entry of it) is known now, of the rest
    ``field`` gives the formula."""
    parts: list[str] = []
    known = ""
    for literal, name, spec, _ in Formatter().parse(template):
        known += literal
        if not name:
            continue
        if name.split(".")[0] in given:
            known += ("{" + f"{name}:{spec}" + "}").format(**given)
        else:
            parts += [text(known), field(name, spec or "")] if known else [field(name, spec or "")]
            known = ""
    return joined([*parts, text(known)] if known else parts)


def shown(value: str, spec: str) -> str:
    """A number as a sentence shows it, by Python's ``spec`` (.1f); any other as it is."""
    if spec.endswith("f"):
        places = int(spec.strip(".f") or "0")
        return f"TEXT({value},{text('0.' + '0' * places if places else '0')})"
    return value


def day(value: str) -> str:
    """A day as a sentence shows it."""
    return f'TEXT({value},"yyyy-mm-dd")'
