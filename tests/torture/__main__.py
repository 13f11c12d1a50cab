"""The long form: ``python -m tests.torture [kills|signals|clock|twice]…``; a line a trial, 1 where something was wrong."""

import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.killed import Nights
from tests.torture.trials import Base, clock_back, environment, kill, spread, stop, twice_at_once

SIGNALS, SEEDS, SEED = 40, 10, 20200101


def kills(base: Base) -> Iterator[tuple[str, list[str]]]:
    """A kill before every change."""
    nights = Nights(environment(base.trials))
    try:
        for change in count(1):
            changes, wrong = kill(base, nights, change)
            yield f"killed before change {change}", wrong
            if changes is not None:
                return
    finally:
        nights.close()


def signals(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Signals to the whole process group at random moments."""
    with TemporaryDirectory() as state:
        stop(base, signal.SIGTERM, 60, Path(state))  # makes Prefect's database
        for number, after in zip(range(SIGNALS), spread(SEED, SIGNALS, 14), strict=True):
            which = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[number % 3]
            how, wrong = stop(base, which, after, Path(state))
            yield f"{which.name} after {after:.2f} s: {how}", wrong


def clock(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Clocks set back."""
    for seed in range(SEEDS):
        yield f"clock {seed}", clock_back(base, seed)


def twice(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Two nights at once."""
    with TemporaryDirectory() as state:
        for number in range(3):
            yield f"twice at once {number}", twice_at_once(base, Path(state))


TRIALS = {"kills": kills, "signals": signals, "clock": clock, "twice": twice}


def main(names: list[str]) -> int:
    """Print a line a trial."""
    held = True
    with TemporaryDirectory() as folder:
        base = Base(Path(folder))
        for name in names or TRIALS:
            for what, wrong in TRIALS[name](base):
                print(f"{'WRONG' if wrong else 'ok   '} {what}", *wrong, sep="\n        ", flush=True)
                held &= not wrong
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
