"""What a probe is, and how all of them are gone through."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.error_log import write_error
from flows.errors import HuizongError, not_allowed

GOOD, NOTE, BAD = "好", "注意", "坏"
"""The signs: as it should be; works, but look at it; does not work, or will not."""


@dataclass(frozen=True)
class Place:
    """What is looked at: the folders as a night takes them, and the time ``now``."""

    inputs: Path
    outputs: Path
    state: Path
    now: datetime

    @property
    def reference(self) -> Path:
        """The folder of the reference workbooks."""
        return self.inputs / "reference"

    @property
    def warehouse(self) -> Path:
        """The database of all years and nights."""
        return self.outputs / "warehouse.duckdb"

    @property
    def decision_log(self) -> Path:
        """The file of decisions."""
        return self.outputs / "处理意见.jsonl"

    def years(self, folder: Path) -> list[int]:
        """The years that have a folder in ``folder``, the newest last; none where that cannot be told."""
        try:
            return sorted(int(path.name) for path in folder.glob("[0-9][0-9][0-9][0-9]") if path.is_dir())
        except OSError:
            return []


@dataclass(frozen=True)
class Told:
    """One line: a sign, ``what`` is so and what to do about it in Chinese, and ``mend``, which does what is safe about it
    and says in Chinese what it did."""

    sign: str
    what: str
    mend: Callable[[], str] | None = None


Probe = Callable[[Place], Iterator[Told]]

PROBES: dict[str, Probe] = {}
"""What is looked at → the probe, in the order in which they look."""


def probe(what: str) -> Callable[[Probe], Probe]:
    """Let a function look at ``what`` each time."""

    def registered(look: Probe) -> Probe:
        PROBES[what] = look
        return look

    return registered


def examine(place: Place, mend: bool, tell: Callable[[str], None]) -> bool:
    """Go through all probes and ``tell`` a line for each thing found; with ``mend`` do what is safe. Whether all is well.

    A later probe sees what an earlier one has mended.
    """
    well = True
    for what, look in PROBES.items():
        for told in _looked(look, place):
            sign, line = told.sign, told.what
            if mend and told.mend:
                sign, line = _mended(told)
            well &= sign != BAD
            tell(f"{sign}　{what}：{line}")
    return well


def _looked(look: Probe, place: Place) -> Iterator[Told]:
    try:
        yield from look(place)
    except Exception as error:  # noqa: BLE001 what breaks one probe is what it tells
        yield Told(BAD, _why(error))


def _mended(told: Told) -> tuple[str, str]:
    if told.mend is None:
        return told.sign, told.what
    try:
        return GOOD, f"{told.what}【已处理】{told.mend()}"
    except Exception as error:  # noqa: BLE001 what cannot be mended is told
        return told.sign, f"{told.what}【没有处理成】{_why(error)}"


def _why(error: Exception) -> str:
    if isinstance(error, HuizongError):
        return str(error)
    if isinstance(error, OSError):
        return not_allowed(error)
    log = write_error("".join(traceback.format_exception(error)))
    return f"没有查成：{type(error).__name__}：{error}" + (f"（详情见 {log}）" if log else "")
