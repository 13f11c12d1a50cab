"""Whether the warehouse's file is as the last night left it: then nobody needs to read it through to know that it is sound."""

import json
from contextlib import suppress
from pathlib import Path

_NAME = "warehouse.json"
"""In the state folder."""


def untouched(path: Path, state: Path) -> bool:
    """Whether nothing has written to the file at ``path`` since :func:`note_untouched`."""
    try:
        return bool(json.loads((state / _NAME).read_text("utf-8")) == _as_it_is(path))
    except (OSError, ValueError):
        return False


def take_note(path: Path, state: Path) -> bool:
    """Whether the file is :func:`untouched`. The note is gone then: a night that does not end leaves none, and the next one reads the
    file through."""
    known = untouched(path, state)
    with suppress(OSError):
        (state / _NAME).unlink()
    return known


def note_untouched(path: Path, state: Path) -> None:
    """Write down, in the ``state`` folder, how the file at ``path`` is, which is known to be sound. Where that cannot be done it is
    read through once more, and nothing else."""
    with suppress(OSError):
        (state / _NAME).write_text(json.dumps(_as_it_is(path)), "utf-8")


def _as_it_is(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_ino, found.st_size, found.st_mtime_ns]
