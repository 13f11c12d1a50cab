"""Work behind the wall, good and bad. Workers import this module, so that it imports little."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.read.formats.refusal import Unreadable
from flows.read.one_file import FileReader, Opened
from flows.read.tables import FileReading
from flows.read.wall import answers
from flows.settings import ReadLimits


def walled(work: Any, items: Sequence[Any], limits: ReadLimits, workers: int) -> list[Any]:
    """What each item gives behind the wall, in their order."""
    given = dict(answers(work, items, limits, workers))
    return [given[place] for place in range(len(items))]


@dataclass(frozen=True)
class Opening:
    """Work behind the wall that is done once the file is opened with ``deed``."""

    deed: Callable[[Path, ReadLimits], Any]

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, path: Path, limits: ReadLimits) -> Any:
        return self.deed(path, limits)

    def read(self, opened: Any) -> Any:
        return opened


def act(path: Path, limits: ReadLimits) -> str | object:
    """Do what the file's name says."""
    deed = path.name.split("-")[0]
    if deed == "refuse":
        raise Unreadable("这是图片。")
    if deed == "hang":
        while True:
            pass
    if deed == "nap":
        time.sleep(1)
    if deed == "sleep":
        time.sleep(60)
    if deed == "devour":
        return bytes(2**40)
    if deed == "abort":
        os.abort()
    if deed == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if deed == "leave":
        os._exit(3)
    if deed == "exit":
        sys.exit(0)
    if deed == "break":
        raise RuntimeError("违反预期")
    if deed == "unpicklable":
        return threading.Lock()
    if deed == "process":
        return os.getpid()
    return path.name


def begin(path: Path, _limits: ReadLimits) -> int:
    """Say in the file who reads it, and work for a while."""
    if not path.is_absolute():
        return os.getpid()
    path.with_name("new").write_text(str(os.getpid()))
    path.with_name("new").rename(path)
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    return os.getpid()


class Deadly:
    """Work that kills its worker before that can say that it is ready."""

    def prepare(self) -> None:
        """Never comes to this."""

    def open(self, path: Path, limits: ReadLimits) -> None:
        """Nor to this."""

    def read(self, opened: None) -> None:
        """Nor to this."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def named(path: Path, _limits: object) -> str:
    return path.name


@dataclass(frozen=True)
class Clumsy(Opening):
    """Work that breaks on what it opened well, where the name begins with ``bad``."""

    def read(self, opened: str) -> str:
        if opened.startswith("bad"):
            raise KeyError("nobody thought of this")
        return opened


class Breaks(Opening):
    """Work that breaks while it opens the file, as a parser does on bytes that nobody thought of."""

    def open(self, path: Path, limits: object) -> object:
        raise ZeroDivisionError


class ClumsyReader(FileReader):
    """The program, if it broke on sheets called 坏."""

    def read(self, opened: Opened) -> FileReading:
        assert all(grid.sheet != "坏" for grid in opened.grids)
        return super().read(opened)

    def __reduce__(self) -> tuple[Any, ...]:
        return ClumsyReader, (self.words,)
