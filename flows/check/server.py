"""A page on this machine onto which the desk drops files. Each is checked behind the same walls and limits as at night, a few
at a time, and kept nowhere: it lies in a folder of its own until the answer is there."""

import secrets
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from traceback import format_exc

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
from flows.errors import why
from flows.publish.file_names import FORBIDDEN, sound
from flows.read import Failure
from flows.references import References
from flows.settings import ReadLimits
from schemas.yearbook import Yearbook

AT_ONCE = 2
"""Files that are checked at the same time; the others wait."""

HERE_MOST = 64
"""Files that may be here at the same time, arriving, waiting or being checked: what they cost on the disk has an end."""

ARRIVES_SECONDS = 120.0
"""How long a file may take to arrive; who sends it more slowly keeps nobody's place."""

_LONGEST_SUFFIX = 8
_OURS = "x-huizong"
"""A header that no page of another site can send without being asked first."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(
    book: Yearbook, references: References, limits: ReadLimits, hosts: list[str], temporary: Path | None = None
) -> Starlette:
    """The page and its one service, for requests to ``hosts`` alone; files lie below ``temporary`` while they are checked."""
    check = partial(_answer, book=book, references=references, limits=limits)
    at_once, here = anyio.CapacityLimiter(AT_ONCE), anyio.CapacityLimiter(HERE_MOST)

    async def shown(_: Request) -> Response:
        return HTMLResponse(desk(book.year, secrets.token_urlsafe(16), limits.file_bytes), headers=_HEADERS)

    async def checked(request: Request) -> Response:
        if _OURS not in request.headers:
            return _refused(403, "请从本页面上传。")
        if not here.available_tokens:
            return _refused(503, "同时送来的文件太多，请稍后再送。")
        async with here:
            try:
                with tempfile.TemporaryDirectory(dir=temporary) as folder:
                    place = Path(folder) / _named(request.query_params.get("name", ""))
                    with anyio.fail_after(ARRIVES_SECONDS):
                        await _take(request, place, limits.file_bytes)
                    answer = await anyio.to_thread.run_sync(check, place, limiter=at_once)
            except _TooLargeError:
                return _refused(413, f"文件超过 {limits.file_bytes / 2**20:g} MB，没有读取。")
            except TimeoutError:
                return _refused(408, f"文件 {ARRIVES_SECONDS:.0f} 秒没有送完，没有读取。")
            except ClientDisconnect:
                return _refused(400, "文件没有送完。")
            except Exception as error:  # noqa: BLE001 one file's trouble is not the page's
                write_error(f"check --serve\n{format_exc()}")
                whose = f"本机不能读写（{why(error)}）" if isinstance(error, OSError) else "程序自身出错"
                return _refused(500, f"{whose}，没有核对成功，请告知维护人员。")
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
    named = f"[{host}]" if ":" in host else host
    hosts = ["127.0.0.1", "localhost", named] if host not in ("0.0.0.0", "::") else ["*"]  # noqa: S104 told by the operator
    made = application(book, references, limits, hosts)
    server = uvicorn.Server(uvicorn.Config(made, log_level="critical", lifespan="off", timeout_graceful_shutdown=3))
    started(f"http://{'127.0.0.1' if hosts == ['*'] else named}:{port}")
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen()  # whoever is told the address may come at once
    return listening


def _answer(place: Path, book: Yearbook, references: References, limits: ReadLimits) -> str:
    (file,) = examine([place], book, references, limits)
    copy = marked(file, book.year, limits) if file.readings is not None and not file.findings.empty else None
    return part(file, book.form, None if isinstance(copy, Failure) else copy)


class _TooLargeError(Exception):
    """More is sent than a file may have."""


def _refused(status: int, told: str) -> Response:
    """Why a file was not checked; what of it is still under way is not waited for."""
    return PlainTextResponse(told, status, _HEADERS | {"Connection": "close"})


async def _take(request: Request, place: Path, most: int) -> None:
    """Write what is sent to ``place``, ``most`` bytes of it.

    Raises:
        _TooLargeError: it is, or says that it will be, more.
    """
    said = request.headers.get("content-length", "")
    taken = 0
    async with await anyio.open_file(place, "wb") as file:
        async for piece in request.stream():
            taken += len(piece)
            if max(taken, int(said) if said.isdecimal() else 0) > most:
                raise _TooLargeError
            await file.write(piece)


def _named(name: str) -> str:
    """The name of a file that leads nowhere else, with its suffix."""
    plain = PurePosixPath(name.replace("\\", "/"))
    return f"{sound(plain.stem)}{FORBIDDEN.sub('', plain.suffix)[:_LONGEST_SUFFIX]}"
