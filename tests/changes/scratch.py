"""A copy of the project in which a page is followed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.changes.page import Step

PROJECT = Path(__file__).resolve().parents[2]
_COPIED = (
    "flows",
    "schemas",
    "sql",
    "tests",
    "docs",
    "inputs",
    "README.md",
    "Makefile",
    "pyproject.toml",
    "constraints.txt",
    "constraints-scale.txt",
)
_HUNK = "@@\n"


class Scratch:
    """A copy of the project at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        for name in _COPIED:
            (shutil.copytree if (PROJECT / name).is_dir() else shutil.copy2)(PROJECT / name, path / name)
        (path / "outputs").mkdir()
        migrations = (path / "sql" / "migrations").glob("*.sql")
        self._next = f"{1 + max(int(file.name[:4]) for file in migrations):04}"

    def follow(self, steps: Sequence[Step]) -> list[str]:
        """Do the ``steps`` in order; what the commands said that failed."""
        return [said for step in steps for said in self._follow(step)]

    def pytest(self, *arguments: str) -> tuple[int, str]:
        """The exit status and what was said."""
        return self._run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments)

    def huizong(self, arguments: str) -> tuple[int, str]:
        """The exit status of a command and what was said."""
        return self._run("-m", "flows.cli", *arguments.split())

    def _follow(self, step: Step) -> Iterator[str]:
        if step.command:
            status, said = self._run(*self._command(step.place))
            if status:
                yield f"{step.place}: {said}"
            return
        path = self.path / step.place.replace("NNNN", self._next)
        if step.copy:
            shutil.copyfile(self.path / step.copy, path)
        for kind, block in step.blocks:
            if kind == "diff":
                path.write_text(changed(path.read_text("utf-8"), block), "utf-8")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block, "utf-8")

    def _command(self, command: str) -> list[str]:
        """The arguments of Python that a command comes to; those of ``make`` as the Makefile has them."""
        if command.startswith("make "):
            recipe = re.search(
                rf"^{command[5:]}: .*\n\t\$\(BIN\)/python (.+)$", (PROJECT / "Makefile").read_text("utf-8"), re.M
            )
            assert recipe, command
            return recipe[1].split()
        return command.split()[1:]

    def _run(self, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            env={**os.environ, "PYTHONPATH": str(self.path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


def changed(text: str, diff: str) -> str:
    """``text`` with the changes that ``diff`` shows; its hunks are parted by lines of @@.

    Raises:
        AssertionError: what a hunk starts from does not stand in ``text`` exactly once.
    """
    for hunk in diff.split(_HUNK):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
        after = "".join(line[1:] or "\n" for line in lines if not line.startswith("-"))
        assert ("\n" + text).count("\n" + before) == 1, f"not there exactly once:\n{before}"
        text = ("\n" + text).replace("\n" + before, "\n" + after)[1:]
    return text
