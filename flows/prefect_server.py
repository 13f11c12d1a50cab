"""The temporary Prefect server of one program: it hears no signal that is meant for the program, and ends with it, whatever
ends that.

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


def start() -> str:
    """Start the server with this program's environment; gives the address of its API. It ends when this program does.

    Raises:
        ServerError: it ended at once, or does not answer.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 this file itself
        [sys.executable, "-P", __file__, str(port)],
        env=os.environ | {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}/api"
    patience = time.monotonic() + _STARTUP_SECONDS
    try:
        while server.poll() is None and time.monotonic() < patience:
            if _answers(address):
                atexit.register(_stop, server)
                return address
            time.sleep(0.1)
    except BaseException:
        server.kill()  # it hears nothing before it serves
        raise
    server.kill()
    raise ServerError(f"the server ended with {server.wait()}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=_ANSWER_SECONDS):  # noqa: S310 our own
            return True
    except OSError:
        return False


def _stop(server: "subprocess.Popen[bytes]") -> None:
    if server.stdin:
        server.stdin.close()
    try:
        server.wait(_END_SECONDS + 2)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _serve(port: int) -> None:
    """Serve until standard input ends."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)

    import uvicorn
    from prefect.server.api.server import create_app

    server = uvicorn.Server(
        uvicorn.Config(create_app(), host="127.0.0.1", port=port, log_level="critical", lifespan="on")
    )
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
    _serve(int(sys.argv[1]))
