"""Following a page whole, and with each of its steps left out."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.changes.page import Forgotten, Page, Step
from tests.changes.scratch import Scratch

NO_SUCH_TEST = ("ERROR: not found", "ERROR: file or directory not found", "no tests ran")


def followed(page: Page, folder: Path) -> list[str]:
    """What goes wrong where everything is done that ``page`` says: nothing, where the page holds."""
    scratch = Scratch(folder / page.name)
    wrong = scratch.follow(page.steps)
    for arguments in page.tried:
        status, said = scratch.huizong(arguments)
        wrong += [f"huizong {arguments}: {said}"] * bool(status)
    status, said = scratch.pytest(*page.quick)
    return wrong + [said] * bool(status)


def forgotten(page: Page) -> Iterator[tuple[str, str, list[str]]]:
    """Each step that the page has a row for, what fails without it, and what of that does not: nothing, where the page holds."""
    rows = {row.heading: row for row in page.forgotten}
    for step in page.steps:
        row = rows[step.heading]
        yield step.heading, ", ".join(row.tests), _without(step, row, page) if row.tests else []


def _without(step: Step, row: Forgotten, page: Page) -> list[str]:
    with TemporaryDirectory() as folder:
        scratch = Scratch(Path(folder) / page.name)
        scratch.follow([other for other in page.steps if other is not step])
        passed, told = [], ""
        for test in row.tests:
            status, said = scratch.pytest(test)
            told += said
            if status == 0 or any(sign in said for sign in NO_SUCH_TEST):
                passed.append(test)
        return passed + [f"not said: {said}" for said in row.says if said not in told]
