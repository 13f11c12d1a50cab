"""The cells of a sheet part: which of them shows a value, its fill, and where the sheet names the drawing of its comments."""

from lxml import etree

from flows.publish.returned.in_kind.a1 import area_of, name_of, place_of, tag_of
from flows.publish.returned.in_kind.styles import Styles

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
        self._merged = [area_of(merge.get("ref", "")) for merge in root.iterfind("{*}mergeCells/{*}mergeCell")]

    def anchor(self, cell: str) -> str:
        """The cell that shows the value at ``cell``: the first of a merged area."""
        row, column = place_of(cell)
        for first, left, last, right in self._merged:
            if first <= row <= last and left <= column <= right:
                return name_of(first, left)
        return name_of(row, column)

    def fill(self, cell: str, severity: str) -> str:
        """Give ``cell`` the fill of a problem; what it was filled with before (see :meth:`Styles.behind`)."""
        found = self._cell(cell)
        style = int(found.get("s", 0))
        found.set("s", str(self.styles.marked(style, severity)))
        return self.styles.behind(style)

    def unfill(self, cell: str, behind: str) -> None:
        """Take the fill of a problem from ``cell``; ``behind`` is what it was filled with before."""
        row, _ = place_of(cell)
        if row not in self._rows:
            return
        found = next((c for c in self._rows[row] if c.get("r") == cell), None)
        if found is not None and found.get("s"):
            found.set("s", str(self.styles.cleared(int(found.get("s", 0)), behind)))

    def draw_comments(self, identity: str, relations_space: str) -> None:
        """Name the drawing of the comments, where the schema wants it."""
        element = etree.Element(f"{{{self.space}}}legacyDrawing")
        element.set(f"{{{relations_space}}}id", identity)
        place = next((i for i, part in enumerate(self.root) if tag_of(part) in _AFTER_LEGACY_DRAWING), len(self.root))
        self.root.insert(place, element)

    @property
    def comment_drawing(self) -> str | None:
        """The relation of the drawing that comments (and form controls) are in."""
        found = self.root.find("{*}legacyDrawing")
        if found is None:
            return None
        return next(value for key, value in found.attrib.items() if etree.QName(key).localname == "id")

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
        number, column = place_of(cell)
        row = self._rows.get(number)
        if row is None:
            row = self._new_row(number)
        here, before = -1, 0
        for found in row.iterfind("{*}c"):
            here = place_of(found.get("r", ""))[1] if found.get("r") else here + 1
            found.set("r", name_of(number, here))
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
