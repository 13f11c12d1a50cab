"""A real browser: Chromium without a screen, told what to do over its DevTools protocol."""

import base64
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from websockets.sync.client import ClientConnection, connect

QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
)
SECONDS = 60
"""How long the browser may take over one thing."""


@contextmanager
def page(chromium: str, folder: Path, size: tuple[int, int] = (1366, 768)) -> Iterator["Page"]:
    """An empty page of a browser of its own, which keeps its things and puts what it downloads in ``folder``."""
    profile, downloads = folder / "profile", folder / "downloads"
    command = [chromium, *QUIET, f"--window-size={size[0]},{size[1]}", "--remote-debugging-port=0"]
    browser = subprocess.Popen(
        [*command, f"--user-data-dir={profile}", "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        port = until(lambda: _first_line(profile / "DevToolsActivePort"))
        with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=SECONDS) as answer:
            (target,) = [one for one in json.load(answer) if one["type"] == "page"]
        with connect(target["webSocketDebuggerUrl"], max_size=None, proxy=None) as socket:
            made = Page(socket, downloads)
            width, height = size
            made.ask(
                "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
            )
            made.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
            for domain in ("Page", "DOM", "Runtime", "Log"):
                made.ask(f"{domain}.enable")
            yield made
    finally:
        browser.terminate()
        browser.wait(SECONDS)


class Page:
    """One page: what is asked of it, and the ``events`` that it told of meanwhile."""

    def __init__(self, socket: ClientConnection, downloads: Path) -> None:
        self._socket, self._asked = socket, 0
        self.downloads = downloads
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, **given: object) -> dict[str, Any]:
        """What the protocol's ``method`` gives."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": given}))
        while True:
            told = json.loads(self._socket.recv(timeout=SECONDS))
            if told.get("id") == self._asked:
                assert "error" not in told, told
                return told["result"]
            self.events.append(told)

    def open(self, address: str) -> None:
        """Go to ``address`` and wait until it is there."""
        self.ask("Page.navigate", url=address)
        until(lambda: self.value("document.readyState") == "complete")

    def value(self, script: str) -> Any:
        """What ``script`` gives on the page."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, script: str, seconds: float = SECONDS) -> None:
        """Wait until ``script`` is true on the page."""
        until(lambda: self.value(script), seconds)

    def pick(self, selector: str, files: Sequence[Path]) -> None:
        """Choose ``files`` in a field for files."""
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.ask("DOM.setFileInputFiles", nodeId=node, files=[str(file.absolute()) for file in files])

    def drop(self, selector: str, files: Sequence[Path]) -> None:
        """Drag ``files`` onto what ``selector`` finds, and let go."""
        box = self.value(f"JSON.stringify(document.querySelector({selector!r}).getBoundingClientRect())")
        place = json.loads(box)
        at = {"x": place["x"] + place["width"] / 2, "y": place["y"] + 10}
        data = {"items": [], "files": [str(file.absolute()) for file in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.ask("Input.dispatchDragEvent", type=kind, data=data, **at)

    def downloaded(self, script: str) -> Path:
        """The file that the browser downloads when ``script`` clicks on something."""
        before = {*self.downloads.glob("*")}
        self.value(script)
        found = until(lambda: {one for one in self.downloads.glob("*") if one.suffix != ".crdownload"} - before)
        return found.pop()

    def picture(self, path: Path, whole: bool = False) -> None:
        """What is seen of the page, as PNG; the ``whole`` of it, or what the window shows."""
        told = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(told["data"]))


def _first_line(path: Path) -> str | None:
    return path.read_text("utf-8").split("\n")[0] if path.is_file() and path.stat().st_size else None


def until(asked: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What ``asked`` gives, as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := asked()):
        assert time.monotonic() < deadline, "it does not come about"
        time.sleep(0.1)
    return found
