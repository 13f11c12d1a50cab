"""What costs much and is only looked at: made once for all workers of a test session."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


class Once:
    """Folders that the first worker to ask for one makes, and that every other one finds made."""

    def __init__(self, factory: pytest.TempPathFactory, worker: str) -> None:
        own = factory.getbasetemp()
        # Workers have their folders beside each other; without workers there is but the one.
        self._shared = (own if worker == "master" else own.parent) / "once"
        self._shared.mkdir(exist_ok=True)

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder ``name``, which ``make`` has filled. Nothing in it may be changed: tests change copies."""
        folder, made = self._shared / name, self._shared / f"{name}.made"
        with FileLock(self._shared / f"{name}.lock"):
            if not made.exists():
                folder.mkdir()
                make(folder)
                made.touch()
        return folder
