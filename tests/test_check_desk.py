"""The page onto which files are dropped, as it really runs: the command in a process of its own, a browser, and clients that mean harm."""

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import openpyxl
import pytest

from flows.check import server
from flows.settings import ReadLimits
from tests import browser
from tests.command import Command
from tests.conftest import program
from tests.hostile import bomb
from tests.layouts.page import Book, write
from tests.layouts.usual import form
from tests.reference_folder import registers_in
from tests.year import BOOK

MOST = 3_000_000
AT_ONCE = 4
HOSTILE = "<img src=x onerror=alert(1)>"
OURS = {"X-Huizong": "check"}


@dataclass
class Desk:
    """The running page: its ``address``, and the folder below which it keeps files while it checks them."""

    address: str
    port: int
    state: Path
    process: subprocess.Popen[str]

    def send(self, name: str, data: object, **headers: str) -> httpx.Response:
        asked: Any = {"params": {"name": name}, "content": data, "headers": OURS | headers, "timeout": 120}
        return httpx.post(f"{self.address}/check", trust_env=False, **asked)

    def kept(self) -> list[str]:
        """What lies in its temporary folder, but for what workers have there while they run."""
        return [path.name for path in (self.state / "tmp").rglob("*") if path.is_file() and path.suffix not in OWN]


OWN = {".lock", ".json"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    state = tmp_path_factory.mktemp("state")
    with Command(state, HUIZONG_FILE_BYTES=str(MOST)).start("check", "--serve", "--port", "0") as process:
        try:
            assert process.stdout is not None
            address = next(line.strip().partition("：")[2] for line in process.stdout if "http" in line)
            yield Desk(address, int(address.rpartition(":")[2]), state, process)
        finally:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=20)[0]
        assert "已结束。" in said
        assert process.returncode == 0
        assert [path for path in state.rglob("*") if path.is_file()] == [], "nothing is kept"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    wrong = {"headcount": {2: f"十余人{HOSTILE}"}}
    write(Book([form(written=wrong)], "xlsx"), folder / "我的.xlsx")
    write(Book([form(written=wrong)], "xlsx"), folder / f"{HOSTILE.replace('/', '')}'=1+1.xlsx")
    (folder / "b.xlsx").write_bytes(b"%PDF-1.7")
    (folder / "c.xlsx").write_bytes(bytes(MOST + 1))
    return folder


pytestmark = pytest.mark.slow


def test_in_a_browser_files_are_chosen_or_dropped_and_the_marked_copy_is_taken_away(desk, folder, tmp_path):
    with browser.page(program("chromium", "Chromium"), tmp_path) as page:
        page.open(desk.address)
        page.pick("#pick", [folder / "我的.xlsx", folder / "b.xlsx", folder / "c.xlsx"])
        page.drop("#drop", [path for path in folder.iterdir() if "img" in path.name])
        page.wait("document.querySelectorAll('.state').length === 3 && !document.getElementById('busy').textContent")
        told = page.value("document.body.innerText")
        assert told.count("十余人") >= 2
        assert HOSTILE in told, "as text"
        assert "PDF" in told
        assert "文件太大" in told
        assert page.value("document.querySelectorAll('main img, main script').length") == 0
        assert page.value("document.documentElement.scrollWidth") <= 1366
        copy = page.downloaded("document.querySelector('a.copy[download=\"我的.xlsx\"]').click()")
        assert "十余人" in openpyxl.load_workbook(copy)["项目申报"]["M5"].comment.text
        assert [one for one in page.events if one["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}] == []
    assert desk.kept() == []


def test_each_of_many_at_once_hears_of_its_own_file(desk, tmp_path):
    texts = [f"{number}十余人" for number in range(AT_ONCE)]
    for number, text in enumerate(texts):
        write(Book([form(written={"headcount": {2: text}})], "xlsx"), tmp_path / f"{number}.xlsx")
    with ThreadPoolExecutor(AT_ONCE) as clients:
        files = [(tmp_path / f"{number}.xlsx").read_bytes() for number in range(AT_ONCE)]
        answers = [*clients.map(lambda data: desk.send("同名.xlsx", data), files)]
    assert [[text for text in texts if text in answer.text] for answer in answers] == [[text] for text in texts]
    assert desk.kept() == []


@pytest.mark.parametrize(
    ("name", "made", "status", "told"),
    [
        ("炸弹.xlsx", lambda: bomb(700 * 2**20), 200, "无法读取"),
        ("大.xlsx", lambda: bytes(MOST + 1), 413, "文件超过"),
        ("没有说多大.xlsx", lambda: (bytes(2**20) for _ in range(4)), 413, "文件超过"),
    ],
)
def test_what_costs_too_much_is_refused_with_its_reason(desk, name, made, status, told):
    with suppress(httpx.WriteError):  # it may be refused before all is sent
        answer = desk.send(name, made(), **{"Content-Type": "text/html"})
        assert answer.status_code == status
        assert told in answer.text
    assert desk.kept() == []


def test_who_hangs_up_leaves_nothing(desk):
    with socket.create_connection(("127.0.0.1", desk.port)) as client:
        head = f"POST /check?name=a.xlsx HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Huizong: check\r\nContent-Length: {2**20}\r\n\r\n"
        client.sendall(head.encode() + b"x" * 1000)
        browser.until(desk.kept)
    browser.until(lambda: not desk.kept())


def test_no_other_site_may_ask_or_frame_it(desk):
    assert httpx.get(desk.address, headers={"Host": "evil.example"}, trust_env=False).status_code == 400
    assert "frame-ancestors 'none'" in httpx.get(desk.address, trust_env=False).headers["content-security-policy"]
    assert httpx.options(f"{desk.address}/check", trust_env=False).status_code == 405


def test_a_slow_client_and_one_too_many_are_told_so(monkeypatch, tmp_path):
    monkeypatch.setattr(server, "ARRIVES_SECONDS", 0.3)
    monkeypatch.setattr(server, "HERE_MOST", 1)
    made = server.application(BOOK, registers_in(), ReadLimits(), ["*"], tmp_path)
    answers: list[tuple[int, str]] = []

    async def ask() -> None:
        told: list[Any] = []
        await made(SCOPE, anyio.sleep_forever, _into(told))
        answers.append((told[0]["status"], told[1]["body"].decode()))

    async def both() -> None:
        async with anyio.create_task_group() as clients:
            clients.start_soon(ask)
            clients.start_soon(ask)

    anyio.run(both)
    assert [status for status, _ in answers] == [503, 408]
    assert "稍后再送" in answers[0][1]
    assert "没有送完" in answers[1][1]
    assert [*tmp_path.iterdir()] == []


SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/check",
    "query_string": b"name=a.xlsx",
    "headers": [(b"x-huizong", b"check")],
}


def _into(told: list[Any]) -> Callable[[Any], Any]:
    async def send(message: Any) -> None:
        told.append(message)

    return send


def test_a_port_that_is_taken_is_named(desk, tmp_path):
    other = Command(tmp_path)("check", "--serve", "--port", desk.port)
    assert other.returncode == 2
    assert "请用 --port 换一个端口" in other.stderr


def test_the_group_of_processes_has_no_more_than_the_page(desk):
    """Workers end with the file that they read."""
    children = Path(f"/proc/{desk.process.pid}/task/{desk.process.pid}/children")
    if children.exists():
        found = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children.read_text().split()]
        assert not [line for line in found if b"forkserver" not in line and b"resource_tracker" not in line]
