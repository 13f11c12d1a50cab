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
from flows.read.frames import ColumnReaders, gather
from flows.read.one_file import FileReader
from flows.read.tables import FileReading, words_of

if TYPE_CHECKING:
    from flows.references import References
    from flows.settings import Settings
    from schemas.tables import Readings
    from schemas.yearbook import Yearbook

_FILE, _PART = "file", "part"


def parts_changed(
    parts: Sequence[Sequence[str]],
    found: Mapping[str, FoundFile],
    settings: Settings,
    book: Yearbook,
    references: References,
    cache: Cache,
) -> list[Sequence[str]]:
    """Those of ``parts`` of which ``cache`` has not what they gave."""
    depends = _depends(parts, found, settings, book, references)
    return [part for part, one in zip(parts, depends, strict=True) if not cache.has(cache.key(_PART, one))]


def read_changed(
    parts: Sequence[Sequence[str]],
    found: Mapping[str, FoundFile],
    settings: Settings,
    book: Yearbook,
    references: References,
    cache: Cache,
) -> list[Kept[Readings]]:
    """What the files at each of ``parts`` hold as they were ``found``, as :func:`flows.read.read` gives it. Nothing is opened of
    which ``cache`` has what it gave.

    Raises:
        NightError: no worker can be started, or the program is not fit to read any file.
    """
    depends = _depends(parts, found, settings, book, references)
    keys = [cache.key(_PART, one) for one in depends]
    known = [cache.get(key) for key in keys]
    unknown = [path for part, one in zip(parts, known, strict=True) if one is None for path in part]
    written = {path: when for of_files, _ in depends for path, _, when in of_files}
    given = _read(FileReader(words_of(book)), {path: found[path] for path in unknown}, written, settings, cache)
    kept: list[Kept[Readings]] = []
    columns = ColumnReaders(book, references) if None in known else None
    for place, part in enumerate(parts):
        key, one = keys[place], known[place]
        if one is None:
            # What failed on this machine tonight may not fail in the next night.
            if passing := {path: given[path] for path in part if not _lasts(given[path])}:
                key = cache.key(_PART, [depends[place], passing])
            one = (gather(part, [given[path] for path in part], book, references, columns),)
            cache.put(key, one)
        kept.append(Kept(key, one[0]))
    return kept


def _depends(
    parts: Sequence[Sequence[str]],
    found: Mapping[str, FoundFile],
    settings: Settings,
    book: Yearbook,
    references: References,
) -> list[tuple[list[tuple[str, str | None, float | None]], str]]:
    """What the readings of each part depend on: of each file its path, its bytes and when it was written; and what all have in
    common."""
    common = digest(settings.limits, book, references)
    return [([(path, found[path].sha256, _written(found[path])) for path in part], common) for part in parts]


def _read(
    reader: FileReader,
    files: Mapping[str, FoundFile],
    written: Mapping[str, float | None],
    settings: Settings,
    cache: Cache,
) -> dict[str, FileReading | Failure]:
    """What ``files``, by their paths, give; ``written`` says when they were."""
    words = digest(reader.words, settings.limits)
    keys = {
        path: cache.key(_FILE, [file.sha256, file.place.name, words]) for path, file in files.items() if file.sha256
    }
    given = {path: known for path, key in keys.items() if (known := _known(cache, key, written[path]))}
    unread = [path for path in files if path not in given]
    answers = read_behind_wall(reader, [files[path] for path in unread], settings) if unread else []
    for path, answer in zip(unread, answers, strict=True):
        given[path] = answer
        if path in keys:
            keep = cache.put if _lasts(answer) else cache.put_for_tonight
            keep(keys[path], (answer,))
    return given


def _lasts(answer: FileReading | Failure) -> bool:
    return isinstance(answer, FileReading) or answer.lasting


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
