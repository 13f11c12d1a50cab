"""When nights are due, over days with a clock of their own, with a service that was down in between."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from flows.service.scheduler import is_to_be_done_again, not_caught_up_with, schedule_of
from flows.service.work import Work

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)
FIRST = datetime(2020, 3, 27, 18, 0, tzinfo=UTC)
"""02:00 in China on 28 March; in the night after, clocks in Europe go forward."""


@dataclass
class Run:
    """A scheduled run, as Prefect has it."""

    expected_start_time: datetime
    tags: list[str] = field(default_factory=list)


def due(start: datetime, days: int, zone: str = "Asia/Shanghai", at: str = "02:00") -> list[datetime]:
    """When Prefect's server has the nights begin in so many ``days`` from ``start``."""
    from prefect.server.schemas.schedules import CronSchedule

    told = schedule_of(Work("inputs", "outputs", at, zone))
    cron = CronSchedule(cron=told.cron, timezone=told.timezone)
    return [moment.astimezone(UTC) for moment in asyncio.run(cron.get_dates(n=days, start=start))]


def test_a_night_is_due_each_day_at_two_in_china_the_year_round():
    assert due(FIRST - timedelta(hours=1), 5) == [FIRST + DAY * number for number in range(5)]
    assert due(FIRST + timedelta(seconds=1), 1) == [FIRST + DAY]
    assert due(datetime(2020, 10, 24, 17, 0, tzinfo=UTC), 3) == [
        datetime(2020, 10, day, 18, 0, tzinfo=UTC) for day in (24, 25, 26)
    ]
    assert due(FIRST - timedelta(hours=1), 1, at="23:05") == [datetime(2020, 3, 28, 15, 5, tzinfo=UTC)]


def simulated(down: tuple[timedelta, timedelta], days: int) -> tuple[list[datetime], list[datetime]]:
    """The nights that ran when (the clock moved on by half an hour at a time) and those that were given up, where the service
    was down in a stretch after the first night was due."""
    scheduled = [Run(moment) for moment in due(FIRST, days)]
    begins, ends = (FIRST + after for after in down)
    ran: list[datetime] = []
    given_up: list[Run] = []
    now, was_up = FIRST, True
    while now < FIRST + DAY * days:
        is_up = not begins <= now < ends
        if is_up and not was_up:
            given_up += not_caught_up_with(scheduled, now)
            scheduled = [run for run in scheduled if run not in given_up]
        for run in [run for run in scheduled if is_up and run.expected_start_time <= now]:
            scheduled.remove(run)
            ran.append(now)
        now, was_up = now + timedelta(minutes=30), is_up
    return ran, [run.expected_start_time for run in given_up]


def test_a_service_that_was_down_catches_up_with_one_night():
    hours = timedelta(hours=1)
    assert simulated((hours, 2 * hours), 4) == ([FIRST + DAY * number for number in range(4)], [])
    ran, given_up = simulated((hours, 3 * DAY + 9 * hours), 6)
    assert ran == [FIRST, FIRST + 3 * DAY + 9 * hours, FIRST + 4 * DAY, FIRST + 5 * DAY]
    assert given_up == [FIRST + DAY, FIRST + 2 * DAY]


def test_what_is_only_just_due_is_no_missed_night():
    runs = [Run(FIRST - timedelta(minutes=1)), Run(FIRST)]
    assert not_caught_up_with(runs, FIRST) == []
    assert not_caught_up_with([], FIRST) == []


def test_a_night_that_was_killed_is_done_again_once():
    assert not is_to_be_done_again([])
    assert is_to_be_done_again([Run(FIRST), Run(FIRST, ["watch"])])
    assert not is_to_be_done_again([Run(FIRST, ["again"])])
