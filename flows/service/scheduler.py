"""The program that runs the nights that are due, one at a time, for ``huizong serve``.

It is started with what it is to do as JSON on its command line; its standard input is a pipe from the service: when that is gone
the pipe ends, and so does everything that this program has started.
"""

import asyncio
import json
import os
import sys
import threading
import traceback
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psutil

from flows.error_log import write_error
from flows.service.programs import end_all
from flows.service.work import Work
from flows.settings import state_folder

if TYPE_CHECKING:
    from prefect.schedules import Schedule

WATCHED = "watched.json"
"""In the state folder: what was seen when a night was last asked for."""

_AGAIN = "again"
"""The tag of a run that is done for one that was killed."""

_ON_TIME = timedelta(minutes=2)
"""A run that should have begun longer ago than this when the service starts was missed."""


async def _run(work: Work) -> None:
    from prefect.runner import Runner
    from prefect.types.entrypoint import EntrypointType

    from flows.service.deployment import DEPLOYMENT, every_night
    from flows.service.watch import watch

    runner = Runner(name="huizong", limit=1, pause_on_shutdown=False, query_seconds=5)
    deployment = await every_night.ato_deployment(
        DEPLOYMENT,
        schedule=schedule_of(work),
        parameters={"year": work.year, "inputs": work.inputs, "outputs": work.outputs},
        concurrency_limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    known = await runner.aadd_deployment(deployment)
    await _tidy(known, datetime.now(UTC))
    tasks = [asyncio.create_task(runner.start())]
    if work.quiet_minutes is not None:
        memory = state_folder() / WATCHED
        asks = watch(Path(work.inputs), Path(work.outputs), memory, work.quiet_minutes * 60)
        tasks.append(asyncio.create_task(_ask_again(known, asks)))
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


def schedule_of(work: Work) -> "Schedule":
    """When the nights of ``work`` are due: once a day, at its time in its zone."""
    from prefect.schedules import Cron

    hour, minute = work.time.split(":")
    return Cron(f"{int(minute)} {int(hour)} * * *", timezone=work.timezone)


async def _runs(client: Any, deployment: UUID, *types: Any) -> list[Any]:
    """The deployment's runs that are of one of these types of state."""
    from prefect.client.schemas import filters

    of_type = filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[*types]))
    mine = filters.DeploymentFilter(id=filters.DeploymentFilterId(any_=[deployment]))
    wanted = filters.FlowRunFilter(state=of_type)
    return [*await client.read_flow_runs(flow_run_filter=wanted, deployment_filter=mine, limit=200)]


def _due(runs: list[Any], before: datetime) -> list[Any]:
    """Those of the runs that should have begun ``before``, the latest last."""
    due = [run for run in runs if run.expected_start_time and run.expected_start_time < before]
    return sorted(due, key=lambda run: run.expected_start_time)


def not_caught_up_with(runs: list[Any], now: datetime) -> list[Any]:
    """Of the scheduled ``runs`` those that were missed before ``now`` and are not to be run any more: all but the last."""
    return _due(runs, now - _ON_TIME)[:-1]


async def _tidy(deployment: UUID, now: datetime) -> None:
    """What an earlier service left: a run that was at work when it was killed has crashed, and is done again, once; of the nights
    that were missed meanwhile the last is caught up with, the others are not."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import StateType
    from prefect.states import Cancelled, Crashed, State

    async with get_client() as client:
        left = await _runs(client, deployment, StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
        for run in left:
            killed: State[Any] = Crashed(message="本夜运行时，服务被强行中止")
            await client.set_flow_run_state(run.id, killed, force=True)
        scheduled = await _runs(client, deployment, StateType.SCHEDULED)
        for run in not_caught_up_with(scheduled, now):
            await client.set_flow_run_state(run.id, Cancelled(message="服务没有运行，本夜错过"), force=True)
        if is_to_be_done_again(left) and not _due(scheduled, now):
            await client.create_flow_run_from_deployment(deployment, tags=[_AGAIN])


def is_to_be_done_again(killed: list[Any]) -> bool:
    """Whether a night is due for runs that were killed at work. One that was such a night itself may be what ends the service."""
    return bool(killed) and not any(_AGAIN in run.tags for run in killed)


async def _ask_again(deployment: UUID, asks: AsyncIterator[None]) -> None:
    """Another night for each time that something has changed and been quiet since, unless one is waiting already."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import StateType

    async for _ in asks:
        async with get_client() as client:
            if not _due(await _runs(client, deployment, StateType.SCHEDULED), datetime.now(UTC)):
                await client.create_flow_run_from_deployment(deployment, tags=["watch"])


def _end_with_service() -> None:
    """Wait until the pipe from the service ends, then end all that was started here: asked first, then without asking."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    end_all(psutil.Process().children(recursive=True))
    os._exit(0)


def main() -> None:
    """Run until the service ends."""
    threading.Thread(target=_end_with_service, daemon=True).start()
    try:
        asyncio.run(_run(Work(**json.loads(sys.argv[1]))))
    except Exception:  # noqa: BLE001 the outermost door: the service starts it again, the log has the story
        write_error(traceback.format_exc())
        sys.exit(1)


if __name__ == "__main__":
    main()
