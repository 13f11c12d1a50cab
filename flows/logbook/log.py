"""The log of a night: one file, a JSON object a line, with the time as it is in China.

While the night is at work its log stands in the state folder, and there stays that of a night that failed or was killed. That
of a night that is done goes into the history, beside what is kept of the night.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from flows.attempts import Attempt, Ended
from flows.handover import HISTORY, log_name
from flows.passwords import hidden

FOLDER = "logs"
"""In the state folder: the logs of nights that are at work, and of those of which nothing came."""

_CHINA = timezone(timedelta(hours=8))
"""UTC+8, the year round."""

_open: list[logging.Logger] = []
"""The log of the night that this program is at."""


class _Formatter(JsonFormatter):
    """Every field in its own words; Chinese as it is."""

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "message"],
            rename_fields={"asctime": "time", "levelname": "level", "message": "event"},
            json_ensure_ascii=False,
        )

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 the library's name
        return datetime.fromtimestamp(record.created, _CHINA).isoformat(timespec="milliseconds")


class _File(logging.FileHandler):
    """What cannot be written, on a full disk say, is told elsewhere."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 the library's name
        """Nothing."""


@dataclass
class Log:
    """The log of an attempt, in the file ``path``."""

    path: Path
    _handler: logging.Handler

    def end(self, ended: Ended, published: Path | None, kept: int) -> None:
        """Write down how the attempt ended; the log of a night that is done goes into the history of its ``published`` folder. Of
        those that stay in the state folder as many as are ``kept`` are."""
        told = {"told": hidden(ended.told), "counts": ended.counts or None, "run_id": ended.run_id}
        level = logging.INFO if ended.how == "done" else logging.ERROR
        note("end", level, how=ended.how, **{name: value for name, value in told.items() if value is not None})
        self._handler.close()
        with suppress(OSError):
            if ended.how == "done" and ended.run_id and published and published.is_dir():
                (published / HISTORY).mkdir(exist_ok=True)
                shutil.move(self.path, published / HISTORY / log_name(ended.run_id))
            for path in sorted(self.path.parent.glob("*.jsonl"), key=lambda log: log.stat().st_mtime_ns)[:-kept]:
                path.unlink()


@contextmanager
def of_attempt(state: Path, attempt: Attempt) -> Iterator[Log | None]:
    """Within, what happens is written into the log of the ``attempt``; None where no log can be: nothing else fails for it."""
    path = state / FOLDER / f"{attempt.began:%Y%m%d-%H%M%S}-{attempt.id}.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _File(path, encoding="utf-8")
    except OSError:
        yield None
        return
    handler.setFormatter(_Formatter())
    logger = logging.Logger("night")  # nobody else's: no library writes into it, and nothing of it goes elsewhere
    logger.addHandler(handler)
    _open.append(logger)
    try:
        note("begin", attempt=attempt.id, year=attempt.year, pid=os.getpid(), version=version("huizong"))
        yield Log(path, handler)
    finally:
        _open.remove(logger)
        handler.close()


def note(event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Write one record into the log that is open, if any."""
    for logger in _open[-1:]:
        logger.log(level, event, extra=fields)


def warn(told: str) -> None:
    """Write down what everybody must be told."""
    note("warning", logging.WARNING, told=hidden(told))
