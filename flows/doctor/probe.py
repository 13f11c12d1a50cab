"""What a probe is: it looks at one thing and tells how it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.settings import Settings

GOOD, NOTE, BAD = "好", "注意", "坏"
"""How a thing is: well; to be looked at, though nights run; so that no night can run, or that something is lost."""


@dataclass(frozen=True)
class Told:
    """One line: the ``sign``, what was seen, and what is to be done about it, both in Chinese."""

    sign: str
    seen: str
    advice: str = ""

    def __str__(self) -> str:
        return f"[{self.sign}] {self.seen}" + (f" → {self.advice}" if self.advice else "")


@dataclass(frozen=True)
class Place:
    """Where to look: the folders of ``settings``, as the clock says ``now``; what is safe is done where ``mend``."""

    settings: Settings
    now: datetime
    mend: bool = False

    def mended(self, seen: str, done: str, advice: str, mending: Callable[[], object], sign: str = NOTE) -> Told:
        """What is told of something that can be mended: it is, where that is asked for; else it has the ``sign``.

        Raises:
            OSError: it could not be.
        """
        if not self.mend:
            return Told(sign, seen, f"{advice}；或运行 huizong doctor --mend")
        mending()
        return Told(GOOD, f"{seen.rstrip('。')}：{done}")


Probe = Callable[[Place], Iterator[Told]]

PROBES: list[tuple[str, Probe]] = []
"""What is looked at, with its name in Chinese, in the order in which it is declared."""


def probe(name: str) -> Callable[[Probe], Probe]:
    """Declare a function as the probe of the thing that Chinese calls ``name``."""

    def declared(function: Probe) -> Probe:
        PROBES.append((name, function))
        return function

    return declared


def megabytes(path: Path) -> float:
    """The size of a file."""
    return path.stat().st_size / 2**20
