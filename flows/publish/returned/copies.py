"""The copies to send back, each written as soon as a worker has marked it."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from flows.cache import NOTHING_KEPT, UNLIKE, Alike, Cache, digest
from flows.publish.night import View
from flows.publish.returned import FOLDER
from flows.publish.returned.letter import letter_about_unread, letter_alone
from flows.publish.returned.marking import Marked, Marker, Marking
from flows.publish.returned.privacy import without_others
from flows.publish.returned.rebuild import rebuild
from flows.publish.returned.selection import Return, returns, to_correct
from flows.read import Failure, FoundFile, found_files, one_by_one_behind_wall
from flows.settings import Settings


@dataclass(frozen=True)
class Copy:
    """What was written for the file at ``path``: its ``name`` below 退回修改, and ``unmarked`` why there is a letter alone where
    the workbook should have been marked."""

    path: str
    name: PurePosixPath
    unmarked: str | None = None


Mark = Callable[[Sequence[Marking], Settings], Generator[tuple[int, Marked | Failure]]]
"""Marks workbooks somewhere: gives the place of each with its copy, or why there is none, as soon as it is there."""


def mark(markings: Sequence[Marking], settings: Settings) -> Generator[tuple[int, Marked | Failure]]:
    """The workbooks marked behind the wall on this machine."""
    return one_by_one_behind_wall(Marker(), markings, settings)


def write_returns(
    staging: Path,
    view: View,
    settings: Settings,
    cache: Cache = NOTHING_KEPT,
    alike: Alike = UNLIKE,
    mark: Mark = mark,
) -> list[Copy]:
    """Write the copies to send back into the folder ``退回修改`` of ``staging``; what was written. A workbook of which ``cache`` has
    the same copy is not marked again; nights ``alike`` send the same back. ``mark`` marks the others.

    ``view`` gives ``current_finding``, ``current_file``, ``current_filing`` and ``current_participant`` of the night. What
    cannot be marked has its letter alone, which says so.
    """
    files = view("current_file")

    def to_send_back() -> list[tuple[Return, str]]:
        filings, findings, participants = (view(f"current_{name}") for name in ("filing", "finding", "participant"))
        own = without_others(to_correct(findings), files, filings, participants)
        found = returns(files, own.assign(title=own["filing_id"].map(filings.set_index("filing_id")["title"])))
        return [(one, digest(one)) for one in found]

    found = alike.kept("returns", to_send_back)
    places = found_files(files, settings.inputs)
    (staging / FOLDER).mkdir(parents=True, exist_ok=True)  # an empty one too takes the place of yesterday's
    written = []
    with closing(_marked(found, places, settings, cache, mark)) as marked:  # no worker is left where the disk is full
        for copy, data in chain(_letters(found), marked):
            target = staging / FOLDER / copy.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written.append(copy)
    return sorted(written, key=lambda copy: copy.path)


def _letters(found: Sequence[tuple[Return, str]]) -> Iterator[tuple[Copy, bytes]]:
    """Workbooks that only say why a file was not read."""
    for one, _ in found:
        if one.reason is not None:
            yield Copy(one.path, one.letter), rebuild([], [], letter_about_unread(one.original, one.reason))


def _marked(
    found: Sequence[tuple[Return, str]], places: Mapping[str, FoundFile], settings: Settings, cache: Cache, mark: Mark
) -> Generator[tuple[Copy, bytes]]:
    """The units' own workbooks, marked behind the wall; of one that cannot be, the letter alone."""
    unmarked: list[tuple[Return, str | None, Marking]] = []
    for one, digested in found:
        if one.reason is None:
            file = places[one.path]
            about = [file.sha256, digested, settings.limits]
            key = cache.key("copy", about) if file.sha256 else None
            if key and (known := cache.get(key)):
                yield Copy(one.path, one.folder / known[0].name), known[0].data
            else:
                unmarked.append((one, key, Marking(file, one.name, one.original, one.findings)))
    with closing(mark([marking for *_, marking in unmarked], settings)) as answers:
        for place, marked in answers:
            one, key, _ = unmarked[place]
            if isinstance(marked, Failure):
                letter = letter_alone(one.original, one.findings, marked.reason)
                yield Copy(one.path, one.letter, marked.reason), rebuild([], [], letter)
                continue
            if key:
                cache.put(key, (marked,))
            yield Copy(one.path, one.folder / marked.name), marked.data
