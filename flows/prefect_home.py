"""Prefect's surroundings: its home in the project's state folder, no telemetry, no noise. Set before it is imported."""

import os
import signal
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path

from flows import passwords
from flows.errors import SettingError

_STARTUP_SECONDS = "180"
_REACH_SECONDS = 10
_IDLE_SERVICES = ("SCHEDULER", "LATE_RUNS", "PAUSE_EXPIRATIONS", "CANCELLATION_CLEANUP", "FOREMAN", "TRIGGERS")


def settle_prefect(state: Path) -> None:
    """Tell Prefect where to live and to keep quiet, through its environment; what the operator has set stays.

    Without ``PREFECT_API_URL`` a temporary server on the loopback address is used, and the services that only a lasting
    server needs are off. A first start makes the server's database, which on a slow machine takes longer than Prefect
    waits by default.
    """
    home = state / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    _end_orphans(home)
    wanted = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }
    if not os.environ.get("PREFECT_API_URL"):
        wanted |= {
            "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": _STARTUP_SECONDS,
            **{f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false" for service in _IDLE_SERVICES},
        }
        # A proxy for the office's internet must not be asked for the server on this machine.
        for variable in ("NO_PROXY", "no_proxy"):
            hosts = [host for host in os.environ.get(variable, "").split(",") if host]
            os.environ[variable] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


def _end_orphans(home: Path) -> None:
    """End the temporary servers of nights that were killed before they could do so themselves (where there is /proc)."""
    marks = {f"PREFECT_HOME={home}".encode(), b"PREFECT__SERVER_EPHEMERAL=1"}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marks <= set((folder / "environ").read_bytes().split(b"\0")) and _is_orphan(folder):
                os.kill(int(folder.name), signal.SIGTERM)
        except OSError:  # ended meanwhile, or somebody else's
            continue


def _is_orphan(process: Path) -> bool:
    """Whether the program that started it is gone: its parent is then the system's, not a night."""
    parent = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
    return not any(name in (Path("/proc") / parent / "cmdline").read_bytes() for name in (b"python", b"huizong"))


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
