"""A number format of Excel in its parts: sections, each with its condition, its literals and its places for digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>[Ee][+-])|(?P<meridiem>(?i:am/pm|a/p)|上午/下午)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(?P<how><=|>=|<>|<|>|=)(?P<than>-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?)")
_SPAN = re.compile(r"(?i:h+|m+|s+)")
_DATE_LETTERS = frozenset("yYmMdDhHsSeE")

Token = tuple[str, str]
"""What a token is (``literal``, ``digit``, ``point``, ``comma``, ``percent``, ``text``, ``general``, ``exponent``, ``slash``)
and its characters."""


@dataclass
class Section:
    """One section: ``condition`` an operator and a number, ``numerals`` which Chinese numerals it writes (1 一, 2 壹, 3 full
    width), ``moment`` where it makes a date or a time of the number."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    moment: bool = False

    def has(self, kind: str) -> bool:
        """Whether it has a token of the ``kind``."""
        return any(token[0] == kind for token in self.tokens)

    def holds(self, number: Decimal) -> bool:
        """Whether its condition holds for ``number``; so it does where it has none."""
        if self.condition is None:
            return True
        how, than = self.condition
        return {
            "<": number < than,
            ">": number > than,
            "=": number == than,
            "<=": number <= than,
            ">=": number >= than,
            "<>": number != than,
        }[how]


@lru_cache(maxsize=2_000)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a number format."""
    found = [Section()]
    for kind, text in _tokens(code):
        section = found[-1]
        if kind == "semicolon":
            found.append(Section())
        elif kind == "bracket":
            _bracket(section, text)
        elif kind == "date":
            section.moment = True
        else:
            section.tokens.append((kind, text))
    return tuple(found[:4])


def _tokens(code: str) -> Iterator[Token]:
    for match in _TOKENS.finditer(code):
        kind, text = str(match.lastgroup), match[match.lastgroup or 0]
        if kind in ("quoted", "escaped"):
            yield "literal", text
        elif kind == "space":
            yield "literal", " "
        elif kind in ("bracket", "general", "exponent"):
            yield kind, text
        elif kind == "meridiem":
            yield "date", text
        elif kind == "other":
            yield _other(text)


def _other(character: str) -> Token:
    known = {";": "semicolon", ".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}
    if character in known:
        return known[character], character
    if character in "0#?":
        return "digit", character
    return "date" if character in _DATE_LETTERS else "literal", character


def _bracket(section: Section, text: str) -> None:
    """[=1], [$€-2], [DBNum1], [h]; a colour shows in no text."""
    if condition := _CONDITION.fullmatch(text.strip()):
        section.condition = condition["how"], Decimal(condition["than"])
    elif text.startswith("$"):
        section.tokens.append(("literal", text[1:].split("-")[0]))
    elif text.lower().startswith("dbnum") and text[5:].isdecimal():
        section.numerals = int(text[5:])
    elif _SPAN.fullmatch(text):
        section.moment = True
