"""What Excel would complain about in a workbook, as far as can be told without it: the schemas and relations, which a library knows,
and what no schema says: places, indices and the limits of Excel."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openxml_audit import OpenXmlValidator

from tests import formats

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ROWS, COLUMNS = 1_048_576, 16_384
MOST = {"hyperlink": 65_530, "dataValidation": 65_534, "brk": 1_023, "xf": 64_000}
"""Element → how many of them Excel keeps in one part."""
LONGEST = {"t": 32_767, "f": 8_192, "formula1": 8_192}
"""Element → most UTF-16 units of its text."""
LONGEST_LIST = 257
"""Characters of the words to choose from that are written out, with their quotation marks."""
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_NAME = re.compile(r"[\w\\][\w.\\?]*")
_NOT_IN_NAMES_OF_SHEETS = re.compile(r"[\[\]:*?/\\]")
HARMLESS = (
    ("/xl/styles.xml", "Unexpected element 'color' found"),  # the schema has the parts of a font in any order
    ("", "inline-string"),  # Excel saves such texts elsewhere; they are sound
)
"""Part, and what is said of it that no program minds."""


def faults(path: Path) -> list[str]:
    """What is wrong with a workbook, a line a fault."""
    told = [
        f"{error.part_uri}: {error.description}"
        for error in OpenXmlValidator().validate(path).errors
        if not any((error.part_uri or "").endswith(part) and said in error.description for part, said in HARMLESS)
    ]
    return [*told, *unschematic(formats.parts(path.read_bytes()))]


def unschematic(parts: dict[str, bytes]) -> Iterator[str]:
    """The faults of a package that no schema knows; its ``parts`` by name."""
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    yield from _untyped(roots["[Content_Types].xml"], parts)
    styles, workbook = roots["xl/styles.xml"], roots["xl/workbook.xml"]
    looks, dxfs = (len(styles.findall(f"{MAIN}{kind}/*")) for kind in ("cellXfs", "dxfs"))
    yield from _names(workbook)
    for name, root in roots.items():
        for element, most in MOST.items():
            if (count := sum(1 for _ in root.iter(f"{MAIN}{element}"))) > most:
                yield f"{name}: {count} times {element}"
        for element, most in LONGEST.items():
            for found in root.iter(f"{MAIN}{element}"):
                if len((found.text or "").encode("utf-16-le")) > 2 * most:
                    yield f"{name}: a text of {element} is too long"
        if name.startswith("xl/worksheets/sheet"):
            yield from (f"{name}: {told}" for told in _sheet(root, looks, dxfs))


def _untyped(types: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    own = {f"{given.get('PartName')}".lower() for given in types.iter(f"{TYPES}Override")}
    usual = {f"{given.get('Extension')}".lower(): given.get("ContentType") for given in types.iter(f"{TYPES}Default")}
    for name in parts:
        extension = name.rpartition(".")[2].lower()
        typed = f"/{name}".lower() in own or usual.get(extension, "application/xml") != "application/xml"
        if not typed and name != "[Content_Types].xml" and not name.startswith("customXml/"):
            yield f"{name}: nothing says what it is"


def _names(workbook: etree._Element) -> Iterator[str]:
    sheets = [str(sheet.get("name")) for sheet in workbook.iter(f"{MAIN}sheet")]
    for name in sheets:
        if not 1 <= len(name) <= 31 or _NOT_IN_NAMES_OF_SHEETS.search(name) or name[0] == "'" or name[-1] == "'":
            yield f"a sheet cannot be called {name}"
    if len({name.casefold() for name in sheets}) < len(sheets):
        yield "two sheets are called alike"
    for name in (str(defined.get("name")) for defined in workbook.iter(f"{MAIN}definedName")):
        if not _NAME.fullmatch(name) or len(name) > 255:
            yield f"nothing can be called {name}"


def _sheet(root: etree._Element, looks: int, dxfs: int) -> Iterator[str]:
    above = 0
    for row in root.iter(f"{MAIN}row"):
        number, before = int(row.get("r")), 0
        if not above < number <= ROWS:
            yield f"row {number} after row {above}"
        above = number
        for cell in row.iter(f"{MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r"))
            column = column_index_from_string(place[1]) if place else 0
            if not place or int(place[2]) != number or not before < column <= COLUMNS:
                yield f"cell {cell.get('r')} in row {number} after column {before}"
            before = column
            if int(cell.get("s", 0)) >= looks:
                yield f"cell {cell.get('r')} has look {cell.get('s')} of {looks}"
    yield from (
        f"a look {rule.get('dxfId')} of {dxfs}"
        for rule in root.iter(f"{MAIN}cfRule")
        if int(rule.get("dxfId", -1)) >= dxfs
    )
    for listed in root.iter(f"{MAIN}dataValidation"):
        words = listed.findtext(f"{MAIN}formula1") or ""
        if listed.get("type") == "list" and words.startswith('"') and len(words) > LONGEST_LIST:
            yield "a list of words is too long"
    covered: set[tuple[int, int]] = set()
    for merged in root.iter(f"{MAIN}mergeCell"):
        left, top, right, bottom = range_boundaries(merged.get("ref"))
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if covered & cells:
            yield f"merged cells {merged.get('ref')} overlap others"
        covered |= cells


def with_change(path: Path, part: str, before: str, after: str) -> dict[str, bytes]:
    """The parts of a workbook, the first ``before`` in one of them made ``after``."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert before in text
    return parts | {part: text.replace(before, after, 1).encode()}
