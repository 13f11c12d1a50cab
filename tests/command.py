"""The command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from flows.settings import PROJECT, STATE_VARIABLE

_PLAIN = "from flows import cli; from tests.nights import without_prefect\nwith without_prefect(): cli.run()"


class Command:
    """``huizong``, with ``state`` as its state folder: ``huizong("nightly", "--inputs", folder)``."""

    def __init__(self, state: Path, **variables: str) -> None:
        self.environment = os.environ | {STATE_VARIABLE: str(state), "PYTHONIOENCODING": "utf-8"} | variables

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """``huizong`` with ``arguments``."""
        return self._run("-m", "flows.cli", *map(str, arguments))

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """``huizong`` with ``arguments``, not waited for; its lines can be read while it works."""
        return subprocess.Popen(
            [sys.executable, "-m", "flows.cli", *map(str, arguments)],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def script(self, code: str) -> subprocess.CompletedProcess[str]:
        """Python code that calls the command line after having changed something."""
        return self._run("-c", code)

    def plain(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """``huizong`` with ``arguments`` and without Prefect, where that is not the subject: less than half of the time."""
        return self._run("-c", _PLAIN, *map(str, arguments))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
