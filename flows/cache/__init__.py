"""What steps gave in earlier nights, each result kept under the hash of all that it depends on.

A step's result is taken from here where that hash is known, so a night does only what changed since; since the hash covers the
bytes of files, the references, the year's data, the code and the libraries, the result is that of a night from scratch.
``digests`` the hash of data, ``code`` that of the program, ``provenance`` both for a night to write down, ``store`` the folder,
``alike`` what nights share that are made of the same things.

Workers that mark workbooks import this package, so it imports nothing heavy itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from flows.cache.alike import UNLIKE, Alike, alike_before, begin_alike, note_made_of
from flows.cache.store import NOTHING_KEPT, Cache, Kept

if TYPE_CHECKING:
    from flows.cache.digests import digest
    from flows.cache.provenance import NOBODY_KNOWS, MadeWith, made_with

__all__ = [
    "NOBODY_KNOWS",
    "NOTHING_KEPT",
    "UNLIKE",
    "Alike",
    "Cache",
    "Kept",
    "MadeWith",
    "alike_before",
    "begin_alike",
    "digest",
    "made_with",
    "note_made_of",
]

_ROOMS = {"digest": "digests", **dict.fromkeys(("NOBODY_KNOWS", "MadeWith", "made_with"), "provenance")}
"""Where what is heavy is kept."""


def __getattr__(name: str) -> Any:
    """What is heavy, brought in when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"flows.cache.{_ROOMS[name]}"), name)
