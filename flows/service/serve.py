"""``huizong serve``: sees to Prefect's server and to the scheduler, and starts again what has ended by itself."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import psutil

from flows.error_log import LOG
from flows.errors import NightError
from flows.prefect_home import settle_lasting
from flows.prefect_server import Server, ServerError
from flows.service.lock import alone
from flows.service.programs import end_all
from flows.service.work import Work
from flows.settings import PROJECT, Schedule

Report = Callable[[str], None]

_LOOK_SECONDS = 1.0
_CALM_SECONDS = 60.0
"""A program that ended sooner after its start is given time before the next start, more each time."""
_WAIT_MOST = 300.0


def serve(work: Work, schedule: Schedule, state: Path, report: Report) -> None:
    """Run until somebody asks this program to stop; then nothing of it is left.

    Raises:
        SettingError: another service is at work in this state folder.
        NightError: Prefect's server cannot be started.
    """
    settle_lasting(state)
    address = Server.address_of(schedule.host, schedule.port)
    with alone(state, os.getpid(), address):
        os.environ["PREFECT_API_URL"] = address
        report("启动 Prefect 的服务器")
        server = _server(schedule)
        scheduler = _Scheduler(work)
        try:
            report(
                f"页面在 {server.page}；每天 {work.time}（{work.timezone}）运行一夜{_watching(work)}。按 Ctrl-C 结束"
            )
            while True:
                time.sleep(_LOOK_SECONDS)
                if server.ended():
                    report("【注意】Prefect 的服务器已结束，重新启动")
                    scheduler.end()
                    server = _server(schedule)
                if scheduler.ended():
                    report(
                        f"【注意】计划任务进程已结束（详情见 {state / LOG}），{scheduler.patience():.0f} 秒后重新启动"
                    )
                    scheduler.again()
        finally:
            report("正在结束")
            scheduler.end()
            server.end()


def _watching(work: Work) -> str:
    if work.quiet_minutes is None:
        return ""
    return f"，有新文件或新的处理意见、安静 {work.quiet_minutes:g} 分钟后也运行一夜"


def _server(schedule: Schedule) -> Server:
    try:
        server = Server(schedule.host, schedule.port)
        server.wait()
    except (ServerError, OSError) as error:
        told = f"Prefect 的服务器没有启动（{error}）。请检查端口 {schedule.port} 是否被占用，可在 huizong.toml 的 [schedule] 中换一个。"
        raise NightError(told) from error
    return server


class _Scheduler:
    """The scheduler's process, what it has started, and when it may be started again."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._failures = 0
        self._process, self._began = self._started()
        self._own: list[psutil.Process] = []

    def ended(self) -> bool:
        """Whether it has ended; while it has not, what it has started is noted."""
        if self._process.poll() is not None:
            return True
        with suppress(psutil.Error):
            self._own = psutil.Process(self._process.pid).children(recursive=True)
        return False

    def patience(self) -> float:
        """How many seconds to wait before it is started again."""
        quick = time.monotonic() - self._began < _CALM_SECONDS
        return min(5.0 * 2**self._failures, _WAIT_MOST) if quick else 1.0

    def again(self) -> None:
        """Start it again, in time; what the one before has left is ended first."""
        wait = self.patience()
        self._failures = self._failures + 1 if wait > 1 else 0
        end_all(self._own)
        time.sleep(wait)
        self._process, self._began = self._started()

    def end(self) -> None:
        """End it and all that it has started."""
        self.ended()
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()
        end_all(self._own)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _started(self) -> tuple[subprocess.Popen[bytes], float]:
        path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
        process = subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-m", "flows.service.scheduler", json.dumps(asdict(self._work))],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        return process, time.monotonic()
