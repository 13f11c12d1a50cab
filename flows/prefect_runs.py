"""What Prefect knows of the nights: those that were killed are closed there, and old ones are pruned."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import cast
from uuid import UUID

from httpx import HTTPError
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound, PrefectException
from prefect.runtime import flow_run
from prefect.states import Crashed

FLOWS = ("nightly", "every-night")
"""A night, and the one of the schedule around it."""
KEPT_RUNS = 30
"""Nights that a server of ours remembers; a server of the operator's own keeps what it is told to keep."""

_A_PAGE = 100
_KILLED = "the program of this night was killed"


def current_run() -> str | None:
    """The id of the flow run that is at work; None where there is none."""
    found: str | None = flow_run.id
    return found


def close_killed(flow_runs: Iterable[str]) -> None:
    """Tell the server that these runs, whose program is gone, have crashed, unless they had ended before."""
    killed = [*flow_runs]
    if not killed:
        return  # nothing is to be told, so that no server need be reached
    with _client() as client:
        for run_id in killed:
            try:
                run = client.read_flow_run(UUID(run_id))
                if run.state is None or not run.state.is_final():
                    client.set_flow_run_state(run.id, Crashed(message=_KILLED), force=True)
            except (ObjectNotFound, ValueError):
                continue


def prune() -> None:
    """Let the server forget all but the last :data:`KEPT_RUNS` nights of those that have ended."""
    ended = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[*TERMINAL_STATES])))
    with _client() as client:
        for name in FLOWS:
            named = FlowFilter(name=FlowFilterName(any_=[name]))
            while old := client.read_flow_runs(
                flow_filter=named,
                flow_run_filter=ended,
                sort=FlowRunSort.EXPECTED_START_TIME_DESC,
                offset=KEPT_RUNS,
                limit=_A_PAGE,
            ):
                for run in old:
                    client.delete_flow_run(run.id)


def show(key: str, markdown: str) -> None:
    """Let the page of the run at work show ``markdown`` under ``key``. A server that does not take it stops no night."""
    with suppress(PrefectException, HTTPError):
        cast("Callable[..., object]", create_markdown_artifact)(markdown=markdown, key=key)


def show_table(key: str, rows: list[dict[str, str]]) -> None:
    """The same for a table: a mapping of titles to texts a row."""
    with suppress(PrefectException, HTTPError):
        cast("Callable[..., object]", create_table_artifact)(table=rows, key=key)


def _client() -> SyncPrefectClient:
    return get_client(sync_client=True)
