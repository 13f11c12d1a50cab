"""The pages in docs/changes name what there is; ``make changes`` follows them, whole and with each step left out."""

import re

import pytest

from tests.changes.page import FOLDER, PAGES, load_page
from tests.changes.scratch import PROJECT, changed

NAMED = re.compile(r"`((?:tests|flows|schemas|sql|docs)/[^`\[<>]+)`")
EACH = pytest.mark.parametrize("name", PAGES)


@EACH
def test_every_step_can_be_done_and_says_what_fails_without_it(name):
    page = load_page(name)
    assert [step.heading for step in page.steps] == [row.heading for row in page.forgotten]
    made = {step.place for step in page.steps if any(kind != "diff" for kind, _ in step.blocks)}
    for step in page.steps:
        start = PROJECT / (step.copy or step.place)
        if step.command or step.place in made:
            assert step.command or not start.exists(), f"{name}: {step.place} is there already"
            continue
        text = start.read_text("utf-8")
        for _, diff in step.blocks:
            text = changed(text, diff)


@EACH
def test_every_path_and_test_that_is_named_is_there(name):
    page = load_page(name)
    made = {step.place: "".join(block for _, block in step.blocks) for step in page.steps}
    for named in page.tests | set(NAMED.findall((FOLDER / f"{name}.md").read_text("utf-8"))):
        path, *names = named.split("::")
        assert path in made or (PROJECT / path).exists(), named
        if names:
            code = (PROJECT / path).read_text("utf-8") if (PROJECT / path).exists() else made[path]
            assert f"def {names[-1]}(" in code, named
