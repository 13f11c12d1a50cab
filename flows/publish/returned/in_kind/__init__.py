"""A unit's own xlsx with problem cells filled and commented and a first sheet added; every other part stays as it was.

The package is changed where it must be and nowhere else: the sheet parts with problem cells, their comments and the
drawings of these, the styles (added to, never renumbered), the list of sheets. Charts, pictures, drop-downs, conditional
formats, print set-up, macros and whatever else an office program put in are passed on byte for byte.
"""

import io
import zipfile
from collections.abc import Sequence

from lxml import etree

from flows.publish.returned.in_kind.annotation import Annotation
from flows.publish.returned.letter import Letter, Mark
from flows.read import UNPACKING, damaged


def annotate(data: bytes, marks: Sequence[Mark], letter: Letter) -> bytes:
    """The workbook in ``data`` (a package that reading has found sound) with ``marks`` on its cells and ``letter`` as its first sheet.

    What an earlier letter had marked and added is taken away first, since the workbook may be one that was sent back. The
    same input gives the same bytes.

    Raises:
        Unreadable: the package is built in a way that cannot be changed safely.
    """
    try:
        return Annotation(zipfile.ZipFile(io.BytesIO(data))).done(marks, letter)
    except (*UNPACKING, etree.XMLSyntaxError, KeyError, ValueError, IndexError, StopIteration, AttributeError) as error:
        raise damaged("工作簿的内部结构与常见的不同") from error
