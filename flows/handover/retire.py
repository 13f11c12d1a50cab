"""The folder that was published until now goes into the history of the one that is."""

import os
import shutil
from pathlib import Path

from flows.handover.carry import let_go
from flows.handover.in_use import put_beside, why_it_stays
from flows.handover.night_folder import (
    HISTORY,
    NightFolder,
    forget_earlier_programs,
    is_own,
    names_in,
    said,
    stands_beside,
    unused,
)

EARLIER = "更早"
"""What the history calls a folder that does not say which night it is of."""


def retire(old: Path, published: Path) -> list[str]:
    """Put ``old``, which was published before, into the history; the history that it has is the new one's from now on.

    Can be done again after a kill at any place. Gives, in Chinese, which workbooks were saved or opened in the moment before
    the folders changed places, and stay.
    """
    night, current = said(old), said(published)
    _hand_on(old / HISTORY, published / HISTORY)
    notes = _saved_late(old, published, current) if current else []
    for name in current.carried if current else ():
        let_go(old / name, published / name)
    outputs = [*(night.outputs if night else ()), *(current.outputs if current else ())]
    for name in names_in(old):
        came_late = name not in outputs and not is_own(name) and not stands_beside(name, outputs)
        if came_late and not os.path.lexists(published / name):
            (old / name).rename(published / name)
    forget_earlier_programs(old)
    if any(not is_own(name) for name in names_in(old)):
        (published / HISTORY).mkdir(exist_ok=True)
        old.rename(unused(published / HISTORY / (night.run_id if night else EARLIER)))
    else:
        shutil.rmtree(old)
    return notes


def _hand_on(old: Path, history: Path) -> None:
    """The folders of ``old``, which is the history until now, become those of ``history``."""
    if not old.is_dir():
        return
    if not history.exists():
        old.rename(history)
        return
    for folder in [*old.iterdir()]:
        folder.rename(unused(history / folder.name))
    old.rmdir()


def _saved_late(old: Path, published: Path, current: NightFolder) -> list[str]:
    """Put back the workbooks that were saved or opened after the new folder was made ready: they are in the old one now."""
    notes = []
    for name in current.outputs:
        reason = None if name in current.carried else why_it_stays(old, name, current.as_read)
        if reason and (published / name).exists():
            notes.append(put_beside(published / name, published, name, current.run_id, reason))
        if reason:
            (old / name).rename(published / name)
    return notes
