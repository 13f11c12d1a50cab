"""What a number format of Excel makes of a value (ECMA-376, part 1, 18.8.31).

Written here since no library at hand is good enough: of 502 pairs of format and value rustypyxl's ``format_value`` gives 339 as
LibreOffice shows them, formualizer's TEXT 294.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from itertools import takewhile

from flows.read.formats.shown.numerals import numeral
from flows.read.formats.shown.sections import Section, Token, sections

LONGEST = 255
"""Characters of the longest format that Excel knows."""

_BEFORE_TEXT = 3
"""Sections for numbers; the one after them is for texts."""


@lru_cache(maxsize=20_000)
def shown_number(value: float, code: str) -> str | None:
    """What a cell of the format ``code`` shows for a number; None where that is its date, or the format makes no sense."""
    if len(code) > LONGEST:
        return None
    try:
        number = Decimal(repr(value))
        return _shown(number, _without_text(sections(code)))
    except (InvalidOperation, ValueError, OverflowError):
        return None


@lru_cache(maxsize=20_000)
def shown_text(text: str, code: str) -> str:
    """What a cell of the format ``code`` shows for a text; the fourth section says it, and hides the text where it is empty."""
    if code == "@" or not ("@" in code or code.count(";") > _BEFORE_TEXT - 1) or len(code) > LONGEST:
        return text
    found = sections(code)
    last = found[-1]
    if not last.has("text") and len(found) <= _BEFORE_TEXT:
        return text
    return "".join(text if kind == "text" else part for kind, part in last.tokens if kind in ("text", "literal"))


def is_plain(code: str) -> bool:
    """Whether a format shows numbers and texts as they are."""
    return code in ("General", "@", "0", "#", "") or code.lower() == "general"


def _without_text(found: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections for numbers: the fourth is for texts, and so is any last one with an @."""
    if len(found) > _BEFORE_TEXT or (len(found) > 1 and found[-1].has("text")):
        return found[:_BEFORE_TEXT] if len(found) > _BEFORE_TEXT else found[:-1]
    return found


def _shown(number: Decimal, found: tuple[Section, ...]) -> str | None:
    section, sign = _chosen(number, found)
    if section is None:
        return general(number)
    if section.moment:
        return None
    return _in_section(number if sign else abs(number), section)


def _chosen(number: Decimal, found: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section for ``number`` and whether its sign is still to be written; no section where none holds."""
    if not any(section.condition for section in found):
        if len(found) == 1 or number > 0 or (number == 0 and len(found) < 3):
            return found[0], True
        return (found[1], False) if number < 0 else (found[2], True)
    for place, section in enumerate(found):
        if section.condition:
            if section.holds(number):
                below = section.condition[0] in ("<", "<=") and section.condition[1] <= 0
                return section, not below
        elif place > 0 or number >= 0 or len(found) == 1:
            return section, section.has("digit") or section.has("general")
    return None, True


def _in_section(number: Decimal, section: Section) -> str | None:
    tokens = section.tokens
    if section.has("text") and not section.has("digit"):
        return general(number)
    if section.has("general"):
        figure = _numerals(general(abs(number)), section.numerals, spoken=True)
        text = "".join(figure if kind == "general" else part for kind, part in tokens)
        return f"-{text}" if number < 0 else text
    if not section.has("digit"):
        text = "".join("." if kind == "point" else part for kind, part in tokens if kind != "comma")
        return f"-{text}" if number < 0 and text.strip() and text.strip() != "General" else text
    if section.has("slash") and _is_fraction(tokens):
        return None
    if section.has("exponent"):
        return _scientific(number, tokens)
    return _decimal(number, tokens, section.numerals)


def _is_fraction(tokens: list[Token]) -> bool:
    place = next(n for n, token in enumerate(tokens) if token[0] == "slash")
    around = tokens[place - 1 : place] + tokens[place + 1 : place + 2]
    return len(around) == 2 and all(kind == "digit" or part.isdecimal() for kind, part in around)


def _decimal(number: Decimal, tokens: list[Token], numerals: int) -> str:
    digits = [place for place, token in enumerate(tokens) if token[0] == "digit"]
    point = next((place for place, token in enumerate(tokens) if token[0] == "point"), len(tokens))
    whole = [place for place in digits if place < point]
    after = [place for place in digits if place > point]
    ends = {place for place in (whole[-1] if whole else None, digits[-1]) if place is not None}
    scaling = sum(len(list(takewhile(lambda token: token[0] == "comma", tokens[end + 1 :]))) for end in ends)
    grouped = any(kind == "comma" for kind, _ in tokens[whole[0] : whole[-1]]) if whole else False
    percents = sum(kind == "percent" for kind, _ in tokens)
    scaled = abs(number) * Decimal(100) ** percents / Decimal(1000) ** scaling
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    before, _, decimals = f"{rounded:f}".partition(".")
    written = _whole_digits(before, tokens, whole, grouped=grouped)
    written |= _decimal_digits(decimals, tokens, after)
    if not whole and before != "0":
        written[point] = before + "."
    pieces = []
    for place, (kind, part) in enumerate(tokens):
        if place in written:
            pieces.append(_numerals(written[place], numerals, spoken=False))
        elif kind == "point":
            pieces.append("." if any(map(written.get, after)) or not after else "")
        elif kind not in ("digit", "comma"):
            pieces.append(part)
    text = "".join(pieces)
    return f"-{text}" if number < 0 and rounded else text


def _whole_digits(before: str, tokens: list[Token], places: list[int], *, grouped: bool) -> dict[int, str]:
    """The digits before the point by the place of their token; what has no place of its own stands at the first."""
    left = before.lstrip("0")
    written: dict[int, str] = {}
    groups = 0
    for number, place in enumerate(reversed(places)):
        digit, left = (left[-1], left[:-1]) if left else ("", "")
        digit = digit or {"0": "0", "?": " ", "#": ""}[tokens[place][1]]
        if number == len(places) - 1 and left:
            digit, left = left + digit, ""
        comma = grouped and groups and groups % 3 == 0 and digit.strip()
        written[place] = _with_commas(digit, groups, grouped=grouped) + ("," if comma else "")
        groups += len(digit)
    return written


def _with_commas(digits: str, after: int, *, grouped: bool) -> str:
    """The digits with a comma wherever, with ``after`` digits behind them, a group of three ends."""
    if not grouped or len(digits) < 2:
        return digits
    pieces = []
    for number, digit in enumerate(reversed(digits)):
        if number and (after + number) % 3 == 0:
            pieces.append(",")
        pieces.append(digit)
    return "".join(reversed(pieces))


def _decimal_digits(decimals: str, tokens: list[Token], places: list[int]) -> dict[int, str]:
    written: dict[int, str] = {}
    ended = True
    for place, digit in reversed(list(zip(places, decimals, strict=True))):
        ended = ended and digit == "0"
        shown = tokens[place][1]
        written[place] = ("" if shown == "#" else " ") if ended and shown != "0" else digit
        ended = ended and shown != "0"
    return written


def _scientific(number: Decimal, tokens: list[Token]) -> str:
    at = next(place for place, token in enumerate(tokens) if token[0] == "exponent")
    mantissa, rest = tokens[:at], tokens[at + 1 :]
    whole = sum(kind == "digit" for kind, _ in takewhile(lambda token: token[0] != "point", mantissa)) or 1
    power = number.adjusted() if number else 0
    power = power - power % whole if whole > 1 else power
    figure = _decimal(number.scaleb(-power), mantissa, 0)
    if whole == 1 and figure.lstrip("-").startswith("10"):
        power += 1
        figure = _decimal(number.scaleb(-power), mantissa, 0)
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    return figure + "E" + sign + _decimal(Decimal(abs(power)), rest, 0)


def general(number: Decimal) -> str:
    """A number as a cell without a format shows it."""
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** 15:
        return f"{int(number)}"
    return format(float(number), ".15g")


def _numerals(digits: str, kind: int, *, spoken: bool) -> str:
    return numeral(digits, kind, spoken=spoken) if kind else digits
