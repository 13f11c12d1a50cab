"""XML from strangers: parsed so that nothing outside of it is fetched and nothing in it is expanded."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO

from lxml import etree

from flows.read.formats.refusal import Unreadable, damaged

XML_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How every XML part is parsed."""

PROLOG = 4096
"""Bytes at the beginning of a document in which it says what it is."""

_NOT_OF_HTML = re.compile(r"<!doctype(?!\s+html\b)|<!doctype[^>\[]*\[|<!entity\b", re.IGNORECASE)

_SEAM = 2 * len("<!DOCTYPE")
"""Bytes of one piece and the next in which a declaration may be cut in two."""

_DECLARATIONS = tuple(
    word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be") for word in ("<!DOCTYPE", "<!doctype")
)
"""How a document type begins; all but the first two hold zero bytes."""

_BROKEN = "XML 内容有误或不完整"
_DECLARED = "文件内含有 XML 实体声明（DTD），有安全风险，不予打开。请用 Excel 或 WPS 重新制作后报送。"


def refuse_doctype(data: bytes) -> None:
    """Refuse an XML document that declares a document type, wherever: no office program writes one into a workbook.

    Raises:
        Unreadable: it does.
    """
    plain, other = _DECLARATIONS[:2]
    if plain in data or other in data or (b"\0" in data and any(word in data for word in _DECLARATIONS)):
        raise Unreadable(_DECLARED)


def refuse_doctype_within(pieces: Iterable[bytes]) -> None:
    """As :func:`refuse_doctype`, of a document that is not held whole but given in pieces, one after the other."""
    seam = b""
    for piece in pieces:
        refuse_doctype(seam + piece[:_SEAM])
        refuse_doctype(piece)
        seam = (seam + piece[-_SEAM:])[-_SEAM:]


def refuse_doctype_of_page(page: str) -> None:
    """Refuse a web page that declares another document type than HTML's own, or anything of its own within it."""
    if _NOT_OF_HTML.search(page):
        raise Unreadable(_DECLARED)


def walk(xml: IO[bytes], events: tuple[str, ...], tags: str | tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """The ``events`` (start, end) of the elements called one of ``tags``, with the element.

    Raises:
        Unreadable: the document declares a document type, in whatever encoding.
        etree.XMLSyntaxError: it is no XML, or is cut off.
    """
    first = True
    for event, element in etree.iterparse(xml, events=events, tag=tags, **XML_PARSER):
        if first:
            _refuse_declared(element)
            first = False
        yield event, element


def _refuse_declared(element: etree._Element) -> None:
    """Refuse what the parser found declared, which knows more encodings than are worth looking for."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_DECLARED)


def parse(xml: bytes) -> etree._Element:
    """The root of the document ``xml``.

    Raises:
        Unreadable: it is no XML, is cut off, or declares a document type.
    """
    try:
        root = etree.fromstring(xml, etree.XMLParser(**XML_PARSER))
    except etree.XMLSyntaxError as error:
        raise damaged(_BROKEN) from error
    _refuse_declared(root)
    return root


def elements(xml: bytes, name: str) -> Iterator[etree._Element]:
    """The elements called ``name``, each forgotten when the next is asked for.

    Raises:
        Unreadable: the document is no XML, is cut off, or declares a document type.
    """
    try:
        for _, element in walk(io.BytesIO(xml), ("end",), "{*}" + name):
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        raise damaged(_BROKEN) from error
