"""Every attempt at a night, and how it ended, also where no night came of it: ``nights.jsonl`` in the state folder.

A line when it begins, a line when it ends, each a JSON object. An attempt without an end whose process is gone was killed.
What came of a night stands in the warehouse; here stands what came of the program.
"""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import psutil

FILE = "nights.jsonl"
KEPT = 400
"""Attempts of which the file tells; older ones go when another begins."""

_SAME_MOMENT = timedelta(seconds=2)
"""What is written down to the second is no earlier than what the system knows more finely."""

How = Literal["done", "failed", "wrong", "stopped"]
HOW: dict[How, str] = {"done": "完成", "failed": "未完成", "wrong": "没有运行", "stopped": "被中止"}
"""How an attempt ended → what people call it."""


@dataclass(frozen=True)
class Ended:
    """How an attempt ended: ``told`` as a sentence in Chinese, ``passes`` whether the same attempt may succeed a little later,
    ``run_id`` the night that came of it (None where none did) and ``counts`` what it counted."""

    how: How
    told: str
    passes: bool = False
    run_id: str | None = None
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """One attempt: when it began, as ISO 8601 with the offset; ``ended`` is None while it runs, and where it was killed;
    ``outputs`` the folder that it was to write to, None where nobody wrote that down."""

    id: str
    year: int | None
    began_at: str
    pid: int
    ended_at: str | None = None
    ended: Ended | None = None
    outputs: str | None = None

    @property
    def began(self) -> datetime:
        """When it began, as the clock on the wall says."""
        return _local(self.began_at)

    @property
    def end_of_it(self) -> datetime | None:
        """When it ended, likewise."""
        return _local(self.ended_at) if self.ended_at else None

    @property
    def at_work(self) -> bool:
        """Whether its program is running: a process of that number that is no younger than the attempt."""
        if self.ended is not None:
            return False
        try:
            return datetime.fromtimestamp(psutil.Process(self.pid).create_time()) <= self.began + _SAME_MOMENT
        except (psutil.Error, ValueError, OSError):
            return False


def begin(state: Path, year: int | None, outputs: Path | None = None) -> Attempt:
    """Write down that an attempt begins, for which ``outputs``.

    Raises:
        OSError: it cannot be written.
    """
    into = str(outputs.absolute()) if outputs else None
    attempt = Attempt(secrets.token_hex(8), year, _now(), os.getpid(), outputs=into)
    _forget_old(state)
    said = {"id": attempt.id, "began_at": attempt.began_at, "pid": attempt.pid, "year": year, "outputs": into}
    _add(state, {name: value for name, value in said.items() if value is not None})
    return attempt


def end(state: Path, attempt: Attempt, ended: Ended, year: int | None) -> None:
    """Write down how it ended, and of which plan ``year`` it was. Where that cannot be written nothing else is to fail for it."""
    try:
        _add(state, {"id": attempt.id, "year": year, "ended_at": _now(), **asdict(ended)})
    except OSError:
        return


def attempts(state: Path) -> list[Attempt]:
    """All attempts that are known, in the order in which they began. A line that is none is passed over."""
    found: dict[str, Attempt] = {}
    names = {one.name for one in fields(Ended)}
    for line in _lines(state):
        known = found.get(line["id"])
        if known is None and "began_at" in line:
            found[line["id"]] = Attempt(
                line["id"], line.get("year"), line["began_at"], int(line.get("pid", 0)), outputs=line.get("outputs")
            )
        elif known is not None and "ended_at" in line:
            ended = Ended(**{name: value for name, value in line.items() if name in names})
            found[line["id"]] = replace(known, year=line.get("year"), ended_at=line["ended_at"], ended=ended)
    return [*found.values()]


def at_work(state: Path, pid: int | None = None) -> Attempt | None:
    """The attempt that is at work now (the one of the process ``pid``, where one is given); None where there is none."""
    found = [one for one in attempts(state) if pid in (None, one.pid) and one.pid != os.getpid() and one.at_work]
    return found[-1] if found else None


def _local(said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone().replace(tzinfo=None)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _add(state: Path, said: dict[str, Any]) -> None:
    state.mkdir(parents=True, exist_ok=True)
    path = state / FILE
    line = json.dumps(said, ensure_ascii=False) + "\n"
    whole = not path.exists() or path.stat().st_size == 0 or path.read_bytes()[-1:] == b"\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(line if whole else f"\n{line}")  # the one before was killed while it wrote


def _lines(state: Path) -> Iterator[dict[str, Any]]:
    try:
        text = (state / FILE).read_text("utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and isinstance(said.get("id"), str):
            yield said


def _forget_old(state: Path) -> None:
    lines = [*_lines(state)]
    ids = [*dict.fromkeys(line["id"] for line in lines)]
    if len(ids) < 2 * KEPT:  # now and then, not each time
        return
    kept = set(ids[-KEPT:])
    unfinished = (state / FILE).with_suffix(".new")
    unfinished.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines if line["id"] in kept), "utf-8"
    )
    unfinished.replace(state / FILE)
