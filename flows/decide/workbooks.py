"""Which workbooks reviewers may have written in, and what each says: a broken one says why and stops nothing."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from flows.cache import NOTHING_KEPT, Cache
from flows.decide.as_written import as_written
from flows.decide.layout import LAYOUT
from flows.decide.written_rows import Reader, Taken, Written, unread
from flows.disk import written_at
from flows.handover import HISTORY, is_lock
from flows.publish import NOT_DECIDED_IN, Placed
from flows.read import Failure, FoundFile, fingerprints, read_behind_wall, take
from flows.settings import Settings

WORKBOOK = "异常清单"
"""What the names of the exceptions workbook and of everything put beside it begin with."""

_READ_ALSO = timedelta(days=1)
"""How long before the last night a workbook of the history may have been saved and is still looked at: a program that had
it open may have saved into it after it was moved there, and the clock of a share may be wrong."""

RECENT_NIGHTS = 3
"""Of so many nights the history's workbooks are looked at whenever they were saved: the clock may have been set back."""

_NO_SHEET = f"没有找到“{LAYOUT.verdict}”栏，不是异常清单的副本。"
_NO_DECISIONS = {".txt", ".pdf", ".png", ".jpg", ".jpeg", ".doc", ".docx", ".tmp"}
_OF_OTHER_NAMES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".fods", ".csv", ".htm", ".html", ".mht", ".xml"}
"""Kinds of files that may be a copy of the workbook under another name."""
_OTHER_OUTPUTS = re.compile(
    "|".join(
        rf"{re.escape(path.stem)}(?:-.*)?{re.escape(path.suffix)}" for path in map(Path, (*NOT_DECIDED_IN, HISTORY))
    )
)
"""The names of the other outputs, and of what is put beside them."""


@dataclass(frozen=True)
class Source:
    """A workbook as it was when it was looked through: ``path`` as shown, ``location`` on disk, ``said`` what is written
    in it, ``problem`` why that cannot be told or not wholly."""

    path: str
    location: Path
    sha256: str | None
    saved_at: datetime
    said: Written
    problem: str | None = None

    @property
    def published(self) -> bool:
        """Whether it is the workbook that the night writes, or stands beside it."""
        return "/" not in self.path

    @property
    def foreign(self) -> bool:
        """Whether it is a table of somebody's own among the outputs, with nothing to decide in it."""
        return self.problem == _NO_SHEET and WORKBOOK not in self.location.name

    def told_before(self, last_night: datetime | None) -> bool:
        """Whether it lies in the history as it was when the last night read it, and said what is wrong with it."""
        return self.path.startswith(f"{HISTORY}/") and last_night is not None and self.saved_at <= last_night

    @property
    def lineage(self) -> str:
        """What it is the same workbook as: one that was moved into the history is still the one that it was."""
        return self.path.rsplit("/", 1)[-1] if self.path.startswith(f"{HISTORY}/") else self.path


def sources(
    settings: Settings,
    copies: Sequence[FoundFile],
    started_at: datetime,
    last_night: datetime | None,
    recent: Collection[str] = (),
    cache: Cache = NOTHING_KEPT,
) -> list[Source]:
    """Every workbook with decisions in it: in the outputs, in the recent history, and the ``copies``, in this order.

    ``last_night`` when the night before began; ``recent`` the ids of the last nights. A workbook of which ``cache`` has what
    its bytes say is not opened.
    """
    found = [(shown, FoundFile(path)) for shown, path in _published(settings.published, last_night, recent)]
    found += [(copy.place.relative_to(settings.inputs).as_posix(), copy) for copy in copies]
    told = _read([file for _, file in found], settings, cache)
    read = [_source(shown, file.place, taken, started_at) for (shown, file), taken in zip(found, told, strict=True)]
    kept_quiet = (replace(source, problem=None) if source.told_before(last_night) else source for source in read)
    dropped = {copy.place for copy in copies}
    return [source for source in kept_quiet if source.location in dropped or not source.foreign]


def remember_as_written(cache: Cache, settings: Settings, place: Path, placed: Iterable[Placed], run_id: str) -> None:
    """Keep what the workbook at ``place`` says as the night ``run_id`` wrote it: none needs to open it while nobody has saved
    it. ``placed`` is what was written where."""
    said = as_written(placed, run_id, LAYOUT)
    contents = take(FoundFile(place), settings.limits)
    cache.put(key_of(cache, settings, contents.sha256, place), (Taken(said, contents.sha256, contents.modified),))


def _read(files: Sequence[FoundFile], settings: Settings, cache: Cache) -> list[Taken | Failure]:
    """What each of ``files`` says, from ``cache`` where their bytes are known there."""
    told: dict[int, Taken | Failure] = {}
    held = fingerprints([file.place for file in files], settings) if files else []
    for place, (file, bytes_) in enumerate(zip(files, held, strict=True)):
        if isinstance(bytes_, Failure) or bytes_.sha256 is None:
            continue
        known = cache.get(key_of(cache, settings, bytes_.sha256, file.place))
        if known is not None and (written := written_at(file.place)) is not None:
            told[place] = replace(known[0], modified=written)
    unknown = [place for place in range(len(files)) if place not in told]
    answers = read_behind_wall(Reader(LAYOUT), [files[place] for place in unknown], settings) if unknown else []
    for place, answer in zip(unknown, answers, strict=True):
        told[place] = answer
        if isinstance(answer, Taken):
            cache.put(key_of(cache, settings, answer.sha256, files[place].place), (answer,))
    return [told[place] for place in range(len(files))]


def key_of(cache: Cache, settings: Settings, sha256: str, place: Path) -> str:
    """What is kept under it is what these bytes say."""
    return cache.key("decisions", [sha256, place.name, settings.limits])


def _published(published: Path, last_night: datetime | None, recent: Collection[str]) -> Iterator[tuple[str, Path]]:
    """The main workbook first, then what stands beside it, under whatever name, then what was saved into the history since."""
    if not published.is_dir():
        return
    beside = [path for path in sorted(_beside(published)) if _may_hold_decisions(path)]
    yield from ((path.relative_to(published).as_posix(), path) for path in sorted(beside, key=_main_first))
    if last_night is None:
        return
    since = (last_night - _READ_ALSO).timestamp()
    for path in sorted(published.glob(f"{HISTORY}/*/{WORKBOOK}*")):
        if _may_hold_decisions(path) and (path.parent.name in recent or path.stat().st_mtime >= since):
            yield path.relative_to(published).as_posix(), path


def _beside(folder: Path) -> Iterator[Path]:
    """What may be a copy of the workbook in the outputs and in folders that people made there."""
    for path in folder.iterdir():
        if path.name.startswith(".") or _OTHER_OUTPUTS.fullmatch(path.name) or path.is_symlink():
            continue
        if path.is_dir():
            yield from _beside(path)
        elif path.name.startswith(WORKBOOK) or path.suffix.lower() in _OF_OTHER_NAMES:
            yield path


def _main_first(path: Path) -> tuple[bool, bool]:
    return path.stem != WORKBOOK, not path.name.startswith(WORKBOOK)


def _may_hold_decisions(path: Path) -> bool:
    regular = path.is_file() and not path.is_symlink()
    return regular and not is_lock(path.name) and path.suffix.lower() not in _NO_DECISIONS


def _source(shown: str, location: Path, taken: Taken | Failure, started_at: datetime) -> Source:
    if isinstance(taken, Failure):
        said, sha256, modified = unread(taken.reason), None, written_at(location)
    else:
        said, sha256, modified = taken.said, taken.sha256, taken.modified
    saved_at = started_at if modified is None else datetime.fromtimestamp(modified)
    return Source(
        path=shown,
        location=location,
        sha256=sha256,
        saved_at=min(saved_at, started_at).replace(microsecond=0),
        said=said,
        problem=said.trouble or (None if said.sheets else _NO_SHEET),
    )
