"""Which service is at work in a state folder: held by a lock of the system, which ends with its program however that ends."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from flows.errors import SettingError
from flows.scratch import is_held

_LOCK, _NOTE = "serve.lock", "serve.json"


@dataclass(frozen=True)
class Running:
    """A service that is at work: since when (local time, to the second), its process, and its server's address."""

    since: str
    pid: int
    address: str


@contextmanager
def alone(state: Path, pid: int, address: str) -> Iterator[Path]:
    """Within, this is the service of the ``state`` folder; gives the lock's path.

    Raises:
        SettingError: another one is; says since when and where.
    """
    state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(state / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        other = running(state)
        told = f"（{other.since} 起，进程 {other.pid}，{other.address.removesuffix('/api')}）" if other else ""
        raise SettingError(f"huizong serve 已在运行{told}。") from error
    try:
        said = Running(f"{datetime.now():%Y-%m-%d %H:%M:%S}", pid, address)
        (state / _NOTE).write_text(json.dumps(asdict(said)), "utf-8")
        yield state / _LOCK
    finally:
        (state / _NOTE).unlink(missing_ok=True)
        lock.release()


def running(state: Path) -> Running | None:
    """The service that is at work in the ``state`` folder; None where there is none."""
    if not (state / _LOCK).exists() or not is_held(state / _LOCK):
        return None
    try:
        return Running(**json.loads((state / _NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
