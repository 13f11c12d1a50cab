"""The desk at which the tests of decisions sit."""

import pytest

from tests.desk import Desk, without_wall


@pytest.fixture
def quick(monkeypatch):
    """Workbooks are opened in this process: they do no harm."""
    for room in ("decide.workbooks", "decide.own_workbooks", "read.found"):
        monkeypatch.setattr(f"flows.{room}.read_behind_wall", without_wall)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.close()
