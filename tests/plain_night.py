"""Whole nights in this process: the flow's own page and steps, run as plain functions without Prefect's server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from prefect.tasks import Task

from flows import nightly as page
from flows.nightly import Outcome
from flows.references import load_references
from flows.settings import Settings
from schemas.linkage import load_linkage
from schemas.notice import load_notice


class _Plain:
    """A step whose ``map`` calls it for each batch, one after the other."""

    def __init__(self, step: Callable) -> None:
        self._step, self._results = step, []

    def __call__(self, *arguments, **named):
        return self._step(*arguments, **named)

    def map(self, batches, *rest):
        self._results = [self._step(batch, *(argument.value for argument in rest)) for batch in batches]
        return self

    def result(self) -> list:
        return self._results


def night(inputs: Path, outputs: Path, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """One night over ``inputs`` into ``outputs``."""
    settings = Settings(2020, inputs, outputs, outputs / ".state", workers=2)
    with _without_prefect():
        return page.nightly.fn(
            settings, load_notice(2020), load_references(settings.reference), load_linkage(), datetime.now(), tell
        )


@contextmanager
def _without_prefect() -> Iterator[None]:
    steps = {name: _Plain(step.fn) for name, step in vars(page).items() if isinstance(step, Task)}
    with patch.multiple(page, **steps):
        yield
