"""Files that an earlier night has read: what they gave is taken from there, the others go behind the wall."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.cache import Cache, Kept, digest
from flows.read.failures import Failure
from flows.read.faults import read_behind_wall
from flows.read.formats import FoundFile
from flows.read.frames import gather
from flows.read.one_file import FileReader
from flows.read.tables import FileReading, words_of

if TYPE_CHECKING:
    from flows.references import References
    from flows.settings import Settings
    from schemas.tables import Readings
    from schemas.yearbook import Yearbook

_FILE, _BATCH = "file", "batch"


def read_changed(
    paths: Sequence[str],
    found: Mapping[str, FoundFile],
    settings: Settings,
    book: Yearbook,
    references: References,
    cache: Cache,
) -> Kept[Readings]:
    """What the files at ``paths`` hold as they were ``found``, as :func:`flows.read.read` gives it. Nothing is opened of which
    ``cache`` has what it gave.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file.
    """
    files = [found[path] for path in paths]
    written = [_written(file) for file in files]
    depends = [list(paths), [file.sha256 for file in files], written, settings.limits, book, references]
    key = cache.key(_BATCH, depends)
    if known := cache.get(key):
        return Kept(key, known[0])
    given = _read(FileReader(words_of(book)), files, written, settings, cache)
    # What failed on this machine tonight may not fail in the next night.
    if passing := [
        (path, one) for path, one in zip(paths, given, strict=True) if isinstance(one, Failure) and not one.lasting
    ]:
        key = cache.key(_BATCH, [*depends, passing])
    readings = gather(paths, given, book, references)
    cache.put(key, (readings,))
    return Kept(key, readings)


def _read(
    reader: FileReader, files: Sequence[FoundFile], written: Sequence[float | None], settings: Settings, cache: Cache
) -> list[FileReading | Failure]:
    """What ``files``, ``written`` at these times, give, in their order."""
    words = digest(reader.words, settings.limits)
    keys = [cache.key(_FILE, [file.sha256, file.place.name, words]) if file.sha256 else None for file in files]
    given = {place: known for place, key in enumerate(keys) if key and (known := _known(cache, key, written[place]))}
    unread = [place for place in range(len(files)) if place not in given]
    answers = read_behind_wall(reader, [files[place] for place in unread], settings) if unread else []
    for place, answer in zip(unread, answers, strict=True):
        given[place] = answer
        if (key := keys[place]) and (isinstance(answer, FileReading) or answer.lasting):
            cache.put(key, (answer,))
    return [given[place] for place in range(len(files))]


def _known(cache: Cache, key: str, written: float | None) -> FileReading | Failure | None:
    """What the bytes of a file gave in an earlier night; of one that is not there any more nothing is known."""
    found = cache.get(key)
    if found is None or written is None:
        return None
    return replace(found[0], modified=written) if isinstance(found[0], FileReading) else found[0]


def _written(file: FoundFile) -> float | None:
    """When a file was written, in seconds since 1970; None where it is none any more."""
    try:
        state = file.place.lstat()
    except OSError:
        return None
    return state.st_mtime if stat.S_ISREG(state.st_mode) else None
