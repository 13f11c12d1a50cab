"""A unit's own xlsx with problem cells filled and commented and a first sheet added; every other part stays as it was.

The package is changed where it must be and nowhere else: the sheet parts with problem cells, their comments and the
drawings of these, the styles (added to, never renumbered), the list of sheets. Charts, pictures, drop-downs, conditional
formats, print set-up, macros and whatever else an office program put in are passed on byte for byte.
"""

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from flows.publish.letter import (
    ADVICE_SHEET,
    AUTHOR,
    COLUMNS,
    LINK_COLUMN,
    SHEET_COLUMN,
    Letter,
    Mark,
    letter_xml,
    said_of,
)
from flows.publish.marks import A1, Cells, Comments, Styles, with_shapes, without_shapes
from flows.read import XML_PARSER, damaged, refuse_doctype

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "application/vnd.openxmlformats-officedocument."
_TYPE_OF = {
    "worksheet": _TYPES + "spreadsheetml.worksheet+xml",
    "comments": _TYPES + "spreadsheetml.comments+xml",
    "styles": _TYPES + "spreadsheetml.styles+xml",
    "vmlDrawing": _TYPES + "vmlDrawing",
}
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT, _TRANSITIONAL = (
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_SELECTED = re.compile(rb"""(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*["'](?:1|true)["']""")
_NEW_PART = (1980, 1, 1, 0, 0, 0)


def annotate(data: bytes, marks: Sequence[Mark], letter: Letter) -> bytes:
    """The workbook in ``data`` (a package that reading has found sound) with ``marks`` on its cells and ``letter`` as its first sheet.

    What an earlier letter had marked and added is taken away first, since the workbook may be one that was sent back. The
    same input gives the same bytes.

    Raises:
        Unreadable: the package is built in a way that cannot be changed safely.
    """
    try:
        return _Annotation(zipfile.ZipFile(io.BytesIO(data))).done(marks, letter)
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        IndexError,
        StopIteration,
        AttributeError,
    ) as error:
        raise damaged("工作簿的内部结构与常见的不同") from error


class _Parts:
    """The package while it is changed: new bytes by name over what it had."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.members = {info.filename: info for info in package.infolist()}
        self.changed: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self._trees: dict[str, etree._Element] = {}
        self._put: set[str] = set()

    def __contains__(self, name: str) -> bool:
        new = name in self.changed or name in self._put
        return new or (name in self.members and name not in self.dropped)

    def read(self, name: str) -> bytes:
        if name in self._put:
            return etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        data = self.changed[name] if name in self.changed else self.package.read(name)
        refuse_doctype(data)
        return data

    def tree(self, name: str) -> etree._Element:
        """The root of a part, to be read; what is changed in it counts once it is :meth:`put`."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.read(name), etree.XMLParser(**XML_PARSER))
        return self._trees[name]

    def put(self, name: str, root: etree._Element) -> None:
        self._trees[name] = root
        self._put.add(name)

    def unused(self, pattern: str) -> str:
        """The first name of ``pattern`` (with ``{}`` for a number) that no part has."""
        taken = {name.lower() for name in (*self.members, *self.changed, *self._put)}
        return next(name for n in range(1, 10_000) if (name := pattern.format(n)).lower() not in taken)

    def write(self, name: str, data: bytes) -> None:
        """Put ``data`` in the place of what a part was."""
        self.changed[name] = data
        self._trees.pop(name, None)
        self._put.discard(name)

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.changed.pop(name, None)
            self._put.discard(name)
            self.dropped.add(name)

    def packed(self) -> bytes:
        """The package with its parts in the order they had, the new ones last."""
        written = io.BytesIO()
        old = [name for name in self.members if name not in self.dropped]
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in dict.fromkeys((*old, *sorted({*self.changed, *self._put}))):
                known = self.members.get(name)
                info = zipfile.ZipInfo(name, known.date_time if known else _NEW_PART)
                info.compress_type = known.compress_type if known else zipfile.ZIP_DEFLATED
                new = name in self.changed or name in self._put
                archive.writestr(info, self.read(name) if new else self.package.read(name))
        return written.getvalue()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (part, kind) of what ``part`` refers to inside the package."""
        rels = _rels_of(part)
        if rels not in self:
            return {}
        folder = posixpath.dirname(part)
        return {
            element.get("Id", ""): (
                _target(folder, element.get("Target", "")),
                element.get("Type", "").rsplit("/", 1)[-1],
            )
            for element in self.tree(rels).iterfind("{*}Relationship")
            if element.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> str | None:
        """The part of ``kind`` that ``part`` refers to."""
        return next((path for path, k in self.relations(part).values() if k == kind and path in self), None)

    def relate(self, part: str, target: str, kind: str, space: str) -> str:
        """Make ``part`` refer to ``target``, a new part; the id of the relation."""
        rels = _rels_of(part)
        blank = etree.Element(f"{{{_PACKAGE_RELATIONS}}}Relationships", nsmap={None: _PACKAGE_RELATIONS})
        root = self.tree(rels) if rels in self else blank
        taken = {relation.get("Id") for relation in root}
        identity = next(name for n in range(1, 10_000) if (name := f"rIdAdvice{n}") not in taken)
        added = etree.SubElement(root, f"{{{_PACKAGE_RELATIONS}}}Relationship", Id=identity)
        added.set("Type", f"{space}/{kind}")
        added.set("Target", "/" + target)
        self.put(rels, root)
        types = self.tree(_CONTENT_TYPES)
        added = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override", PartName="/" + target)
        added.set("ContentType", _TYPE_OF[kind])
        self.put(_CONTENT_TYPES, types)
        return identity

    def forget(self, part: str, identity: str) -> None:
        """Take away what ``part`` refers to as ``identity``, and what only that refers to."""
        path = self.relations(part)[identity][0]
        root = self.tree(_rels_of(part))
        for relation in [r for r in root.iterfind("{*}Relationship") if r.get("Id") == identity]:
            root.remove(relation)
        self.put(_rels_of(part), root)
        gone = {path, _rels_of(path), *(target for target, _ in self.relations(path).values())}
        types = self.tree(_CONTENT_TYPES)
        for override in [o for o in types.iterfind("{*}Override") if o.get("PartName", "").lstrip("/") in gone]:
            types.remove(override)
        self.put(_CONTENT_TYPES, types)
        self.drop(name for name in gone if name in self)


class _Annotation:
    """One workbook being marked."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.parts = _Parts(package)
        self.book_path = self.parts.related("", "officeDocument") or "xl/workbook.xml"
        self.book = self.parts.tree(self.book_path)
        self.space = str(etree.QName(self.book).namespace)
        self.relations_space = _STRICT if "purl.oclc.org" in self.space else _TRANSITIONAL
        self.styles_path = self.parts.related(self.book_path, "styles") or self._new_styles()
        self.styles = Styles(self.parts.tree(self.styles_path))
        self.behind: dict[tuple[str, str], str] = {}

    def done(self, marks: Sequence[Mark], letter: Letter) -> bytes:
        before = self._take_away_old_letter()
        paths = self._paths()
        by_sheet: dict[str, list[Mark]] = defaultdict(list)
        for mark in marks:
            by_sheet[mark.sheet].append(mark)
        for name, path in paths.items():
            old = {cell: behind for (sheet, cell), behind in before.items() if sheet == name}
            self._mark_sheet(path, by_sheet[name], old)
        for path, kind in self.parts.relations(self.book_path).values():
            if kind in ("worksheet", "chartsheet", "dialogsheet") and path in self.parts:
                self._unselect(path)
        self._add_letter(letter)
        self.parts.put(self.styles_path, self.styles.root)
        self.parts.put(self.book_path, self.book)
        return self.parts.packed()

    def _new_styles(self) -> str:
        path = posixpath.join(posixpath.dirname(self.book_path), "styles.xml")
        self.parts.relate(self.book_path, path, "styles", self.relations_space)
        self.parts.put(path, etree.Element(f"{{{self.space}}}styleSheet", nsmap={None: self.space}))
        return path

    def _sheets(self) -> list[etree._Element]:
        return list(self.book.iterfind("{*}sheets/{*}sheet"))

    def _paths(self) -> dict[str, str]:
        """Name → part of each sheet of cells."""
        related = self.parts.relations(self.book_path)
        found = {sheet.get("name", ""): related[_relation_of(sheet)] for sheet in self._sheets()}
        return {name: path for name, (path, kind) in found.items() if kind == "worksheet"}

    def _unselect(self, path: str) -> None:
        """Only the letter is selected: with two sheets selected, what is typed into one goes into both."""
        data = self.parts.read(path)
        changed = _SELECTED.sub(rb"\1", data)
        if changed != data:
            self.parts.write(path, changed)

    def _mark_sheet(self, path: str, marks: Sequence[Mark], before: Mapping[str, str]) -> None:
        """``before`` are the cells that an earlier letter marked, with what they were filled with until then."""
        comments_path = self.parts.related(path, "comments")
        ours_before = comments_path is not None and AUTHOR in "".join(self.parts.tree(comments_path).itertext())
        if not marks and not ours_before and not before:
            return
        cells = Cells(self.parts.tree(path), self.styles)
        comments = Comments(self.parts.tree(comments_path) if comments_path else None, self.space)
        gone = comments.take_away_ours()
        for cell in dict.fromkeys((*before, *gone, *comments.cut_ours())):
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

    def _add_letter(self, letter: Letter) -> None:
        taken = {sheet.get("name") for sheet in self._sheets()}
        name = next(n for n in (ADVICE_SHEET, *(f"{ADVICE_SHEET}{i}" for i in range(2, 99))) if n not in taken)
        path = self.parts.unused(posixpath.join(posixpath.dirname(self.book_path), "worksheets/sheet{}.xml"))
        identity = self.parts.relate(self.book_path, path, "worksheet", self.relations_space)
        self.parts.write(path, letter_xml(letter, self.space, self.styles.letter(), self.behind))
        number = 1 + max(int(sheet.get("sheetId", 0)) for sheet in self._sheets())
        added = etree.Element(f"{{{self.space}}}sheet", name=name, sheetId=str(number))
        added.set(f"{{{self.relations_space}}}id", identity)
        self._sheets()[0].addprevious(added)
        self._shift_local_names(1, since=0)
        for view in self.book.iterfind("{*}bookViews/{*}workbookView"):
            view.attrib.pop("activeTab", None)
            view.attrib.pop("firstSheet", None)

    def _take_away_old_letter(self) -> dict[tuple[str, str], str]:
        """Remove the letter of an earlier night; the cells that it was about with what they were filled with."""
        related = self.parts.relations(self.book_path)
        for place, sheet in enumerate(self._sheets()):
            identity = _relation_of(sheet)
            if sheet.get("name") == ADVICE_SHEET and self._is_letter(related[identity][0]):
                marked = self._marked_by(related[identity][0])
                sheet.getparent().remove(sheet)
                self._drop_local_names(place)
                self._shift_local_names(-1, since=place)
                self.parts.forget(self.book_path, identity)
                return marked
        return {}

    def _is_letter(self, path: str) -> bool:
        """Whether the sheet is ours: a unit may have one of the same name."""
        shared = self._shared_strings()
        return any(AUTHOR in _text_of(cell, shared) for cell in self.parts.tree(path).iter("{*}c"))

    def _shared_strings(self) -> list[str]:
        strings = self.parts.related(self.book_path, "sharedStrings")
        return ["".join(item.itertext()) for item in self.parts.tree(strings).iterfind("{*}si")] if strings else []

    def _marked_by(self, path: str) -> dict[tuple[str, str], str]:
        """The cells (sheet, A1) that a letter was about, with what they were filled with before."""
        shared = self._shared_strings()
        last = chr(ord("A") + len(COLUMNS))
        marked: dict[tuple[str, str], str] = {}
        for row in self.parts.tree(path).iterfind("{*}sheetData/{*}row"):
            texts = {cell.get("r", "").rstrip("0123456789"): _text_of(cell, shared) for cell in row.iterfind("{*}c")}
            sheet, cell = (texts.get(chr(ord("A") + place), "") for place in (SHEET_COLUMN, LINK_COLUMN))
            if sheet and A1.fullmatch(cell):
                marked[sheet, cell] = texts.get(last, "")
        return marked

    def _drop_local_names(self, place: int) -> None:
        for name in list(self.book.iterfind("{*}definedNames/{*}definedName")):
            if name.get("localSheetId") == str(place):
                name.getparent().remove(name)
        names = self.book.find("{*}definedNames")
        if names is not None and not len(names):
            self.book.remove(names)

    def _shift_local_names(self, by: int, since: int) -> None:
        """Names of one sheet, its print area for one, tell it by its place among the sheets."""
        for name in self.book.iterfind("{*}definedNames/{*}definedName"):
            place = name.get("localSheetId")
            if place is not None and int(place) >= since:
                name.set("localSheetId", str(int(place) + by))


def _text_of(cell: etree._Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "s":
        return shared[int(cell.findtext("{*}v", "0"))]
    return "".join(cell.itertext())


def _relation_of(sheet: etree._Element) -> str:
    return next(value for key, value in sheet.attrib.items() if etree.QName(key).localname == "id")


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(unquote(joined.replace("\\", "/"))).lstrip("/")
