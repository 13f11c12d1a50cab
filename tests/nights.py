"""Whole nights for tests: the flow's own page, its tasks called as plain functions, so that Prefect is not the subject."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
from prefect import Task, unmapped

from flows import nightly as page
from flows import prefect_home, warehouse
from flows.nightly import Outcome
from flows.settings import Guards, Settings
from schemas.yearbook import Yearbook
from tests.reference_folder import registers_in
from tests.year import BOOK

INPUTS = Path(__file__).resolve().parents[1] / "inputs"
STARTED = datetime(2019, 12, 2, 1)


def night(
    inputs: Path,
    outputs: Path,
    started_at: datetime = STARTED,
    report: Callable[[str], None] = lambda _: None,
    guards: Guards = Guards(),  # noqa: B008 it never changes
    book: Yearbook = BOOK,
    full: bool = False,
    accept_fall: bool = False,
    kept: Path | None = None,
) -> Outcome:
    """One night of the year of ``book`` over ``inputs`` into ``outputs``. It takes from ``kept``, where that is given, what
    nights of other tests have read and found in the same files."""
    settings = Settings(
        book.year,
        inputs.absolute(),
        outputs.absolute(),
        outputs / ".state",
        guards=guards,
        full=full,
        accept_fall=accept_fall,
    )
    references = registers_in(settings.reference)
    if kept and not (settings.state / "kept").is_symlink():
        settings.state.mkdir(parents=True, exist_ok=True)
        (settings.state / "kept").symlink_to(kept)
    with _plain_steps():
        return page.nightly.fn(settings, book, references, started_at, report)


def view(outputs: Path, name: str) -> pd.DataFrame:
    """A table or view of the warehouse that the nights into ``outputs`` filled."""
    with warehouse.read_warehouse(outputs / "warehouse.duckdb") as connection:
        return warehouse.view(connection, name)


@contextmanager
def without_prefect() -> Iterator[None]:
    """Within, the command runs its night as a plain function: no server is started or asked for."""
    with (
        _plain_steps(),
        patch.object(page, "nightly", page.nightly.fn),
        patch.object(prefect_home, "settle_prefect", lambda _: None),
        patch.object(prefect_home, "reach_server", lambda: None),
    ):
        yield


@contextmanager
def _plain_steps() -> Iterator[None]:
    """Within, the steps of the page are the functions that they wrap."""
    steps = {name: step for name, step in vars(page).items() if isinstance(step, Task)}
    vars(page).update({name: _Plain(step.fn) for name, step in steps.items()})
    try:
        yield
    finally:
        vars(page).update(steps)


@dataclass(frozen=True)
class _Plain:
    """A step without Prefect: called, at once or to be asked for later, or mapped over batches."""

    step: Callable[..., Any]

    def __call__(self, *arguments: Any) -> Any:
        return self.step(*arguments)

    def submit(self, *arguments: Any) -> "_Results":
        return _Results(self(*arguments))

    def map(self, batches: Iterable[Any], *others: unmapped) -> "_Results":
        return _Results([self.step(batch, *(other.value for other in others)) for batch in batches])


@dataclass(frozen=True)
class _Results:
    values: Any

    def result(self) -> Any:
        return self.values
