"""Something new in the folders: files that offices dropped, or decisions that a reviewer has saved, quiet for a while.

Shares do not tell of changes that were made elsewhere, so the folders are looked at; and what was seen when a night was last
asked for is remembered, so that what changed while no service ran is noticed when one starts.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from time import monotonic

from flows.handover import is_lock, night_of
from flows.publish import EXCEPTIONS

POLL_SECONDS = 5.0


@dataclass(frozen=True)
class Desk:
    """A year's published folder: the night that it is of, and of each exceptions workbook in it when it was written and its
    size."""

    run_id: str | None
    workbooks: Mapping[str, tuple[int, ...]]

    def saved_since(self, before: "Desk | None") -> bool:
        """Whether somebody has saved a workbook since ``before``. After another night only one that the night did not replace
        can have been: the new one then stands beside it."""
        if before is None or (before.run_id != self.run_id and len(self.workbooks) < 2):
            return False
        both = before.workbooks.keys() & self.workbooks.keys()
        return any(before.workbooks[name] != self.workbooks[name] for name in both)


@dataclass(frozen=True)
class Seen:
    """What a look showed: a digest of the paths, sizes and times of all files of the inputs, None where the folder is away; and the
    desks by year."""

    inputs: str | None
    desks: Mapping[str, Desk]

    def is_news_after(self, before: "Seen | None") -> bool:
        """Whether a night has something to do that it had not ``before``."""
        if before is None or (self.inputs is not None and self.inputs != before.inputs):
            return self.inputs is not None
        return any(desk.saved_since(before.desks.get(year)) for year, desk in self.desks.items())


async def watch(
    inputs: Path, outputs: Path, memory: Path, quiet_seconds: float, poll_seconds: float = POLL_SECONDS
) -> AsyncIterator[None]:
    """Once for each time that something has changed below ``inputs``, or somebody has saved a workbook with decisions in
    ``outputs``, and nothing else has for ``quiet_seconds``; ``memory`` is the file that remembers. What a night itself writes does
    not count."""
    before = _remembered(memory)
    changed_at: float | None = None
    while True:
        now = await asyncio.to_thread(look, inputs, outputs)
        if now.is_news_after(before):
            changed_at = monotonic()
        # What is away has not changed: it is held against what it was.
        before = Seen(now.inputs or (before.inputs if before else None), now.desks)
        if changed_at is None:
            _remember(memory, before)
        elif monotonic() - changed_at >= quiet_seconds:
            changed_at = None
            _remember(memory, before)
            yield
        await asyncio.sleep(poll_seconds)


def look(inputs: Path, outputs: Path) -> Seen:
    """What the folders show now."""
    desks = {folder.name: _desk(folder) for folder in sorted(outputs.glob("[0-9][0-9][0-9][0-9]"))}
    if not inputs.is_dir():
        return Seen(None, desks)
    digest = blake2b(digest_size=16)
    for said in sorted(_files(inputs)):
        digest.update(said.encode("utf-8", "surrogateescape"))
    return Seen(digest.hexdigest(), desks)


def _files(folder: Path) -> Iterator[str]:
    """A line for each file below ``folder``: its path, size and time. What office programs keep beside an open workbook is
    none; what cannot be looked at is there all the same."""
    for root, folders, names in os.walk(folder):
        yield f"{root}\n{len(folders)}\n"
        for name in names:
            if is_lock(name):
                continue
            try:
                state = Path(root, name).lstat()
            except OSError:
                yield f"{root}/{name}\n"
            else:
                yield f"{root}/{name}\n{state.st_size} {state.st_mtime_ns}\n"


def _desk(folder: Path) -> Desk:
    workbooks = {}
    for path in sorted(folder.glob(f"{Path(EXCEPTIONS).stem}*.xlsx")):
        try:
            state = path.stat()
        except OSError:
            continue
        workbooks[path.name] = (state.st_mtime_ns, state.st_size)
    return Desk(night_of(folder), workbooks)


def _remembered(memory: Path) -> Seen | None:
    try:
        said = json.loads(memory.read_text("utf-8"))
        desks = {
            year: Desk(desk["run_id"], {name: (*state,) for name, state in desk["workbooks"].items()})
            for year, desk in said["desks"].items()
        }
        return Seen(said["inputs"], desks)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _remember(memory: Path, seen: Seen) -> None:
    said = json.dumps(asdict(seen))
    try:
        if memory.exists() and memory.read_text("utf-8") == said:
            return
        memory.write_text(said, "utf-8")
    except OSError:
        return  # a night too many is all that comes of it
