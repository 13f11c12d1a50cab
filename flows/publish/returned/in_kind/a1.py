"""Cells and areas of a sheet part by their names in A1 form."""

import re

from lxml import etree

from schemas.cells import a1, cell_code

A1 = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def place_of(cell: str) -> tuple[int, int]:
    """Row (as Excel counts) and column (from 0) of a cell in A1 form."""
    found = A1.fullmatch(cell.replace("$", "").upper())
    if found is None:
        raise ValueError(cell)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def name_of(row: int, column: int) -> str:
    """The A1 form of the cell at ``row`` and ``column``."""
    return str(a1(cell_code(row, column)))


def area_of(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of a reference such as ``B2:C5``."""
    first, _, last = reference.partition(":")
    return (*place_of(first), *place_of(last or first))


def tag_of(element: etree._Element) -> str:
    """The name of an element without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
