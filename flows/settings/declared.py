"""Every setting: what it is called, its unit, what holds where nobody says otherwise.

What the operator may set is a key of ``huizong.toml`` (:class:`Written`, a table of the file a class) and, under the same name
in capitals with ``HUIZONG_`` before it, a variable of the environment.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

WAREHOUSE = "warehouse.duckdb"
NO_MORE = {"extra": "forbid"}

Share = Annotated[float, Ge(0), Le(1)]
Whole = Annotated[int, Ge(0)]
Least1 = Annotated[int, Ge(1)]
Name = Annotated[str, Len(1)]


@dataclass(frozen=True)
class ReadLimits:
    """What one untrusted file may cost.

    ``file_bytes`` of the file; ``unpacked_bytes`` of a zip's members in all; ``cells`` in one sheet; ``seconds`` of the
    processor's time and ``memory_bytes`` of address space in the worker that reads it. However busy the machine, a good file
    is read: by the clock a file may take ``slack`` times as long, which bounds only what sleeps or waits.
    """

    __pydantic_config__ = NO_MORE

    file_bytes: Least1 = 64 * 2**20
    unpacked_bytes: Least1 = 512 * 2**20
    cells: Least1 = 5_000_000
    seconds: Annotated[float, Ge(1)] = 30.0
    slack: Annotated[float, Ge(1)] = 10.0
    memory_bytes: Annotated[int, Ge(256 * 2**20)] = 2 * 2**30

    @property
    def patience(self) -> float:
        """How many seconds by the clock a file may take."""
        return self.slack * self.seconds


@dataclass(frozen=True)
class Guards:
    """How much less a night may hold than the last one of the same year.

    ``readable_share_least`` of the files that were readable then and are still there; ``filings_fall_most`` and
    ``groups_fall_most`` as shares of the filings and groups that there were. A loss of up to ``files_slack`` files, of up to
    ``count_slack`` filings or groups, is none, so that a small folder may change as it likes.
    """

    __pydantic_config__ = NO_MORE

    readable_share_least: Share = 0.5
    filings_fall_most: Share = 0.3
    groups_fall_most: Share = 0.3
    files_slack: Whole = 3
    count_slack: Whole = 30


@dataclass(frozen=True)
class Folders:
    """Where a night reads and writes; a path that is not absolute begins at the folder of the settings file."""

    __pydantic_config__ = NO_MORE

    inputs: Path = Path("inputs")
    outputs: Path = Path("outputs")
    state: Path = Path("outputs/.state")


@dataclass(frozen=True)
class Work:
    """How a night works. ``workers`` is the number of reading processes, 0 one a core and eight at most. A night stops where
    the program itself fails at more than ``faults_at_most`` files that are also more than the share ``faults_share_at_most``
    of all."""

    __pydantic_config__ = NO_MORE

    workers: Annotated[int, Ge(0), Le(64)] = 0
    faults_at_most: Whole = 2
    faults_share_at_most: Share = 0.02


@dataclass(frozen=True)
class Cluster:
    """Where a night works beyond its own machine; empty: nowhere. ``dask`` is the address of a Dask scheduler, ``spark`` a master
    as Spark names it (docs/scale.md)."""

    __pydantic_config__ = NO_MORE

    dask: str = ""
    spark: str = ""


Paper = Literal["A4", "A3"]


@dataclass(frozen=True)
class Print:
    """What the plan is printed on: ``paper``."""

    __pydantic_config__ = NO_MORE

    paper: Paper = "A4"


@dataclass(frozen=True)
class History:
    """``nights`` whose outputs are kept below 历史, of each year; at least three, since a workbook of one of these may
    still be open on somebody's desk; and ``log_nights`` whose logs are."""

    __pydantic_config__ = NO_MORE

    nights: Annotated[int, Ge(3)] = 60
    log_nights: Least1 = 400


@dataclass(frozen=True)
class Schedule:
    """The nights that ``huizong serve`` runs: ``time`` as 02:00 in ``timezone``; Prefect's page at ``host`` and ``port``.

    What may pass is tried again ``retries`` times, ``retry_minutes`` apart. With ``--watch`` another night is run when what
    changed has been quiet for ``quiet_minutes``.
    """

    __pydantic_config__ = NO_MORE

    time: Name = "02:00"
    timezone: Name = "Asia/Shanghai"
    host: Name = "127.0.0.1"
    port: Annotated[int, Ge(1), Le(65535)] = 4200
    retries: Annotated[int, Ge(0), Le(20)] = 3
    retry_minutes: Annotated[float, Ge(0)] = 10.0
    quiet_minutes: Annotated[float, Ge(0)] = 10.0


@dataclass(frozen=True)
class Telling:
    """Who is told how a night ended: ``when`` it was done, when it failed. Where to is a secret and stands in the environment
    (``HUIZONG_TELL``), or in the Secret block of Prefect that ``block`` names."""

    __pydantic_config__ = NO_MORE

    when: tuple[Literal["done", "failed"], ...] = ("done", "failed")
    block: str = ""


@dataclass(frozen=True)
class Written:
    """All that the operator may set."""

    __pydantic_config__ = NO_MORE

    folders: Folders = field(default_factory=Folders)
    work: Work = field(default_factory=Work)
    cluster: Cluster = field(default_factory=Cluster)
    limits: ReadLimits = field(default_factory=ReadLimits)
    guards: Guards = field(default_factory=Guards)
    print: Print = field(default_factory=Print)
    history: History = field(default_factory=History)
    schedule: Schedule = field(default_factory=Schedule)
    telling: Telling = field(default_factory=Telling)


def processes(workers: int) -> int:
    """How many reading processes ``workers`` means."""
    return workers or max(1, min(8, os.cpu_count() or 1))


@dataclass(frozen=True)
class Settings:
    """Where one night reads and writes, and how. Paths are absolute; ``workers`` is the number of reading processes.

    A ``full`` night takes nothing from earlier ones but what reviewers decided. ``accept_fall`` lets it pass, whatever it lost
    (:class:`Guards`). For ``faults_…`` see :class:`Work`, for ``dask`` and ``spark`` :class:`Cluster`; ``history`` is how many nights
    are kept, ``logs`` of how many the log is, ``paper`` what the plan is printed on.
    """

    year: int
    inputs: Path
    outputs: Path
    state: Path
    workers: int = field(default_factory=lambda: processes(0))
    limits: ReadLimits = field(default_factory=ReadLimits)
    guards: Guards = field(default_factory=Guards)
    faults_at_most: int = Work.faults_at_most
    faults_share_at_most: float = Work.faults_share_at_most
    dask: str = Cluster.dask
    spark: str = Cluster.spark
    history: int = History.nights
    logs: int = History.log_nights
    paper: Paper = Print.paper
    accept_fall: bool = False
    full: bool = False

    @property
    def reference(self) -> Path:
        """The folder of the reference workbooks."""
        return self.inputs / "reference"

    @property
    def season(self) -> Path:
        """The folder of the year's submissions."""
        return self.inputs / str(self.year)

    @property
    def published(self) -> Path:
        """The folder of the year's outputs."""
        return self.outputs / str(self.year)

    @property
    def warehouse(self) -> Path:
        """The database of all years and nights."""
        return self.outputs / WAREHOUSE

    @property
    def decision_log(self) -> Path:
        """The file of decisions, of all years."""
        return self.outputs / "处理意见.jsonl"

    @property
    def written(self) -> tuple[Path, ...]:
        """The files and folders that are the program's own, whatever else may lie in the folder of outputs."""
        own = ("[0-9][0-9][0-9][0-9]", f"{self.warehouse.stem}*", f"{self.decision_log.stem}*")
        return self.state, *sorted(path for pattern in own for path in self.outputs.glob(pattern))
