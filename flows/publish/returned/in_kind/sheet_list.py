"""The workbook part of an xlsx: which sheets there are, in which order, and the names that belong to one of them."""

from lxml import etree

from flows.publish.returned.in_kind.package import Parts


class SheetList:
    """The sheets of the workbook whose part is ``path``, while one is added or removed."""

    def __init__(self, parts: Parts, path: str) -> None:
        self._parts, self._path = parts, path
        self._root = parts.tree(path)

    def paths(self) -> dict[str, str]:
        """Name → part of each sheet of cells."""
        related = self._parts.relations(self._path)
        found = {sheet.get("name", ""): related[_relation_of(sheet)] for sheet in self._sheets()}
        return {name: path for name, (path, kind) in found.items() if kind == "worksheet"}

    def put_first(self, name: str, path: str, relations_space: str) -> None:
        """Put the new part ``path`` before all others, called ``name`` or, where that is taken, like it."""
        taken = {sheet.get("name") for sheet in self._sheets()}
        free = next(n for n in (name, *(f"{name}{i}" for i in range(2, 99))) if n not in taken)
        identity = self._parts.relate(self._path, path, "worksheet", relations_space)
        number = 1 + max(int(sheet.get("sheetId", 0)) for sheet in self._sheets())
        space = etree.QName(self._root).namespace
        added = etree.Element(f"{{{space}}}sheet", name=free, sheetId=str(number))
        added.set(f"{{{relations_space}}}id", identity)
        self._sheets()[0].addprevious(added)
        self._shift_local_names(1, since=0)
        for view in self._root.iterfind("{*}bookViews/{*}workbookView"):
            view.attrib.pop("activeTab", None)
            view.attrib.pop("firstSheet", None)

    def remove(self, name: str) -> None:
        """Take away the sheet called ``name`` with its part and the names that belong to it."""
        place, sheet = next((n, sheet) for n, sheet in enumerate(self._sheets()) if sheet.get("name") == name)
        sheet.getparent().remove(sheet)
        self._drop_local_names(place)
        self._shift_local_names(-1, since=place)
        self._parts.forget(self._path, _relation_of(sheet))

    def _sheets(self) -> list[etree._Element]:
        return list(self._root.iterfind("{*}sheets/{*}sheet"))

    def _drop_local_names(self, place: int) -> None:
        for name in list(self._root.iterfind("{*}definedNames/{*}definedName")):
            if name.get("localSheetId") == str(place):
                name.getparent().remove(name)
        names = self._root.find("{*}definedNames")
        if names is not None and not len(names):
            self._root.remove(names)

    def _shift_local_names(self, by: int, since: int) -> None:
        """Names of one sheet, its print area for one, tell it by its place among the sheets."""
        for name in self._root.iterfind("{*}definedNames/{*}definedName"):
            place = name.get("localSheetId")
            if place is not None and int(place) >= since:
                name.set("localSheetId", str(int(place) + by))


def _relation_of(sheet: etree._Element) -> str:
    return next(value for key, value in sheet.attrib.items() if etree.QName(key).localname == "id")
