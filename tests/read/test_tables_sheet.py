"""Cells as a person sees them."""

import pytest

from flows.read.tables.sheet import as_filed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (20.0, "20"),
        (60.5, "60.5"),
        (28055500001.0, "28055500001"),
        (True, "TRUE"),
        (" 水利\u3000", "水利"),
        ("\u200b", ""),
    ],
)
def test_cells_are_filed_as_a_person_sees_them(value, text):
    assert as_filed(value) == text
