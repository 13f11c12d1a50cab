"""Formats: what a file is by its content, and its bytes as grids, one a sheet."""

from flows.read.formats.detect import Source, open_source
from flows.read.formats.formulas import Formulas, formulas
from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.open import open_grids
from flows.read.formats.refusal import SAVE_AGAIN, Unreadable, damaged
from flows.read.formats.safe_xml import XML_PARSER, refuse_doctype
from flows.read.formats.signatures import Kind
from flows.read.formats.xls_records import NO_TEXT

__all__ = [
    "NO_TEXT",
    "SAVE_AGAIN",
    "XML_PARSER",
    "CellValue",
    "Formulas",
    "Grid",
    "Kind",
    "Place",
    "Source",
    "Unreadable",
    "damaged",
    "formulas",
    "open_grids",
    "open_source",
    "refuse_doctype",
]
