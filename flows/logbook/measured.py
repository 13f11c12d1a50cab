"""What each step of a night took in and gave, how long it took, and what it held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import count
from logging import ERROR
from time import perf_counter
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from flows.cache import Kept
from flows.logbook.log import note
from flows.memory import AT_WORK, own_peak
from schemas.tables import DataFrame, Steps

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")

_ABOUT = ("filings", "members", "findings", "decisions", "frames", "files")
"""What a bundle of tables is about: the first of these that it has."""


@dataclass(frozen=True)
class Measure:
    """What one step took: ``place`` in the order in which steps began, rows in and out (None where it takes or gives no table),
    seconds, the most bytes that the program had held by its end, and the most that one of its workers had."""

    place: int
    step: str
    began_at: datetime
    rows_in: int | None
    rows_out: int | None
    seconds: float
    peak_bytes: int
    worker_bytes: int | None


_measures: list[Measure] = []
"""The steps of the night that this program is at. One program does one night at a time."""

_places = count(1)


def measured(function: Callable[_Given, _Gives]) -> Callable[_Given, _Gives]:
    """``function`` as a step that is measured, and told to the night's log when it ends, however it does."""

    @wraps(function)
    def step(*arguments: _Given.args, **named: _Given.kwargs) -> _Gives:
        # All else stays in this module: a step that goes to a cluster is pickled as it stands.
        return _measuring(function, arguments, named)

    return step


def _measuring(function: Callable[..., _Gives], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> _Gives:
    name, place, began_at, began = function.__name__, next(_places), datetime.now(), perf_counter()
    rows_in = _first(rows(given) for given in arguments)
    workers: list[int] = []
    here = AT_WORK.set(workers)
    try:
        gave = function(*arguments, **named)
    except BaseException as error:
        note("step", ERROR, step=name, rows_in=rows_in, seconds=_since(began), error=type(error).__name__)
        raise
    finally:
        AT_WORK.reset(here)
    held = own_peak(), max(workers, default=None)
    _measures.append(Measure(place, name, began_at, rows_in, rows(gave), _since(began), *held))
    note(
        "step", step=name, rows_in=rows_in, rows_out=rows(gave), seconds=_since(began),
        peak_bytes=held[0], worker_bytes=held[1],
    )  # fmt: skip
    return gave


def of_a_night(function: Callable[_Given, _Gives]) -> Callable[_Given, _Gives]:
    """``function`` as a whole night: what was measured is forgotten when it ends."""

    @wraps(function)
    def night(*arguments: _Given.args, **named: _Given.kwargs) -> _Gives:
        try:
            return function(*arguments, **named)
        finally:
            _measures.clear()

    return night


def steps_so_far() -> DataFrame[Steps]:
    """The steps of the night at work that have ended, in the order in which they began."""
    told = sorted(_measures, key=lambda measure: measure.place)
    found = pd.DataFrame([vars(measure) for measure in told], columns=Steps.names())
    return Steps.validate(found.assign(place=range(1, len(told) + 1)).astype(Steps.dtypes()))


def steps_told(steps: DataFrame[Steps]) -> list[dict[str, str]]:
    """The steps as a table for people: titles → texts, a mapping a step."""
    return [
        {
            "step": row.step,
            "rows in": _plain(row.rows_in),
            "rows out": _plain(row.rows_out),
            "seconds": f"{row.seconds:.2f}",
            "peak MB": f"{row.peak_bytes / 2**20:.0f}",
            "worker MB": "" if pd.isna(row.worker_bytes) else f"{row.worker_bytes / 2**20:.0f}",
        }
        for row in steps.itertuples()
    ]


def _plain(number: Any) -> str:
    return "" if pd.isna(number) else str(number)


def rows(given: Any) -> int | None:
    """The rows of the table that ``given`` is, or is about; for lists how many there are in them; None where it is no table."""
    if isinstance(given, pd.DataFrame):
        return len(given)
    if isinstance(given, Kept):
        return rows(given.value)
    if isinstance(given, Mapping):
        return _sum(given.values())
    if isinstance(given, list):
        return sum(map(len, given)) if all(isinstance(one, list) and _texts(one) for one in given) else _sum(given)
    if isinstance(given, tuple):
        return _first(map(rows, given))
    return _first(rows(getattr(given, name)) for name in _ABOUT if hasattr(given, name))


def _texts(listed: list[Any]) -> bool:
    return all(isinstance(one, str) for one in listed)


def _sum(given: Any) -> int | None:
    known = [number for number in map(rows, given) if number is not None]
    return sum(known) if known else None


def _first(known: Any) -> int | None:
    return next((number for number in known if number is not None), None)


def _since(began: float) -> float:
    return round(perf_counter() - began, 3)
