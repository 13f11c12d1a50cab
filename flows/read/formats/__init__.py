"""Formats: what a file is by its content, and its bytes as grids, one a sheet."""

from flows.read.formats.contents import Contents, Fingerprint, FoundFile, fingerprint, take
from flows.read.formats.detect import Source, identify, open_source
from flows.read.formats.formulas import Formulas, formulas
from flows.read.formats.grid import CellValue, Grid, Place
from flows.read.formats.open import grids_of, open_grids
from flows.read.formats.package import UNPACKING
from flows.read.formats.refusal import SAVE_AGAIN, Deferred, Unreadable, damaged
from flows.read.formats.safe_xml import XML_PARSER, refuse_doctype
from flows.read.formats.saved import saved_at
from flows.read.formats.signatures import Kind
from flows.read.formats.xls_records import NO_TEXT

__all__ = [
    "NO_TEXT",
    "SAVE_AGAIN",
    "UNPACKING",
    "XML_PARSER",
    "CellValue",
    "Contents",
    "Deferred",
    "Fingerprint",
    "Formulas",
    "FoundFile",
    "Grid",
    "Kind",
    "Place",
    "Source",
    "Unreadable",
    "damaged",
    "fingerprint",
    "formulas",
    "grids_of",
    "identify",
    "open_grids",
    "open_source",
    "refuse_doctype",
    "saved_at",
    "take",
]
