"""Marks of footnotes behind values: 15①, 35.5², 通过※."""

import re

_MARKS = re.compile(r"(?<=[^\s①-⑳⑴-⒇])\s*(?:[①-⑳⑴-⒇⁰¹²³⁴-⁹※★†‡*＊]|注[⁰¹²³⁴-⁹]+|[⁽(\[［][①-⑳*＊※][⁾)\]］])+\s*$")
_AMONG_DIGITS = re.compile(r"(?<=\d)[①-⑳⑴-⒇⁰¹²³⁴-⁹]+")
_RAISED = re.compile(r"(?<=[0-9０-９])[⁰¹²³⁴-⁹]+")
_AS_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def without_marks(text: str) -> str:
    """A text without the marks of footnotes behind it or its digits: 15①, 35.5², 15²人."""
    return _AMONG_DIGITS.sub("", _MARKS.sub("", text))


def raised_number(text: str) -> int | None:
    """The number in raised digits behind a digit, which may be the mark of a footnote or digits that slipped up; None where there
    is none."""
    found = _RAISED.search(text)
    return int(found[0].translate(_AS_DIGITS)) if found else None


def with_raised_digits(text: str) -> str:
    """A text with the raised digits behind a digit in their line: 35.52 for 35.5²."""
    return without_marks(_RAISED.sub(lambda found: found[0].translate(_AS_DIGITS), text))
