"""What steps gave in earlier nights, each result kept under the hash of all that it depends on.

A step's result is taken from here where that hash is known, so a night does only what changed since; since the hash covers the
bytes of files, the references, the year's data, the code and the libraries, the result is that of a night from scratch.
``digest`` is the hash of data, ``code`` that of the program, ``store`` the folder.
"""

from flows.cache.digest import digest
from flows.cache.store import NOTHING_KEPT, Cache, Kept

__all__ = ["NOTHING_KEPT", "Cache", "Kept", "digest"]
