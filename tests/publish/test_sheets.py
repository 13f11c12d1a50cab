"""A sheet is declared once: what shows it, what reads it back and what tells of it all follow the declaration."""

from pathlib import Path

import pytest

from schemas.sheets import WORKBOOKS
from tests.looks import NOTICE, A, Night, write_with  # noqa: F401

DECLARED = [pytest.param(sheet, id=f"{book}-{sheet.name}") for book, sheets in WORKBOOKS.items() for sheet in sheets]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "sheets.md"
