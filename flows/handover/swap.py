"""A folder that is ready takes the place of the published one: in whole, or entry by entry where the system cannot."""

from dataclasses import replace
from pathlib import Path

from flows.errors import NightError, why
from flows.handover.carry import let_go
from flows.handover.exchange import exchange, flush_names
from flows.handover.in_use import STUCK, put_beside, why_it_stays
from flows.handover.night_folder import (
    HISTORY,
    NIGHT_FILE,
    is_own,
    names_in,
    outputs_in,
    said,
    say,
    stands_beside,
    unused,
)
from flows.handover.ready import Ready
from flows.handover.retire import EARLIER, retire


def swap_in(ready: Ready) -> list[str]:
    """Let the folder that is ready take its place; the old one goes into the history. Gives, in Chinese, what was not
    replaced and where its new one is.

    Raises:
        NightError: the outputs are not, or not all, in their place; the next command goes on with it.
    """
    try:
        notes = [*ready.notes, *_take_place(ready)]
        for changed in (ready.published, ready.published.parent):
            flush_names(changed)
    except OSError as error:
        raise NightError(
            f"本夜已经入库，但输出文件夹 {ready.published} 没有换好（{why(error)}）。请检查权限和磁盘，再运行任一命令即接着换。"
        ) from error
    return notes


def _take_place(ready: Ready) -> list[str]:
    if not ready.night.whole:
        return _entry_by_entry(ready)
    if not ready.published.exists():
        ready.staging.rename(ready.published)
        return []
    try:
        exchange(ready.staging, ready.published)
    except OSError:  # the published folder is where another disk is joined, say
        return _entry_by_entry(_without_carried(ready))
    return retire(ready.staging, ready.published)


def _without_carried(ready: Ready) -> Ready:
    """``ready`` to take its place entry by entry after all: what was carried over stays where it is."""
    night = replace(ready.night, carried=(), whole=False)
    for name in ready.night.carried:
        let_go(ready.staging / name, ready.published / name)
    say(ready.staging, night)
    return replace(ready, night=night)


def _entry_by_entry(ready: Ready) -> list[str]:
    """The old ones out, then the new ones in. What is still in the staging folder is still to be done, so that a hand-over
    that was killed is simply done again; the folder says of which night it is last."""
    ready.published.mkdir(parents=True, exist_ok=True)
    before = said(ready.published)
    history = ready.published / HISTORY / (before.run_id if before else EARLIER)
    earlier = [*ready.night.outputs, *(before.outputs if before else ())]
    for name in names_in(ready.published):
        if _is_old(name, ready, earlier):
            _take_out(name, ready, history)
    notes = []
    for name in outputs_in(ready.staging):
        if (ready.published / name).exists():
            reason = why_it_stays(ready.published, name, ready.night.as_read) or STUCK.format(name=name)
            notes.append(put_beside(ready.staging / name, ready.published, name, ready.night.run_id, reason))
        else:
            (ready.staging / name).rename(ready.published / name)
    if before and history.is_dir():
        (ready.published / NIGHT_FILE).replace(history / NIGHT_FILE)
    (ready.staging / NIGHT_FILE).replace(ready.published / NIGHT_FILE)
    ready.staging.rmdir()
    return notes


def _is_old(name: str, ready: Ready, earlier: list[str]) -> bool:
    """Whether an entry of the published folder is an earlier night's output; one of tonight's is not in staging any more."""
    if is_own(name):
        return False
    if stands_beside(name, earlier):
        return ready.night.run_id not in name
    return name in earlier and not (name in ready.night.outputs and not (ready.staging / name).exists())


def _take_out(name: str, ready: Ready, history: Path) -> None:
    """Move an old output into the history, unless somebody has it open or has saved it."""
    old, as_read = ready.published / name, ready.night.as_read
    if why_it_stays(ready.published, name, as_read):
        return
    history.mkdir(parents=True, exist_ok=True)
    kept = unused(history / name)
    try:
        old.rename(kept)
    except OSError:  # held by another program
        return
    if name in as_read and why_it_stays(history, kept.name, {kept.name: as_read[name]}):
        kept.rename(old)  # saved in the moment between
