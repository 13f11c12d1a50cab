"""A page on this machine onto which the desk drops files. Each is checked behind the same walls and limits as at night, a few
at a time, and kept nowhere: it lies in a folder of its own until the answer is there."""

import secrets
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from flows.check.examine import examine
from flows.check.mark import marked
from flows.check.page import desk, part
from flows.error_log import write_error
from flows.publish.file_names import FORBIDDEN, sound
from flows.read import Failure
from flows.references import References
from flows.settings import ReadLimits
from schemas.yearbook import Yearbook

AT_ONCE = 2
"""Files that are checked at the same time; the others wait."""
_LONGEST_SUFFIX = 8
_OURS = "x-huizong"
"""A header that no page of another site can send without being asked first."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def application(
    book: Yearbook, references: References, limits: ReadLimits, hosts: list[str], temporary: Path | None = None
) -> Starlette:
    """The page and its one service, for requests to ``hosts`` alone; files lie below ``temporary`` while they are checked."""
    room = anyio.CapacityLimiter(AT_ONCE)

    async def shown(_: Request) -> Response:
        return HTMLResponse(desk(book.year, secrets.token_urlsafe(16)), headers=_HEADERS)

    async def checked(request: Request) -> Response:
        if _OURS not in request.headers:
            return PlainTextResponse("请从本页面上传。", 403, _HEADERS)
        name = _named(request.query_params.get("name", ""))
        with tempfile.TemporaryDirectory(dir=temporary) as folder:
            place = Path(folder) / name
            try:
                if not await _take(request, place, limits.file_bytes):
                    told = f"文件超过 {limits.file_bytes // 2**20} MB，没有读取。"
                    return PlainTextResponse(told, 413, _HEADERS | {"Connection": "close"})
            except ClientDisconnect:
                return PlainTextResponse("", 400)
            try:
                answer = await anyio.to_thread.run_sync(partial(_answer, place, book, references, limits), limiter=room)
            except Exception as error:  # noqa: BLE001 one file's trouble is not the page's
                write_error(f"check --serve: {type(error).__name__}: {error}")
                return PlainTextResponse("程序自身出错，没有核对成功，请告知维护人员。", 500, _HEADERS)
        return HTMLResponse(answer, headers=_HEADERS)

    routes = [Route("/", shown), Route("/check", checked, methods=["POST"])]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)])


def serve(
    book: Yearbook,
    references: References,
    limits: ReadLimits,
    host: str,
    port: int,
    started: Callable[[str], None],
) -> None:
    """Serve at ``host`` and ``port`` until somebody asks for the end; ``started`` is told the page's address.

    Raises:
        OSError: the port is taken.
    """
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    hosts = ["127.0.0.1", "localhost", host] if host not in ("0.0.0.0", "::") else ["*"]  # noqa: S104 told by the operator
    made = application(book, references, limits, hosts)
    server = uvicorn.Server(uvicorn.Config(made, log_level="critical", lifespan="off", timeout_graceful_shutdown=3))
    started(f"http://{'127.0.0.1' if hosts == ['*'] else host}:{port}")
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    return listening


def _answer(place: Path, book: Yearbook, references: References, limits: ReadLimits) -> str:
    (file,) = examine([place], book, references, limits)
    copy = marked(file, book.year, limits) if file.readings is not None and not file.findings.empty else None
    return part(file, book.form, None if isinstance(copy, Failure) else copy)


async def _take(request: Request, place: Path, most: int) -> bool:
    """Write what is sent to ``place``; no, where it is more than ``most`` bytes."""
    taken = 0
    async with await anyio.open_file(place, "wb") as file:
        async for piece in request.stream():
            taken += len(piece)
            if taken > most:
                return False
            await file.write(piece)
    return True


def _named(name: str) -> str:
    """The name of a file that leads nowhere else, with its suffix."""
    plain = PurePosixPath(name.replace("\\", "/"))
    return f"{sound(plain.stem)}{FORBIDDEN.sub('', plain.suffix)[:_LONGEST_SUFFIX]}"
