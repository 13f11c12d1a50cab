"""What marking a cell means in the parts of an xlsx: a style with another fill, a comment, and the drawing of the comment."""

import re
from copy import deepcopy

from lxml import etree

from flows.publish.letter import AUTHOR, FILLS, LetterStyles
from schemas.cells import a1, cell_code

SEPARATOR = f"———— {AUTHOR} ————"
"""Stands between a unit's own comment and what is added to it."""

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
_AFTER_LEGACY_DRAWING = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
}
A1 = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
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
        place = next((i for i, part in enumerate(self.root) if _local(part) in later), len(self.root))
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


class Cells:
    """The cells of a sheet part."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self.root, self.styles = root, styles
        self.space = etree.QName(root).namespace
        data = root.find("{*}sheetData")
        if data is None:
            raise ValueError("no sheetData")
        self._data = data
        self._rows = self._numbered_rows()
        self._merged = [_area(merge.get("ref", "")) for merge in root.iterfind("{*}mergeCells/{*}mergeCell")]

    def anchor(self, cell: str) -> str:
        """The cell that shows the value at ``cell``: the first of a merged area."""
        row, column = _place(cell)
        for first, left, last, right in self._merged:
            if first <= row <= last and left <= column <= right:
                return _name(first, left)
        return _name(row, column)

    def fill(self, cell: str, severity: str) -> str:
        """Give ``cell`` the fill of a problem; what it was filled with before (see :meth:`Styles.behind`)."""
        found = self._cell(cell)
        style = int(found.get("s", 0))
        found.set("s", str(self.styles.marked(style, severity)))
        return self.styles.behind(style)

    def unfill(self, cell: str, behind: str) -> None:
        """Take the fill of a problem from ``cell``; ``behind`` is what it was filled with before."""
        row, _ = _place(cell)
        if row not in self._rows:
            return
        found = next((c for c in self._rows[row] if c.get("r") == cell), None)
        if found is not None and found.get("s"):
            found.set("s", str(self.styles.cleared(int(found.get("s", 0)), behind)))

    def draw_comments(self, identity: str, relations_space: str) -> None:
        """Name the drawing of the comments, where the schema wants it."""
        element = etree.Element(f"{{{self.space}}}legacyDrawing")
        element.set(f"{{{relations_space}}}id", identity)
        place = next((i for i, part in enumerate(self.root) if _local(part) in _AFTER_LEGACY_DRAWING), len(self.root))
        self.root.insert(place, element)

    @property
    def comment_drawing(self) -> str | None:
        """The relation of the drawing that comments (and form controls) are in."""
        found = self.root.find("{*}legacyDrawing")
        if found is None:
            return None
        return next(value for key, value in found.attrib.items() if _name_of(key) == "id")

    def _numbered_rows(self) -> dict[int, etree._Element]:
        """Rows by number; a program may leave the numbers out."""
        rows: dict[int, etree._Element] = {}
        number = 0
        for row in self._data.iterfind("{*}row"):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            rows[number] = row
        return rows

    def _cell(self, cell: str) -> etree._Element:
        number, column = _place(cell)
        row = self._rows.get(number)
        if row is None:
            row = self._new_row(number)
        here, before = -1, 0
        for found in row.iterfind("{*}c"):
            here = _place(found.get("r", ""))[1] if found.get("r") else here + 1
            found.set("r", _name(number, here))
            if here == column:
                return found
            if here > column:
                break
            before += 1
        made = etree.Element(f"{{{self.space}}}c", r=cell)
        style = row.get("s") if row.get("customFormat") in ("1", "true") else self._column_style(column)
        if style:
            made.set("s", style)
        row.insert(before, made)
        return made

    def _new_row(self, number: int) -> etree._Element:
        row = etree.Element(f"{{{self.space}}}row", r=str(number))
        later = [n for n in self._rows if n > number]
        if later:
            self._rows[min(later)].addprevious(row)
        else:
            self._data.append(row)
        self._rows[number] = row
        return row

    def _column_style(self, column: int) -> str | None:
        for found in self.root.iterfind("{*}cols/{*}col"):
            if int(found.get("min", 0)) <= column + 1 <= int(found.get("max", 0)):
                return found.get("style")
        return None


class Comments:
    """The comments part of a sheet (or a new one)."""

    def __init__(self, root: etree._Element | None, space: str) -> None:
        self.space = space
        blank = f'<comments xmlns="{space}"><authors/><commentList/></comments>'
        self.root = etree.fromstring(blank) if root is None else root
        if self.root.find("{*}authors") is None or self.root.find("{*}commentList") is None:
            raise ValueError("no comments in it")

    def take_away_ours(self) -> list[str]:
        """Remove the comments that we wrote, known by how they begin; the cells that they were about."""
        gone = []
        for comment in list(self._list()):
            if "".join(comment.itertext()).lstrip().startswith(AUTHOR):
                self._list().remove(comment)
                gone.append(comment.get("ref", ""))
        return gone

    def cut_ours(self) -> list[str]:
        """Take what we added to a unit's own comment away again; the cells that it was about."""
        cells = []
        for comment in self._list():
            texts = list(comment.iter(f"{{{self.space}}}t"))
            place = next((n for n, text in enumerate(texts) if SEPARATOR in (text.text or "")), None)
            if place is None:
                continue
            texts[place].text = (texts[place].text or "").partition(SEPARATOR)[0].rstrip("\n")
            for text in texts[place + 1 :]:
                text.text = ""
            cells.append(comment.get("ref", ""))
        return cells

    def add(self, cell: str, text: str) -> bool:
        """Write ``text`` beside ``cell``; True where it needs a drawing of its own."""
        comment = next((c for c in self._list() if c.get("ref") == cell), None)
        if comment is not None:
            body = comment.find("{*}text")
            if body is None:
                body = etree.SubElement(comment, f"{{{self.space}}}text")
            body.append(self._run(f"\n{SEPARATOR}\n{text}"))
            return False
        comment = etree.SubElement(self._list(), f"{{{self.space}}}comment", ref=cell, authorId=str(self._our_number()))
        etree.SubElement(comment, f"{{{self.space}}}text").append(self._run(f"{AUTHOR}：\n{text}"))
        return True

    def _run(self, text: str) -> etree._Element:
        run = etree.Element(f"{{{self.space}}}r")
        shown = etree.SubElement(run, f"{{{self.space}}}t")
        shown.text = text
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _list(self) -> etree._Element:
        found = self.root.find("{*}commentList")
        assert found is not None  # noqa: S101
        return found

    def _authors(self) -> list[str]:
        return [author.text or "" for author in self.root.iterfind("{*}authors/{*}author")]

    def _our_number(self) -> int:
        authors = self._authors()
        if AUTHOR in authors:
            return authors.index(AUTHOR)
        section = self.root.find("{*}authors")
        assert section is not None  # noqa: S101
        etree.SubElement(section, f"{{{self.space}}}author").text = AUTHOR
        return len(authors)


_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f"<v:shape {_SPACES} "
    'id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:240pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ONE_SHAPE = re.compile(r"<((?:\w+:)?shape)\b.*?</\1>", re.DOTALL)
_AT_ROW, _AT_COLUMN = (re.compile(rf"<(?:\w+:)?{place}>\s*(\d+)\s*<") for place in ("Row", "Column"))
_SHAPE_NUMBER = re.compile(r"_x0000_s(\d+)")
_LAST_TAG = re.compile(r"</xml\s*>\s*\Z", re.IGNORECASE)


def with_shapes(drawing: str | None, cells: list[tuple[str, str]]) -> str:
    """The drawing (VML) of a sheet's comments with a box for each (cell, text)."""
    drawing = drawing or _DRAWING
    if not _LAST_TAG.search(drawing):
        raise ValueError("the drawing of the comments has no end")
    numbers = [int(number) for number in _SHAPE_NUMBER.findall(drawing)]
    number = max([1024, *numbers])
    added = "" if "_x0000_t202" in drawing else _SHAPE_TYPE
    for order, (cell, text) in enumerate(cells, start=1):
        row, column = _place(cell)
        lines = sum(1 + len(line) // 22 for line in text.split("\n"))
        added += _SHAPE.format(
            number=number + order,
            order=len(numbers) + order,
            height=14 * (lines + 1),
            left=column + 1,
            right=column + 5,
            top=max(0, row - 2),
            bottom=row + lines,
            row=row - 1,
            column=column,
        )
    return _LAST_TAG.sub(lambda end: added + end[0], drawing)


def without_shapes(drawing: str, cells: list[str]) -> str:
    """The drawing without the boxes of the comments at ``cells``."""
    gone = {_place(cell) for cell in cells}

    def kept(shape: re.Match[str]) -> str:
        row, column = _AT_ROW.search(shape[0]), _AT_COLUMN.search(shape[0])
        is_gone = row and column and (int(row[1]) + 1, int(column[1])) in gone
        return "" if is_gone else shape[0]

    return _ONE_SHAPE.sub(kept, drawing)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _name_of(key: str) -> str:
    return etree.QName(key).localname


def _place(cell: str) -> tuple[int, int]:
    """Row (as Excel counts) and column (from 0) of a cell in A1 form."""
    found = A1.fullmatch(cell.replace("$", "").upper())
    if found is None:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def _name(row: int, column: int) -> str:
    return str(a1(cell_code(row, column)))


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    return (*_place(first), *_place(last or first))
