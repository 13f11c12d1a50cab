"""The temporary things of a running program: in a folder of its own below the state folder, gone with it, and with a program
that was killed at the latest when the next night begins.

Each is held by a lock of the system, which ends with its program however that ends. Beside the folder stands a note: what
else the program left to be tidied up (:data:`LEFT_BEHIND`).
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

FOLDER = "tmp"
_PATH_MOST = 70
"""Bytes that the path of the folder may have: the sockets of worker processes stand in it, and their paths end at 107."""

_LAST = -1000
"""After everything that worker processes have in the folder."""

_held: list[FileLock] = []
"""The lock of this program's own folder, once it has one."""

_note: dict[str, Any] = {}
_note_path: list[Path] = []


def take(state: Path) -> None:
    """Let all temporary files and folders of this program be in a folder of its own below ``state`` from now on.

    Once a program; a second call changes nothing.

    Raises:
        OSError: the folder cannot be made.
    """
    if _held:
        return
    home = state / FOLDER
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="", dir=home))
    _held.append(_lock(folder))
    _held[0].acquire(timeout=0)
    _note_path.append(folder.with_suffix(".json"))
    here = folder
    if len(os.fsencode(folder)) > _PATH_MOST:
        here = Path(tempfile.mkdtemp(prefix="huizong-"))
    note(temporary=str(here))
    os.environ["TMPDIR"] = tempfile.tempdir = str(here)
    Finalize(None, _give_back, (folder, here), exitpriority=_LAST)


def note(**left: Any) -> None:
    """Write down what the next night must tidy up if this program is killed."""
    if not _note_path:
        return
    _note.update(left)
    unfinished = _note_path[0].with_suffix(".new")
    unfinished.write_text(json.dumps(_note), "utf-8")
    unfinished.replace(_note_path[0])


def left_behind(state: Path) -> Iterator[dict[str, Any]]:
    """Remove the temporary things of programs that were killed; gives what each had noted."""
    for path in sorted((state / FOLDER).glob("*.lock")):
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue  # it is running
        try:
            noted = _noted(path.with_suffix(".json"))
            if "temporary" in noted and Path(noted["temporary"]).name.startswith("huizong-"):
                shutil.rmtree(noted["temporary"], ignore_errors=True)
            _remove(path.with_suffix(""))
            yield noted
        finally:
            lock.release()
            path.unlink(missing_ok=True)


def is_held(lock: Path) -> bool:
    """Whether the program of a ``lock`` is running."""
    try:
        with FileLock(lock, timeout=0):
            return False
    except (Timeout, OSError):
        return True


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_suffix(".lock"))


def _noted(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _give_back(folder: Path, here: Path) -> None:
    """Remove this program's own folder."""
    shutil.rmtree(here, ignore_errors=True)
    _remove(folder)
    for lock in _held:
        lock.release()
    folder.with_suffix(".lock").unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for suffix in (".json", ".new"):
        folder.with_suffix(suffix).unlink(missing_ok=True)
