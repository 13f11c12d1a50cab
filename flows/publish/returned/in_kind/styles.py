"""The styles of an xlsx while more are added: the fill of a problem cell, and the looks of the letter."""

import re
from copy import deepcopy

from lxml import etree

from flows.publish.returned.in_kind.a1 import tag_of
from flows.publish.returned.in_kind.letter_part import LetterStyles
from flows.publish.returned.letter import FILLS

_STYLE_SECTIONS = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_BLANK_STYLES = {
    "fonts": '<fonts xmlns="{0}" count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>',
    "fills": '<fills xmlns="{0}" count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    "borders": '<borders xmlns="{0}" count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    "cellStyleXfs": '<cellStyleXfs xmlns="{0}" count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    "cellXfs": '<cellXfs xmlns="{0}" count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
}
_LETTER_FONT = '<font xmlns="{0}">{1}<sz val="{2}"/>{3}<name val="{4}"/></font>'
_FILLS = {severity: f"FF{rgb}" for severity, rgb in FILLS.items()}
_COLOUR = re.compile(r"(rgb|theme|indexed|tint|auto)=([^,]+)")


class Styles:
    """The styles of a workbook; more are added, none is changed or renumbered."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.space = etree.QName(root).namespace
        for name in _BLANK_STYLES:
            self._section(name)
        self._made: dict[tuple[int, str], int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The style that is ``style`` with the fill of a problem cell."""
        return self._filled(style, f"rgb={_FILLS[severity]}")

    def behind(self, style: int) -> str:
        """The colour that ``style`` fills a cell with, told as ``rgb=FFEEDDAA`` or ``theme=4,tint=0.5``; empty for none."""
        fill = self._fill_of(style)
        colour = fill.find("{*}patternFill[@patternType='solid']/{*}fgColor") if fill is not None else None
        return ",".join(f"{key}={value}" for key, value in colour.attrib.items()) if colour is not None else ""

    def cleared(self, style: int, behind: str) -> int:
        """The style that ``style`` was before it was marked, where it is marked; ``behind`` as :meth:`behind` told it."""
        marked = self.behind(style) in {f"rgb={rgb}" for rgb in _FILLS.values()}
        return self._filled(style, behind) if marked else style

    def letter(self) -> LetterStyles:
        """The styles of the letter."""
        plain, bold, line = self._font(10), self._font(10, bold=True), self._thin_border()
        return LetterStyles(
            title=self._style(self._font(16, bold=True, name="黑体"), horizontal="center"),
            remark=self._style(plain),
            header=self._style(bold, fill=self._solid({"rgb": "FFDCE6F1"}), border=line, horizontal="center"),
            cell=self._style(plain, border=line),
            link=self._style(self._font(10, link=True), border=line),
            severity={word: self._style(bold, self._solid({"rgb": rgb}), line) for word, rgb in _FILLS.items()},
        )

    def _section(self, name: str) -> etree._Element:
        found = self.root.find(f"{{*}}{name}")
        if found is not None and len(found):
            return found
        made = etree.fromstring(_BLANK_STYLES[name].format(self.space))
        if found is not None:
            self.root.replace(found, made)
            return made
        later = {*_STYLE_SECTIONS[_STYLE_SECTIONS.index(name) + 1 :]}
        place = next((i for i, part in enumerate(self.root) if tag_of(part) in later), len(self.root))
        self.root.insert(place, made)
        return made

    def _add(self, section: str, element: etree._Element) -> int:
        """Add ``element``; its number."""
        parts = self._section(section)
        parts.append(element)
        number = len(parts) - 1
        parts.set("count", str(number + 1))
        return number

    def _xf(self, style: int) -> etree._Element:
        styles = self._section("cellXfs")
        return styles[style] if 0 <= style < len(styles) else styles[0]

    def _fill_of(self, style: int) -> etree._Element | None:
        fills, number = self._section("fills"), int(self._xf(style).get("fillId", 0))
        return fills[number] if number < len(fills) else None

    def _filled(self, style: int, colour: str) -> int:
        """The style that is ``style`` with this fill, as :meth:`behind` tells it."""
        if (style, colour) not in self._made:
            xf = deepcopy(self._xf(style))
            xf.set("fillId", str(self._solid(dict(_COLOUR.findall(colour))) if colour else 0))
            xf.set("applyFill", "1")
            self._made[style, colour] = self._add("cellXfs", xf)
        return self._made[style, colour]

    def _solid(self, colour: dict[str, str]) -> int:
        fill = etree.Element(f"{{{self.space}}}fill")
        pattern = etree.SubElement(fill, f"{{{self.space}}}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{{{self.space}}}fgColor", colour)
        etree.SubElement(pattern, f"{{{self.space}}}bgColor", indexed="64")
        return self._add("fills", fill)

    def _font(self, size: int, *, bold: bool = False, link: bool = False, name: str = "宋体") -> int:
        weight = "<b/>" if bold else ""
        colour = '<color rgb="FF0563C1"/>' if link else ""
        underline = "<u/>" if link else ""
        xml = _LETTER_FONT.format(self.space, weight + underline, size, colour, name)
        return self._add("fonts", etree.fromstring(xml))

    def _thin_border(self) -> int:
        sides = "".join(f'<{s} style="thin"><color rgb="FFBFBFBF"/></{s}>' for s in ("left", "right", "top", "bottom"))
        return self._add("borders", etree.fromstring(f'<border xmlns="{self.space}">{sides}<diagonal/></border>'))

    def _style(self, font: int, fill: int = 0, border: int = 0, horizontal: str = "left") -> int:
        xml = (
            f'<xf xmlns="{self.space}" numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="{horizontal}" vertical="center" wrapText="1"/></xf>'
        )
        return self._add("cellXfs", etree.fromstring(xml))
