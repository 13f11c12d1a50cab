"""What is made of a year's notice, made once in a process: a small call shall not pay for lists of words as a night does."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from schemas.notice import Notice

_Made = TypeVar("_Made")
_KEPT = 8
"""Of how many notices what is made of them is kept; a night has one."""


def once(make: Callable[[Notice], _Made]) -> Callable[[Notice], _Made]:
    """``make``, asked once for each notice, which is told by being the same object; what it makes must not change."""
    kept: dict[int, tuple[Notice, _Made]] = {}

    @wraps(make)
    def made(notice: Notice) -> _Made:
        found = kept.get(id(notice))
        if found is None:
            if len(kept) >= _KEPT:
                kept.pop(next(iter(kept), 0), None)
            found = kept[id(notice)] = (notice, make(notice))
        return found[1]

    return made
