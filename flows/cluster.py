"""Where the tasks of a night run: in this process one after the other, or on the workers of a Dask cluster.

What crosses to a worker and back is plain data, and every worker runs the same program over the same folders: that is asked of
each before the night begins.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from multiprocessing import current_process
from pathlib import Path
from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.errors import AwayError, NightError, SettingError
from flows.settings import Settings

_ANSWER_SECONDS = 15

Runner = TaskRunner[PrefectFuture[Any]]


# A batch keeps every core busy by itself; Prefect types its own runner more narrowly than it asks for one.
ONE_AFTER_THE_OTHER = cast("Runner", ThreadPoolTaskRunner(max_workers=1))


def on_dask(settings: Settings) -> Runner:
    """What runs the tasks of a night on the cluster that ``settings`` name.

    Raises:
        SettingError: Dask is not installed here.
        AwayError: the scheduler does not answer, or has no workers.
        NightError: a worker cannot do what is asked of it; says why.
    """
    try:
        from distributed import Client
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise SettingError(
            "设置 dask 要把读取和核对分给 Dask 集群，但没有安装 prefect-dask。请按 docs/scale.md 安装，或把 dask 留空。"
        ) from error
    try:
        client = Client(settings.dask, timeout=_ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise AwayError(
            f"Dask 调度器 {settings.dask} 没有应答。请检查设置 dask 和调度器，或把 dask 留空，在本机运行。"
        ) from error
    with closing(client):
        _need_fit(client.run(_unfit, settings, _program(), on_error="return"), settings.dask)
    return cast("Runner", DaskTaskRunner(address=settings.dask))


class OnlyHere:
    """Tells the operator; what of it reaches another process tells nobody."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None) -> None:
        self._tell = tell

    def __call__(self, what: str) -> None:
        """Tell ``what``."""
        self._tell(what)

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return OnlyHere, ()


def of_a_task(settings: Settings) -> Settings:
    """The settings of a task: on a cluster it has one of the cores, of which each Dask worker has one."""
    return replace(settings, workers=1) if settings.dask else settings


def _program() -> str:
    from flows.cache.code import code_digest

    return code_digest()


def _unfit(settings: Settings, program: str) -> str | None:
    """Asked of a worker: why it cannot do the tasks of a night over ``settings`` by ``program``; None where it can."""
    if _program() != program:
        return "程序或程序库的版本与本机不同，请装成相同的"
    away = [str(folder) for folder in (settings.season, settings.state) if not Path(folder).is_dir()]
    if away:
        return f"看不到文件夹 {'、'.join(away)}，请在各台机器上以同样的路径挂载"
    if current_process().daemon:
        return "不能再开读取文件的进程，请在启动 dask worker 前设置 DASK_DISTRIBUTED__WORKER__DAEMON=False"
    return None


def _need_fit(answers: dict[str, Any], scheduler: str) -> None:
    if not answers:
        raise AwayError(f"Dask 调度器 {scheduler} 还没有工作进程。请先启动 dask worker，或把 dask 留空，在本机运行。")
    for worker, answer in answers.items():
        if answer is not None:
            told = answer if isinstance(answer, str) else f"没有装好本程序（{answer}）"
            raise NightError(f"Dask 的工作进程 {worker} 不能用：{told}。")
