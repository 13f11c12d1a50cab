"""The log of errors that nobody foresaw: the operator gets a sentence, ``errors.log`` the whole story."""

from datetime import datetime
from pathlib import Path

from flows.screen import harmless
from flows.settings import state_folder

LOG = "errors.log"


def write_error(story: str, state: Path | None = None) -> Path | None:
    """Add ``story`` (a traceback, and what it was about) to the log in ``state``, or in the project's own state folder.

    Returns the log's path; None where it cannot be written: the log must not hide the error that it was to hold.
    """
    path = (state or state_folder()) / LOG
    story = harmless(story, lines=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{story.rstrip()}\n\n")
    except OSError:
        return None
    return path
