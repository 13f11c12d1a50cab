"""What nights share that are made of the same things.

A night that is made of what the night before was made of has its rows, and shows what that night showed but for the name and the
day of the night. Nights one after the other of which each is made of what the one before was have one name in common; what any of
them has made is kept under it, and taken by the others without asking what it was made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from flows.cache.store import NOTHING_KEPT, Cache

T = TypeVar("T")

_NIGHT = "alike"


@dataclass(frozen=True)
class Alike:
    """Nights alike: the ``name`` that only they have (None: nothing is kept for others), and the number of the first of them,
    ``since``."""

    name: str | None
    since: int
    cache: Cache = NOTHING_KEPT

    def kept(
        self, what: str, make: Callable[[], T], usable: Callable[[T], bool] = lambda _: True, of: object = None
    ) -> T:
        """``what`` one of these nights has made (``of`` this, where there are several) and is ``usable`` here, else made here; it
        depends on the night's rows and on those of earlier nights alone."""
        if self.name is None:
            return make()
        return self.cache.step(f"{_NIGHT}_{what}", [self.name, of], make, usable).value

    def found(self, what: str) -> Any:
        """``what`` one of these nights has made; None where it is not kept."""
        found = None if self.name is None else self.cache.get(self.cache.key(f"{_NIGHT}_{what}", [self.name, None]))
        return None if found is None else found[0]

    def file(self, path: Path, write: Callable[[Path], None]) -> None:
        """The file at ``path`` as one of these nights wrote it, else what ``write`` writes; it depends on what :meth:`kept` does."""
        if self.name is None:
            write(path)
        else:
            self.cache.file(f"{_NIGHT}_{path.name}", self.name, path, write)


UNLIKE = Alike(None, 0)
"""A night alone."""


def alike_before(cache: Cache, made_of: str, run_id: str | None) -> Alike | None:
    """The nights with which tonight is one that is ``made_of`` what the hash says, after the night ``run_id``; None where that was
    made of other things, or nobody knows of what."""
    found = None if run_id is None else cache.get(cache.key(_NIGHT, [made_of, run_id]))
    if found is None:
        return None
    name, since = found[0]
    return Alike(name, since, cache)


def begin_alike(cache: Cache, number: int) -> Alike:
    """Nights of which that with this ``number`` is the first."""
    return Alike(uuid4().hex, number, cache)


def note_made_of(alike: Alike, made_of: str, run_id: str) -> None:
    """Write down of what the night ``run_id``, one of these, was made: it has ended."""
    alike.cache.put(alike.cache.key(_NIGHT, [made_of, run_id]), ((alike.name, alike.since),))
