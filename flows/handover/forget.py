"""The history keeps as many nights as it is told; what the warehouse knows of older ones stays."""

import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flows.handover.night_folder import HISTORY, NIGHT, log_name

_AGAIN = re.compile(r"(?:-\d+)?")
"""What follows the night's id where a folder of that name was there already."""


def forget_old(published: Path, numbers: Mapping[str, int], kept: int, kept_logs: int) -> list[str]:
    """Remove from the history all but the ``kept`` latest nights; gives the ids of those that went. Of their logs, which are
    small, the ``kept_logs`` latest stay.

    ``numbers`` gives the number of each night by its id: the clock orders nothing. A folder that is of no night of these
    stays. What cannot be removed now, since it is open, goes after another night.
    """
    folders: dict[str, list[Path]] = {}
    history = published / HISTORY
    for path in sorted(history.iterdir()) if history.is_dir() else ():
        if (run_id := _night_of(path.name, numbers)) and path.is_dir() and not path.is_symlink():
            folders.setdefault(run_id, []).append(path)
    old = sorted(folders, key=lambda run_id: numbers[run_id])[: max(len(folders) - kept, 0)]
    for run_id in old:
        for path in folders[run_id]:
            shutil.rmtree(path, ignore_errors=True)
    logs = {run_id: path for run_id in numbers if (path := history / log_name(run_id)).is_file()}
    for run_id in sorted(logs, key=lambda run_id: numbers[run_id])[: max(len(logs) - kept_logs, 0)]:
        with suppress(OSError):
            logs[run_id].unlink()
    return old


def _night_of(name: str, numbers: Mapping[str, int]) -> str | None:
    """The night whose folder has that name: the longest id with which it begins, since an id may itself end in a number."""
    for run_id in sorted(numbers, key=len, reverse=True):
        if name.startswith(run_id) and NIGHT.fullmatch(run_id) and _AGAIN.fullmatch(name[len(run_id) :]):
            return run_id
    return None
