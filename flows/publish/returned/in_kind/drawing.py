"""The drawing (VML) of a sheet's comments: the box that each of them stands in."""

import re

from flows.publish.returned.in_kind.a1 import place_of

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
        row, column = place_of(cell)
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
    gone = {place_of(cell) for cell in cells}

    def kept(shape: re.Match[str]) -> str:
        row, column = _AT_ROW.search(shape[0]), _AT_COLUMN.search(shape[0])
        is_gone = row and column and (int(row[1]) + 1, int(column[1])) in gone
        return "" if is_gone else shape[0]

    return _ONE_SHAPE.sub(kept, drawing)
