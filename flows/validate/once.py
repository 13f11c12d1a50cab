"""What is made of a year's notice or of the registers, made once in a process: a small call shall not pay as a night does."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_From = TypeVar("_From")
_Made = TypeVar("_Made")
_KEPT = 8
"""Of how many things what is made of them is kept; a night has one notice."""


def once(make: Callable[[_From], _Made]) -> Callable[[_From], _Made]:
    """``make``, asked once for each object; neither that nor what is made of it may change."""
    kept: dict[int, tuple[_From, _Made]] = {}

    @wraps(make)
    def made(given: _From) -> _Made:
        found = kept.get(id(given))
        if found is None:
            if len(kept) >= _KEPT:
                kept.pop(next(iter(kept), 0), None)
            found = kept[id(given)] = (given, make(given))
        return found[1]

    return made
