"""A few of each trial; ``make torture`` is the long form."""

import random
import signal

import pytest

from tests.torture.trials import Base, clock_back, kill, stop, twice_at_once

pytestmark = pytest.mark.slow

KILLS = sorted(random.Random(7).sample(range(1, 40), 4))


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Base:
    return Base(tmp_path_factory.mktemp("torture"))


@pytest.mark.parametrize("change", KILLS)
def test_a_night_killed_before_a_change(base, change):
    assert kill(base, change)[1] == []


def test_clocks_set_back(base):
    assert clock_back(base, 1) == []


@pytest.mark.parametrize(("number", "after"), [(signal.SIGINT, 6.0), (signal.SIGTERM, 3.0)])
def test_a_night_that_is_asked_to_stop(base, state, number, after):
    assert stop(base, number, after, state)[1] == []


def test_two_nights_at_once(base, state):
    assert twice_at_once(base, state) == []
