"""A page of ``docs/changes`` as its steps and as what it says fails when one of them is forgotten.

A heading ``### `path``` is a place to change: the block below it shows the change (``diff``, its parts divided by ``@@``) or, for
a new file, the whole of it; ``a copy of `other``` says from what the file is made first. A heading ``### `make docs``` or
``### `python -m …``` is a command to run. ``NNNN`` stands for the next migration's number. ``## Try it`` has commands that then
work. The table under ``## When a step is forgotten`` has a row a heading: the tests that fail, and in 「…」 what is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "changes"
PAGES = ("column", "rule", "table", "sheet", "format", "year")
COMMANDS = ("make ", "python -m ")

_STEP = re.compile(r"^### (`([^`]+)`[^\n]*)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_COPY = re.compile(r"a copy of `([^`]+)`")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (`[^|]+) \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[^`]+)`")
_SAID = re.compile("「(.+?)」")
_QUICK = re.compile(r"^python -m pytest (.+)$", re.MULTILINE)
_TRIED = re.compile(r"^huizong (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A change of the file ``place``, or the command ``place``; ``blocks`` are (kind, text), ``copy`` the file that it begins as."""

    heading: str
    place: str
    copy: str | None
    blocks: tuple[tuple[str, str], ...]

    @property
    def command(self) -> bool:
        """Whether it is a command to run."""
        return self.place.startswith(COMMANDS)


@dataclass(frozen=True)
class Forgotten:
    """What is told of the step of ``heading`` that was left out: each of ``tests`` fails, and ``says`` is said."""

    heading: str
    tests: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page: its ``steps`` in order, the arguments of the commands that are ``tried``, a row of ``forgotten`` for each step,
    and the ``quick`` arguments of pytest at its end."""

    name: str
    steps: tuple[Step, ...]
    tried: tuple[str, ...]
    forgotten: tuple[Forgotten, ...]
    quick: tuple[str, ...]

    @property
    def tests(self) -> set[str]:
        """Every test that the page names, without what is in brackets."""
        named = {test for row in self.forgotten for test in row.tests} | set(self.quick)
        return {test.partition("[")[0] for test in named if test.startswith("tests/")}


def load_page(name: str) -> Page:
    """The page ``docs/changes/<name>.md``."""
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    todo, _, table = text.partition("## When a step is forgotten\n")
    todo, _, tried = todo.partition("## Try it\n")
    quick = _QUICK.findall(table)[0].split()
    return Page(name, tuple(_steps(todo)), tuple(_TRIED.findall(tried)), tuple(_rows(table)), tuple(quick))


def _steps(text: str) -> Iterator[Step]:
    for heading, place, body in _STEP.findall(text):
        copy = _COPY.search(heading)
        yield Step(heading, place, copy and copy[1], tuple(_BLOCK.findall(body)))


def _rows(text: str) -> Iterator[Forgotten]:
    for heading, told in _ROW.findall(text):
        yield Forgotten(heading, tuple(_TEST.findall(told)), tuple(_SAID.findall(told)))
