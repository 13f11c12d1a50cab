"""The service for real: Prefect's server and pages, a file that is dropped, a share that is away, a kill, a second start."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
import pytest
from prefect.blocks.system import Secret
from prefect.settings import PREFECT_API_URL, temporary_settings
from pydantic import SecretStr

from flows.attempts import attempts
from flows.settings import PROJECT
from tests.first_nights import FirstNights

pytestmark = pytest.mark.slow

SECONDS = 120
FILE = """
[folders]
state = "state"
[schedule]
port = {port}
retries = 1
retry_minutes = 0.02
quiet_minutes = 0.02
[telling]
block = "huizong-tell"
"""


class Service:
    """``huizong serve --watch`` in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.state, self.port = folder, folder / "state", port
        (folder / "huizong.toml").write_text(FILE.format(port=port), "utf-8")
        self.start()

    def start(self) -> None:
        """Start it, and wait until its page is there."""
        unset = ("HUIZONG_STATE", "PREFECT_API_URL")
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "serve", "--watch"],
            cwd=self.folder,
            env=environment | {"PYTHONIOENCODING": "utf-8"},
            stdout=(self.folder / "said").open("w"),
            stderr=subprocess.STDOUT,
        )
        self.until(lambda: "页面在" in self.said())

    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8")

    def until(self, holds: Any) -> None:
        """Wait until it holds."""
        deadline = time.monotonic() + SECONDS
        while not holds():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.2)

    def ended(self) -> list[str]:
        """How the attempts ended."""
        return [one.ended.how for one in attempts(self.state) if one.ended]

    def runs(self) -> list[str]:
        """The states of the schedule's runs that are not to come, the first first."""
        return [run["state_type"] for run in self._runs() if run["state_type"] != "SCHEDULED"]

    def due(self) -> list[datetime]:
        """When runs are due that are to come."""
        coming = (run["expected_start_time"] for run in self._runs() if run["state_type"] == "SCHEDULED")
        return [datetime.fromisoformat(moment) for moment in coming]

    def _runs(self) -> list[dict[str, Any]]:
        asked = json.dumps({"flows": {"name": {"any_": ["every-night"]}}, "sort": "EXPECTED_START_TIME_ASC"})
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/flow_runs/filter", asked.encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def family(self) -> list[psutil.Process]:
        """The process and all that it has started."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


def test_it_works_by_itself_and_survives_being_killed(
    first_nights: FirstNights, tmp_path_factory, unused_port, webhook
):
    folder = tmp_path_factory.mktemp("s")
    shutil.copytree(first_nights.inputs, folder / "inputs")
    shutil.copytree(first_nights.state / "prefect", folder / "state" / "prefect")
    service = Service(folder, unused_port)
    try:
        page = urllib.request.urlopen(f"http://127.0.0.1:{unused_port}/").read()
        assert b"<html" in page.lower()

        # The nights to come are due at two o'clock in China, the next one within a day.
        service.until(lambda: len(service.due()) >= 3)
        due = [moment.astimezone(ZoneInfo("Asia/Shanghai")) for moment in service.due()]
        assert {(moment.hour, moment.minute) for moment in due} == {(2, 0)}
        assert min(due) - datetime.now(UTC) <= timedelta(days=1)

        # Where messages go is a secret that Prefect keeps.
        with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{unused_port}/api"}):
            Secret(value=SecretStr(f"json://127.0.0.1:{webhook.server_port}/hook")).save("huizong-tell")  # type: ignore[unused-coroutine]

        # A file is dropped: a night is run.
        broken = folder / "inputs" / "2020" / "坏.xlsx"
        shutil.copy(broken, broken.with_name("又一个.xlsx"))
        service.until(lambda: service.ended() == ["done"])
        assert (folder / "outputs" / "2020" / "全省计划.xlsx").is_file()
        service.until(lambda: service.runs() == ["COMPLETED"])
        assert [message["title"].endswith("本夜完成") for message in webhook.received] == [True]

        # The share goes away: tried again, and failed on the page.
        away = folder / "away"
        (folder / "inputs").rename(away)
        (folder / "inputs").mkdir()
        service.until(lambda: service.ended()[1:] == ["wrong", "wrong"])
        service.until(lambda: service.runs() == ["COMPLETED", "FAILED"])
        assert "已试 2 次" in webhook.received[-1]["message"]

        # It is back, and the service is killed at its work: nothing of it is left.
        (folder / "inputs").rmdir()
        away.rename(folder / "inputs")
        service.until(lambda: "RUNNING" in service.runs())
        family = service.family()
        service.process.kill()
        service.process.wait()
        _, left = psutil.wait_procs(family, 15)
        assert left == []

        # Started again it closes what was killed and does it again, and ends within ten seconds where it is asked to.
        service.start()
        service.until(lambda: service.ended().count("done") == 2)
        service.until(lambda: "RUNNING" not in service.runs())
        assert "CRASHED" in service.runs()
        family = service.family()
        asked_at = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(SECONDS) == 0
        _, left = psutil.wait_procs(family, 1)
        assert left == []
        assert time.monotonic() - asked_at < SECONDS
        assert service.said().rstrip().endswith("已结束。")
        assert not any("Traceback" in line for line in service.said().splitlines())
    finally:
        if service.process.poll() is None:
            service.process.kill()
