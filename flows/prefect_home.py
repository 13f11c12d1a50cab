"""Prefect's surroundings: its home in the project's state folder, no telemetry, no noise. Set before it is imported."""

import os
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Self

from filelock import FileLock

from flows import passwords, prefect_server
from flows.errors import NightError, SettingError
from flows.service.lock import running

_REACH_SECONDS = 10
_WAIT_SECONDS = 200.0
HOME = "prefect"
_IDLE_SERVICES = (
    "SCHEDULER",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "CANCELLATION_CLEANUP",
    "FOREMAN",
    "TRIGGERS",
    "EVENT_PERSISTER",
)


class Starting:
    """A temporary server that is being started, with ``home`` as its home; ``told`` are the variables of the environment that say
    so. What fails within ends it, and takes them back."""

    def __init__(self, home: Path, told: Iterable[str]) -> None:
        self._home, self._variables = home, [*told, "PREFECT_API_URL"]
        # Two that make the database at once would spoil it for each other.
        self._lock = FileLock(home / "start.lock", timeout=_WAIT_SECONDS)
        with self._told():
            self._lock.acquire()
            self._server = prefect_server.Server()
        os.environ["PREFECT_API_URL"] = self._server.address

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            NightError: it does not start.
        """
        with self._told():
            try:
                self._server.wait()
            finally:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._lock.release()
        if failed is not None:
            self._server.end()
            for name in self._variables:
                os.environ.pop(name, None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (prefect_server.ServerError, OSError) as error:
            raise NightError(
                f"Prefect 的临时服务器没有启动（{error}），请检查 {self._home} 的权限和磁盘空间；原有结果保持不变。"
            ) from error


def settle_prefect(state: Path) -> Starting | None:
    """Tell Prefect where to live and to keep quiet, through its environment; what the operator has set stays.

    Without ``PREFECT_API_URL`` a temporary server on the loopback address is started, without the services that only a
    lasting server needs; it keeps no events.

    Gives the temporary server, which has yet to answer; None where the operator has one. To be called before Prefect is imported.

    Raises:
        NightError: the temporary server does not start.
    """
    wanted = _at_home(state)
    temporary = not os.environ.get("PREFECT_API_URL")
    if temporary:
        wanted |= {"PREFECT_SERVER_EPHEMERAL_ENABLED": "false", **_without(_IDLE_SERVICES)}
        _past_proxies()
    wanted = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(wanted)
    return Starting(state / HOME, wanted) if temporary else None


def settle_lasting(state: Path) -> None:
    """The same for a lasting server that is ours: it schedules, sees what is late, and keeps no events either."""
    busy = ("SCHEDULER", "LATE_RUNS")
    wanted = _at_home(state) | _without(name for name in _IDLE_SERVICES if name not in busy)
    _past_proxies()
    os.environ.update({name: value for name, value in wanted.items() if name not in os.environ})


def _at_home(state: Path) -> dict[str, str]:
    home = state / HOME
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }


def _without(services: Iterable[str]) -> dict[str, str]:
    return {f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false" for service in services}


def _past_proxies() -> None:
    """A proxy for the office's internet must not be asked for the server on this machine."""
    for variable in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(variable, "").split(",") if host]
        os.environ[variable] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


def join_service(state: Path) -> bool:
    """Whether the server is that of ``huizong serve``, which is at work in the same state folder: its database bears no second
    server, so that a night which is started by hand meanwhile reports to it. A server of the operator's own stays."""
    service = running(state)
    if service is None:
        return False
    return os.environ.setdefault("PREFECT_API_URL", service.address) == service.address


def reach_server() -> None:
    """See that the server of ``PREFECT_API_URL``, if one is set, answers.

    Raises:
        SettingError: it does not, or the address is none.
    """
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return
    plain, credentials = passwords.credentials(address)
    headers = {"Authorization": credentials} if credentials else {}
    try:
        asked = urllib.request.Request(f"{plain.rstrip('/')}/health", headers=headers)  # noqa: S310 the operator's own
        with urllib.request.urlopen(asked, timeout=_REACH_SECONDS):  # noqa: S310
            pass
    except (OSError, ValueError, HTTPException) as error:
        told = f"PREFECT_API_URL 所指的 Prefect 服务器连不上：{passwords.hidden(address)}。请检查地址，或去掉该设置，改用临时服务器。"
        raise SettingError(told) from error


def close_standard_error() -> None:
    """All is said: what the libraries' own clean-up says of itself while the process ends is nothing to an operator."""
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
