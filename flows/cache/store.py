"""The folder of kept results: one file a result, written whole or not at all."""

import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Generic, Self, TypeVar, cast

from flows.cache.code import code_digest
from flows.disk import written_at
from flows.settings import Settings

T = TypeVar("T")

_FOLDER = "kept"
_FOR_DAYS = 7
"""How long a result is kept that no night asks for."""
_SIZE, _AT_ONCE = 8, 2**20
"""Bytes before a kept file that say how many it has, and those that are copied at once."""
_WHOLE_NIGHTS = 3
"""Of how many nights the results of steps are kept that are done once a night, over everything."""


@dataclass(frozen=True)
class Kept(Generic[T]):
    """A result and the ``key`` that it is kept under: whatever is made of it depends on the key alone."""

    key: str
    value: T


@dataclass(frozen=True)
class Cache:
    """Results below ``folder`` (None: nothing is kept). ``anew``: none is taken that was not made here, each is made and kept for
    later nights.

    What lies there was pickled by this program in a folder that only it may write. A result that cannot be read, or
    written where the disk is full, is made once more: that costs time and nothing else.
    """

    folder: Path | None
    anew: bool = False
    _made: set[str] = field(default_factory=set, compare=False, repr=False)
    _tonight: dict[str, tuple[Any]] = field(default_factory=dict, compare=False, repr=False)
    _once_a_night: set[str] = field(default_factory=set, compare=False, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """That of a project: below its state folder."""
        return cls(settings.state / _FOLDER, anew=settings.full)

    def step(
        self, name: str, depends: object, make: Callable[[], T], usable: Callable[[T], bool] = lambda _: True
    ) -> Kept[T]:
        """The result of the step ``name``, done once a night, which depends on ``depends`` (see :mod:`flows.cache.digests`) and on the
        code alone; made once more where a kept one is not ``usable``."""
        self._once_a_night.add(name)
        key = self.key(name, depends)
        found = self.get(key)
        if found is None or not usable(found[0]):
            found = (make(),)
            self.put(key, found)
        return Kept(key, found[0])

    def file(self, name: str, depends: object, path: Path, write: Callable[[Path], None]) -> None:
        """The file that the step ``name`` writes to ``path``, as :meth:`step` gives a result. It never stands in memory."""
        self._once_a_night.add(name)
        key = self.key(name, depends)
        if not self._brought(key, path):
            write(path)
            self._write(key, lambda file: _copy_in(path, file))

    def key(self, name: str, depends: object) -> str:
        """What a result is kept under."""
        from flows.cache.digests import digest  # it imports pandas, which not everybody needs who has a cache

        return f"{name}-{digest(code_digest(), depends)}"

    def get(self, key: str) -> tuple[Any] | None:
        """A kept result, alone in a tuple; None where there is none."""
        if key in self._tonight:
            return self._tonight[key]
        path = self._kept_at(key)
        if path is None:
            return None
        try:
            found = pickle.loads(path.read_bytes())  # noqa: S301 the program's own
            os.utime(path)
        except Exception:  # noqa: BLE001 whatever is wrong with it, the result can be made once more
            return None
        return found if isinstance(found, tuple) else None

    def has(self, key: str) -> bool:
        """Whether there is a kept result, which need not be read for that."""
        path = self._kept_at(key)
        return key in self._tonight or (path is not None and path.is_file())

    def put(self, key: str, result: tuple[Any]) -> None:
        """Keep a result."""
        self._write(key, lambda file: pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL))

    def _write(self, key: str, write: Callable[[BinaryIO], None]) -> None:
        """Keep what ``write`` writes, whole or not at all."""
        if self.folder is None:
            return
        path = self._place(self.folder, key)
        unfinished: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                unfinished = Path(file.name)
                write(cast("BinaryIO", file))
            unfinished.replace(path)
            self._made.add(key)
        except OSError:
            if unfinished is not None:
                unfinished.unlink(missing_ok=True)

    def _brought(self, key: str, to: Path) -> bool:
        """Whether a kept file was brought ``to`` its place."""
        path = self._kept_at(key)
        if path is None:
            return False
        try:
            with path.open("rb") as kept, to.open("wb") as file:
                head = kept.read(_SIZE)
                shutil.copyfileobj(kept, file, _AT_ONCE)
                whole = len(head) == _SIZE and file.tell() == int.from_bytes(head, "big")
            os.utime(path)
        except OSError:
            return False
        return whole

    def put_for_tonight(self, key: str, result: tuple[Any]) -> None:
        """Keep a result that may be another one in the next night."""
        self._tonight[key] = result

    def forget(self) -> None:
        """Remove what no night has asked for in a while, and of what is made once a night all but the last few."""
        if self.folder is None or not self.folder.is_dir():
            return
        oldest = time.time() - _FOR_DAYS * 86_400
        for step in self.folder.iterdir():
            newest_first = sorted(((written_at(path) or 0, path) for path in step.glob("*")), reverse=True)
            kept = _WHOLE_NIGHTS if step.name in self._once_a_night else len(newest_first)
            for place, (used, path) in enumerate(newest_first):
                if place >= kept or used < oldest:
                    with suppress(OSError):
                        path.unlink()

    def _kept_at(self, key: str) -> Path | None:
        """Where a result would be kept that may be taken."""
        if self.folder is None or (self.anew and key not in self._made):
            return None
        return self._place(self.folder, key)

    @staticmethod
    def _place(folder: Path, key: str) -> Path:
        step, _, hashed = key.rpartition("-")
        return folder / step / hashed


def _copy_in(path: Path, to: BinaryIO) -> None:
    to.write(path.stat().st_size.to_bytes(_SIZE, "big"))
    with path.open("rb") as file:
        shutil.copyfileobj(file, to, _AT_ONCE)


NOTHING_KEPT = Cache(None)
"""No earlier night is asked, and none later will be told."""
