"""Names of files that every system takes, whatever a unit or its file is called."""

import re

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
"""Characters that some system does not take, and those that nobody sees."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever stands behind a dot."""

_CHARACTERS, BYTES = 60, 180
"""How long a name may be: with what is put before and behind it no file system finds it too long."""


def sound(name: str) -> str:
    """``name`` as every system takes it for the name of a file or folder."""
    short = FORBIDDEN.sub("_", name)[:_CHARACTERS].encode()[:BYTES].decode(errors="ignore")
    return unreserved(short.strip(". ") or "_")


def unreserved(name: str) -> str:
    """``name``, with a mark before it where Windows keeps it for itself."""
    return f"_{name}" if _RESERVED.match(name) else name
