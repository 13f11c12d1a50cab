"""What steps gave in earlier nights, each result kept under the hash of all that it depends on.

A step's result is taken from here where that hash is known, so a night does only what changed since; since the hash covers the
bytes of files, the references, the year's data, the code and the libraries, the result is that of a night from scratch.
``digests`` the hash of data, ``code`` that of the program, ``store`` the folder.

Workers that mark workbooks import this package, so it imports nothing heavy itself.
"""

from typing import TYPE_CHECKING, Any

from flows.cache.store import NOTHING_KEPT, Cache, Kept

if TYPE_CHECKING:
    from flows.cache.digests import digest

__all__ = ["NOTHING_KEPT", "Cache", "Kept", "digest"]


def __getattr__(name: str) -> Any:
    """``digest``, brought in when it is first asked for."""
    if name != "digest":
        raise AttributeError(name)
    from flows.cache.digests import digest

    return digest
