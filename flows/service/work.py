"""What the scheduler is told to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """The nights of ``year`` (None: the newest) over ``inputs`` into ``outputs``, at ``time`` (02:00) in ``timezone``;
    ``quiet_minutes`` after a change another one, where that is not None."""

    inputs: str
    outputs: str
    time: str
    timezone: str
    year: int | None = None
    quiet_minutes: float | None = None
