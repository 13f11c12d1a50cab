"""A few of each trial; ``make torture`` is the long form."""

import pickle
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.once import Once
from tests.torture.killed import Nights
from tests.torture.trials import Base, clock_back, environment, kill, stop, twice_at_once

pytestmark = pytest.mark.slow

KILLS = sorted(random.Random(7).sample(range(1, 40), 4))


@pytest.fixture(scope="module")
def base(once: Once, tmp_path_factory) -> Base:
    made = once.folder("torture", lambda folder: (folder / "base").write_bytes(pickle.dumps(Base(folder))))
    base = pickle.loads((made / "base").read_bytes())
    base.trials = tmp_path_factory.mktemp("trials")
    return base


@pytest.fixture(scope="module")
def known(base, state) -> Path:
    """The state folder of nights for which the files are read."""
    base.give_readings(state)
    return state


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> Iterator[Nights]:
    nights = Nights(environment(tmp_path_factory.mktemp("nights")))
    yield nights
    nights.close()


@pytest.mark.parametrize("change", KILLS)
def test_a_night_killed_before_a_change(base, nights, change):
    assert kill(base, nights, change)[1] == []


def test_clocks_set_back(base):
    assert clock_back(base, 1) == []


@pytest.mark.parametrize(("number", "after"), [(signal.SIGINT, 6.0), (signal.SIGTERM, 3.0)])
def test_a_night_that_is_asked_to_stop(base, known, number, after):
    assert stop(base, number, after, known)[1] == []


def test_two_nights_at_once(base, known):
    assert twice_at_once(base, known) == []
