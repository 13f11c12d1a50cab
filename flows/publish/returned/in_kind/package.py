"""The package of an xlsx while it is changed: its parts, and what refers to what."""

import io
import posixpath
import zipfile
from collections.abc import Iterable
from urllib.parse import unquote

from lxml import etree

from flows.read import XML_PARSER, refuse_doctype

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "application/vnd.openxmlformats-officedocument."
_TYPE_OF = {
    "worksheet": _TYPES + "spreadsheetml.worksheet+xml",
    "comments": _TYPES + "spreadsheetml.comments+xml",
    "styles": _TYPES + "spreadsheetml.styles+xml",
    "vmlDrawing": _TYPES + "vmlDrawing",
}
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NEW_PART = (1980, 1, 1, 0, 0, 0)


class Parts:
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
        """The bytes of a part as they are now."""
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
        """Let a part be what ``root`` is when the package is packed."""
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
        """Leave these parts out."""
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


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(unquote(joined.replace("\\", "/"))).lstrip("/")
