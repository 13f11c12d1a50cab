"""A finished folder of outputs is made ready to take the place of the published one."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import NightError, why
from flows.handover.carry import carry
from flows.handover.exchange import can_exchange, flush, flush_file, flush_names
from flows.handover.in_use import put_beside, why_it_stays
from flows.handover.night_folder import NIGHT_FILE, NightFolder, is_own, names_in, outputs_in, said, say, stands_beside


@dataclass(frozen=True)
class Ready:
    """A folder that needs only to take the place of ``published``; ``notes`` say what of it stands beside an old one."""

    staging: Path
    published: Path
    night: NightFolder
    notes: tuple[str, ...] = ()


def make_ready(staging: Path, published: Path, run_id: str, as_read: Mapping[str, str | None] | None = None) -> Ready:
    """Give the ``staging`` folder what people keep in the ``published`` one, and bring it to the disk.

    Nothing in ``published`` is changed. Where something there can be neither linked nor copied, or the file system cannot let
    two folders change places, the outputs will take their places entry by entry.

    Raises:
        NightError: the disk is full, or another thing that keeps the outputs from being written.
    """
    try:
        flush(staging)
        night = NightFolder(run_id, (*outputs_in(staging),), as_read=as_read or {}, whole=not published.exists())
        ready = Ready(staging, published, night)
        if published.exists() and staging.parent == published.parent and can_exchange(staging):
            ready = _whole(ready)
        say(staging, ready.night)
        flush_file(staging / NIGHT_FILE)
        for changed in (staging, staging.parent):
            flush_names(changed)
    except OSError as error:
        raise NightError(f"新的输出写不进 {published.parent}（{why(error)}），昨夜的结果保持不变。") from error
    return ready


def _whole(ready: Ready) -> Ready:
    """``ready`` to take its place as one; as it is where something cannot be carried over."""
    staging, published, night = ready.staging, ready.published, ready.night
    kept = {name: reason for name in night.outputs if (reason := why_it_stays(published, name, night.as_read))}
    carried = [*kept, *_of_people(published, night)]
    taken: list[Path] = []
    try:
        for name in carried:
            taken.append(_place_of(name, ready))
            carry(published / name, taken[-1])
    except OSError:
        for path in taken:
            _remove(path)
        return ready
    notes = []
    for name, reason in kept.items():
        notes.append(put_beside(staging / name, staging, name, night.run_id, reason))
        _place_of(name, ready).rename(staging / name)
    return replace(ready, night=replace(night, carried=(*carried,), whole=True), notes=(*notes,))


def _of_people(published: Path, night: NightFolder) -> list[str]:
    """The names in ``published`` that are neither an earlier night's outputs nor the hand-over's own."""
    before = said(published)
    earlier = [*night.outputs, *(before.outputs if before else ())]
    return [
        name
        for name in names_in(published)
        if not is_own(name)
        and name not in earlier
        and not (stands_beside(name, earlier) and why_it_stays(published, name, night.as_read) is None)
    ]


def _place_of(name: str, ready: Ready) -> Path:
    """Where ``name`` waits in the staging folder: beside the new one of that name until this has moved."""
    return ready.staging / (f".carried-{name}" if name in ready.night.outputs else name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
