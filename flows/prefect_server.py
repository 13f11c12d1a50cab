"""The Prefect server of one program: it hears no signal that is meant for the program, and ends with it, whatever ends that.

A night has a temporary one, at a port that is free and without pages; ``huizong serve`` has a lasting one with them.

Run as a program, this file is the server; it must import nothing of this project. Its standard input is a pipe from the
program that started it: when that program is gone the pipe ends, and so does the server.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

_STARTUP_SECONDS = 180.0
"""A first start makes the server's database, which takes long on a slow machine."""

_END_SECONDS = 1.0
"""How long open connections may keep the server; what was told it is in its database by then."""

_ANSWER_SECONDS = 3.0


class ServerError(Exception):
    """The server did not start."""


class Server:
    """A server that is being started with this program's environment; it ends when this program does. ``address`` is that of
    its API, from the beginning."""

    def __init__(self, host: str = "127.0.0.1", port: int | None = None) -> None:
        """At ``port`` it serves pages as well; without one it is a temporary server at a port that is free."""
        # The pages ask where they came from: at which address people reach them, the server cannot know.
        told = {"PREFECT_SERVER_API_HOST": host, "PREFECT_SERVER_API_PORT": str(port), "PREFECT_UI_API_URL": "/api"}
        if port is None:
            with socket.socket() as free:
                free.bind((host, 0))
                port = free.getsockname()[1]
            told = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
        self.address = self.address_of(host, port)
        self.page = self.address.removesuffix("/api")
        self._serves = False
        self._process = subprocess.Popen(  # noqa: S603 this file itself
            [sys.executable, "-P", __file__, host, str(port)],
            env=os.environ | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._patience = time.monotonic() + _STARTUP_SECONDS
        atexit.register(self.end)

    @staticmethod
    def address_of(host: str, port: int) -> str:
        """Where a program of this machine reaches the API of a server that listens there."""
        return f"http://{_reached(host)}:{port}/api"

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            ServerError: it ended at once, or does not answer.
        """
        while self._process.poll() is None and time.monotonic() < self._patience:
            if _answers(self.address):
                self._serves = True
                return
            time.sleep(0.05)
        self._process.kill()
        raise ServerError(f"the server ended with {self._process.wait()}")

    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End the server, and wait until it has."""
        if not self._serves:
            self._process.kill()  # it hears nothing before it serves
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(_END_SECONDS + 2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _reached(host: str) -> str:
    """Where a program of this machine reaches a server that listens at ``host``."""
    return "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else host  # noqa: S104 told, not chosen


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=_ANSWER_SECONDS):  # noqa: S310 our own
            return True
    except OSError:
        return False


def _serve(host: str, port: int) -> None:
    """Serve until standard input ends."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)

    import uvicorn
    from prefect.server.api.server import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(), host=host, port=port, log_level="critical", lifespan="on"))
    # Only in the main thread would uvicorn listen to signals.
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    threading.Thread(target=_end_with, args=(serving,), daemon=True).start()
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True
    serving.join(_END_SECONDS)
    os._exit(0)


def _end_with(serving: threading.Thread) -> None:
    """A server that fails is no reason for the process to stay."""
    serving.join()
    os._exit(3)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
