"""Fixtures of the tests of reading."""

from pathlib import Path

import pytest

from flows.read.formats.grid import Grid
from flows.read.formats.open import open_grids
from flows.references import References
from flows.settings import ReadLimits
from tests.read.workbooks import LIMITS
from tests.reference_folder import registers_in


@pytest.fixture
def opened(tmp_path: Path):
    """Opens bytes as a file of any name."""

    def open_bytes(data: bytes, name: str = "表.bin", limits: ReadLimits = LIMITS) -> list[Grid]:
        path = tmp_path / name
        path.write_bytes(data)
        return open_grids(path, limits)

    return open_bytes


@pytest.fixture(scope="session")
def references() -> References:
    return registers_in()
