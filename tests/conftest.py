"""Fixtures of more than one room, and the skips that are never silent."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from flows.handover import exchange
from tests.office import Office, python_with_uno
from tests.once import Once
from tests.small_disk import small_disk  # noqa: F401 a fixture

if TYPE_CHECKING:
    from tests.command import Command
    from tests.first_nights import FirstNights

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of some hundred processes compiles the program for itself

NO_SKIPS = "HUIZONG_NO_SKIPS"
"""Set where every program outside Python must be there: a missing one then fails the test instead of skipping it."""


SLOW_FIXTURES = {"soffice", "libreoffice", "huizong", "first_nights"}
"""What uses them is slow."""

SECONDS_AT_MOST = 2.0
"""What takes longer and is not marked slow is named at the end of ``make quick``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what works with programs outside Python."""
    for item in items:
        if SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay to the end: the garbage collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; skips the test where it is absent."""
    return program("soffice", "LibreOffice")


@pytest.fixture(scope="session")
def libreoffice(soffice: str) -> Iterator[Office]:
    """LibreOffice that works on workbooks, one for all tests; skips the test where its Python is absent."""
    python = python_with_uno(soffice)
    if python is None:
        absent("LibreOffice's Python (uno)")
    office = Office(soffice, python)
    yield office
    office.close()


def program(name: str, title: str) -> str:
    """The path of a program outside Python; skips the test loudly where it is absent."""
    found = shutil.which(name)
    if found is None:
        absent(f"{title} ({name})")
    return found


def absent(title: str) -> NoReturn:
    """Skip a test that needs what is not here; fail it where nothing may be skipped."""
    missing = f"{title} is not installed here: this test has not run"
    pytest.fail(missing) if os.environ.get(NO_SKIPS) else pytest.skip(missing)


@pytest.fixture(scope="session", autouse=True)
def _not_waiting_for_the_disk() -> Iterator[None]:
    """Within the tests' own process nothing is lost when the machine's power fails: bringing outputs to the disk costs more
    than all else that a small night does."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exchange, "_sync", lambda *_: None)
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Makes what costs much once for all workers."""
    return Once(tmp_path_factory, worker_id)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What nights have read and found, for nights of other tests over the same files (:func:`tests.nights.night`)."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def first_nights(once: Once) -> "FirstNights":
    """The first two nights of a new installation, run by the real command; to be looked at alone."""
    from tests.first_nights import run, told

    return told(once.folder("first_nights", run))


@pytest.fixture(scope="session")
def state(first_nights: "FirstNights", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder of the worker's own, in which Prefect has its database."""
    return shutil.copytree(first_nights.state, tmp_path_factory.mktemp("state"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def huizong(state: Path) -> "Command":
    """Runs the real command in a process of its own: ``huizong("nightly", "--inputs", folder)``."""
    from tests.command import Command

    return Command(state)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the end which tests were skipped and why, and which keep the quick ones waiting, whatever the verbosity."""
    for report in terminalreporter.stats.get("skipped", []):
        where, _, why = report.longrepr if isinstance(report.longrepr, tuple) else ("", 0, str(report.longrepr))
        terminalreporter.write_line(f"SKIPPED {report.nodeid or where}: {why}", yellow=True)
    if config.option.markexpr == "not slow":
        for report in terminalreporter.getreports("passed"):
            if report.duration > SECONDS_AT_MOST:
                terminalreporter.write_line(
                    f"TO BE MARKED slow ({report.duration:.1f} s): {report.nodeid}", yellow=True
                )
