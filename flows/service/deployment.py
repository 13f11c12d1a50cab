"""The night as Prefect schedules it: a flow whose parameters are plain, around the command's own attempt.

What may pass (a share that is away, a warehouse that somebody has open) is tried again; who wants to know hears once, after
the last try.
"""

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed, State

from flows import passwords
from flows.attempts import Ended
from flows.settings import written

FLOW, DEPLOYMENT = "every-night", "每夜汇总"


class MayPassError(Exception):
    """The attempt failed for what may pass."""


@flow(name=FLOW, validate_parameters=False, persist_result=False, log_prints=False)
def every_night(year: int | None, inputs: str, outputs: str) -> State[Any]:
    """One night of the schedule; failed where no try succeeded."""
    from flows.cli.night import let_know

    schedule = written().schedule
    ended: list[tuple[Ended, int | None]] = []
    attempt.with_options(retries=schedule.retries, retry_delay_seconds=schedule.retry_minutes * 60)(
        year, inputs, outputs, ended, return_state=True
    )
    last, of_year = ended[-1]
    let_know(last, of_year, Path(outputs), len(ended))
    return Completed(message=last.told) if last.how == "done" else Failed(message=passwords.hidden(last.told))


@task(
    name="attempt",
    cache_policy=NO_CACHE,
    persist_result=False,
    retry_condition_fn=lambda _task, _run, state: _passes(state),
)
def attempt(year: int | None, inputs: str, outputs: str, ended: list[tuple[Ended, int | None]]) -> None:
    """One attempt; how it ended is added to ``ended``."""
    from flows.cli.night import attempt_night

    _, how, of_year = attempt_night(year, Path(inputs), Path(outputs))
    ended.append((how, of_year))
    if how.how != "done":
        get_run_logger().warning(passwords.hidden(how.told))
        raise MayPassError(how.told) if how.passes else RuntimeError(how.told)


def _passes(state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), MayPassError)
