"""A blank form that checks itself, and the same filled in by an office program: once for all tests of a worker."""

from pathlib import Path

import pytest

from flows.publish import write_submission
from tests.office import Office
from tests.publish.template.filled_in import FilledIn, fill_in
from tests.publish.template.rows import CASES, JOINING
from tests.reference_folder import registers_in
from tests.year import BOOK


@pytest.fixture(scope="package")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form as the command writes it for one unit."""
    path = tmp_path_factory.mktemp("form") / "申报表.xlsx"
    write_submission(path, BOOK, registers_in(), "四川省农业农村厅")
    return path


@pytest.fixture(scope="package")
def cases(libreoffice: Office, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> FilledIn:
    """The form filled in with the rows that just pass and just fail."""
    return fill_in(libreoffice, blank, tmp_path_factory.mktemp("filled") / "申报表.xlsx", CASES, JOINING)
