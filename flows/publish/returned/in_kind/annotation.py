"""One workbook being marked: what is changed, in which of its parts."""

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml import etree

from flows.publish.returned.in_kind.cells import Cells
from flows.publish.returned.in_kind.comments import Comments
from flows.publish.returned.in_kind.drawing import with_shapes, without_shapes
from flows.publish.returned.in_kind.earlier_letter import is_letter, marked_by, shared_strings
from flows.publish.returned.in_kind.letter_part import letter_xml
from flows.publish.returned.in_kind.package import Parts
from flows.publish.returned.in_kind.sheet_list import SheetList
from flows.publish.returned.in_kind.styles import Styles
from flows.publish.returned.letter import AUTHOR, Letter, Mark, said_of
from schemas.sheets import LETTER

_STRICT, _TRANSITIONAL = (
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_SELECTED = re.compile(rb"""(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*["'](?:1|true)["']""")


class Annotation:
    """One workbook being marked."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.parts = Parts(package)
        self.book_path = self.parts.related("", "officeDocument") or "xl/workbook.xml"
        self.book = self.parts.tree(self.book_path)
        self.space = str(etree.QName(self.book).namespace)
        self.relations_space = _STRICT if "purl.oclc.org" in self.space else _TRANSITIONAL
        self.styles_path = self.parts.related(self.book_path, "styles") or self._new_styles()
        self.styles = Styles(self.parts.tree(self.styles_path))
        self.sheets = SheetList(self.parts, self.book_path)
        self.behind: dict[tuple[str, str], str] = {}
        """The cells marked, by sheet and A1 → what they were filled with before."""

    def done(self, marks: Sequence[Mark], letter: Letter) -> bytes:
        """The bytes of the workbook with ``marks`` on its cells and ``letter`` in it."""
        before = self._take_away_earlier_letter()
        by_sheet: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            by_sheet[mark.sheet].append(mark)
        for name, path in self.sheets.paths().items():
            old = {cell: behind for (sheet, cell), behind in before.items() if sheet == name}
            self._mark_sheet(path, by_sheet[name], old)
        for path, kind in self.parts.relations(self.book_path).values():
            if kind in ("worksheet", "chartsheet", "dialogsheet") and path in self.parts:
                self._unselect(path)
        self.sheets.put_first(LETTER.name, self._letter_part(letter), self.relations_space)
        self.parts.put(self.styles_path, self.styles.root)
        self.parts.put(self.book_path, self.book)
        return self.parts.packed()

    def _new_styles(self) -> str:
        path = posixpath.join(posixpath.dirname(self.book_path), "styles.xml")
        self.parts.relate(self.book_path, path, "styles", self.relations_space)
        self.parts.put(path, etree.Element(f"{{{self.space}}}styleSheet", nsmap={None: self.space}))
        return path

    def _unselect(self, path: str) -> None:
        """Only the letter is selected: with two sheets selected, what is typed into one goes into both."""
        data = self.parts.read(path)
        changed = _SELECTED.sub(rb"\1", data)
        if changed != data:
            self.parts.write(path, changed)

    def _mark_sheet(self, path: str, marks: Sequence[Mark], before: Mapping[str, str]) -> None:
        """``before`` are the cells that an earlier letter marked, with what they were filled with until then."""
        comments_path = self.parts.related(path, "comments")
        commented_before = comments_path is not None and AUTHOR in "".join(self.parts.tree(comments_path).itertext())
        if not marks and not commented_before and not before:
            return
        cells = Cells(self.parts.tree(path), self.styles)
        comments = Comments(self.parts.tree(comments_path) if comments_path else None, self.space)
        gone = comments.take_away_whole()
        for cell in dict.fromkeys((*before, *gone, *comments.cut_added())):
            cells.unfill(cells.anchor(cell), before.get(cell, ""))
        by_cell: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            by_cell[cells.anchor(mark.cell)].append(mark)
        boxes = []
        for cell, said in by_cell.items():
            severity, text = said_of(said)
            behind = cells.fill(cell, severity)
            self.behind |= {(mark.sheet, mark.cell): behind for mark in said}
            if comments.add(cell, text):
                boxes.append((cell, text))
        self._draw(path, cells, gone, boxes)
        if comments_path is None:
            comments_path = self.parts.unused(posixpath.join(posixpath.dirname(self.book_path), "comments{}.xml"))
            self.parts.relate(path, comments_path, "comments", self.relations_space)
        self.parts.put(comments_path, comments.root)
        self.parts.put(path, cells.root)

    def _draw(self, path: str, cells: Cells, gone: list[str], boxes: list[tuple[str, str]]) -> None:
        """The boxes of the comments: in the drawing that the sheet has for them, or in a new one."""
        identity = cells.comment_drawing
        if identity is None:
            drawing_path = self.parts.unused(
                posixpath.join(posixpath.dirname(self.book_path), "drawings/vmlDrawing{}.vml")
            )
            new = self.parts.relate(path, drawing_path, "vmlDrawing", self.relations_space)
            cells.draw_comments(new, self.relations_space)
            drawing = None
        else:
            drawing_path = self.parts.relations(path)[identity][0]
            drawing = without_shapes(self.parts.read(drawing_path).decode("utf-8", "surrogateescape"), gone)
        self.parts.write(drawing_path, with_shapes(drawing, boxes).encode("utf-8", "surrogateescape"))

    def _letter_part(self, letter: Letter) -> str:
        """A new part with the letter."""
        path = self.parts.unused(posixpath.join(posixpath.dirname(self.book_path), "worksheets/sheet{}.xml"))
        self.parts.write(path, letter_xml(letter, self.space, self.styles.letter(), self.behind))
        return path

    def _take_away_earlier_letter(self) -> dict[tuple[str, str], str]:
        """Remove the letter of an earlier night; the cells that it was about with what they were filled with."""
        path = self.sheets.paths().get(LETTER.name)
        if path is None:
            return {}
        texts = shared_strings(self.parts, self.book_path)
        if not is_letter(self.parts.tree(path), texts):
            return {}
        marked = marked_by(self.parts.tree(path), texts)
        self.sheets.remove(LETTER.name)
        return marked
