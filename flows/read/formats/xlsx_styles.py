"""What the styles of an Excel workbook (xlsx) make of the values of its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from lxml import etree

from flows.read.formats.number_formats import code_of, forms
from flows.read.formats.safe_xml import parse
from flows.read.formats.shown.styles import Style

_USUAL = 2**16
"""Bytes of the largest part of styles that is remembered: offices copy their forms, and the styles with them."""


@dataclass(frozen=True)
class Styles:
    """The cell styles by number: of each its number format (``numbers``, of which ``codes`` are the workbook's own); and those
    whose cells may show something else than their bare values (``telling``)."""

    codes: Mapping[int, str] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    telling: Mapping[str, Style] = field(default_factory=dict)

    @cached_property
    def forms(self) -> list[str]:
        """What each makes of a number; see :func:`number_formats.forms`."""
        return forms(self.codes, self.numbers)


def styles_in(xml: bytes) -> Styles:
    """The cell styles in the part ``xml``.

    Raises:
        Unreadable: it is no XML.
        ValueError: its numbers are none.
    """
    return _remembered(xml) if len(xml) <= _USUAL else _styles(xml)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property such as ``strike`` is there and not switched off."""
    return element is not None and element.get("val", "1") not in ("0", "false")


def _styles(xml: bytes) -> Styles:
    root = parse(xml)
    written = root.iterfind("{*}numFmts/{*}numFmt")
    codes = {int(element.get("numFmtId", -1)): element.get("formatCode", "") for element in written}
    struck = [is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    numbers, telling = [], {}
    for place, xf in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        number, font = int(xf.get("numFmtId", 0)), int(xf.get("fontId", 0))
        numbers.append(number)
        style = Style(code_of(number, codes), struck=font < len(struck) and struck[font])
        if style.tells:
            telling[str(place)] = style
    return Styles(codes, numbers, telling)


_remembered = lru_cache(maxsize=50)(_styles)
