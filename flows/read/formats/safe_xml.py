"""XML from strangers: parsed so that nothing outside of it is fetched and nothing in it is expanded."""

import io
import re
from collections.abc import Iterator

from lxml import etree

from flows.read.formats.refusal import Unreadable, damaged

XML_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How every XML part is parsed."""

PROLOG = 4096
"""Bytes at the beginning of a document in which a document type is looked for."""

_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)  # in UTF-8 and in UTF-16
_BROKEN = "XML 内容有误或不完整"


def refuse_doctype(data: bytes) -> None:
    """Refuse an XML document that declares a document type: no office program writes one into a workbook.

    Raises:
        Unreadable: it does.
    """
    if _DOCTYPE.search(data[:PROLOG]):
        raise Unreadable("文件内含有 XML 实体声明（DTD），有安全风险，不予打开。请用 Excel 或 WPS 重新制作后报送。")


def parse(xml: bytes) -> etree._Element:
    """The root of the document ``xml``.

    Raises:
        Unreadable: it is no XML, or is cut off.
    """
    try:
        return etree.fromstring(xml, etree.XMLParser(**XML_PARSER))
    except etree.XMLSyntaxError as error:
        raise damaged(_BROKEN) from error


def elements(xml: bytes, name: str) -> Iterator[etree._Element]:
    """The elements called ``name``, each forgotten when the next is asked for.

    Raises:
        Unreadable: the document is no XML, or is cut off.
    """
    try:
        for _, element in etree.iterparse(io.BytesIO(xml), events=("end",), tag="{*}" + name, **XML_PARSER):
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        raise damaged(_BROKEN) from error
