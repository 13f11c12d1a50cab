"""The one settings object, read once at the door."""

import math
import os
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal, cast, get_args

from flows.disk import need_room
from flows.errors import SettingError, why

PROJECT = Path(__file__).resolve().parents[1]
STATE_VARIABLE = "HUIZONG_STATE"
Paper = Literal["A4", "A3"]
"""What the plan may be printed on."""
PAPERS: tuple[str, ...] = get_args(Paper)


@dataclass(frozen=True)
class ReadLimits:
    """What one untrusted file may cost.

    ``file_bytes`` of the file; ``unpacked_bytes`` of a zip's members in all; ``cells`` in one sheet; ``seconds`` of the
    processor's time and ``memory_bytes`` of address space in the worker that reads it. However busy the machine, a good file
    is read: by the clock a file may take ``slack`` times as long, which bounds only what sleeps or waits.
    """

    file_bytes: int = 64 * 2**20
    unpacked_bytes: int = 512 * 2**20
    cells: int = 5_000_000
    seconds: float = 30.0
    slack: float = 10.0
    memory_bytes: int = 2 * 2**30

    @property
    def patience(self) -> float:
        """How many seconds by the clock a file may take."""
        return self.slack * self.seconds


@dataclass(frozen=True)
class Guards:
    """How much less a night may hold than the last one of the same year.

    ``readable_share_least`` of the files that were readable then and are still there; ``filings_fall_most`` and
    ``groups_fall_most`` as shares of the filings and groups that there were. A loss of up to ``files_slack`` files, of up to
    ``count_slack`` filings or groups, is none, so that a small folder may change as it likes. ``accept_fall`` lets this
    night pass, whatever it lost. ``HUIZONG_READABLE_SHARE_LEAST``, ``HUIZONG_FILINGS_FALL_MOST`` and
    ``HUIZONG_GROUPS_FALL_MOST`` in the environment set the shares.
    """

    readable_share_least: float = 0.5
    filings_fall_most: float = 0.3
    groups_fall_most: float = 0.3
    files_slack: int = 3
    count_slack: int = 30
    accept_fall: bool = False


@dataclass(frozen=True)
class Settings:
    """Where a night reads and writes. Paths are absolute; ``workers`` is the number of reading processes.

    A ``full`` night takes nothing from earlier ones but what reviewers decided. A night stops where the program itself fails
    at more than ``faults_at_most`` files that are also more than the share ``faults_share_at_most`` of all. ``paper`` is what the
    plan is printed on; ``HUIZONG_PAPER`` in the environment sets it.
    """

    year: int
    inputs: Path
    outputs: Path
    state: Path
    workers: int = field(default_factory=lambda: max(1, min(8, os.cpu_count() or 1)))
    limits: ReadLimits = field(default_factory=ReadLimits)
    guards: Guards = field(default_factory=Guards)
    faults_at_most: int = 2
    faults_share_at_most: float = 0.02
    full: bool = False
    paper: Paper = "A4"

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
        return self.outputs / "warehouse.duckdb"

    @property
    def decision_log(self) -> Path:
        """The file of decisions, of all years."""
        return self.outputs / "处理意见.jsonl"

    @property
    def written(self) -> tuple[Path, ...]:
        """The files and folders that are the program's own, whatever else may lie in the folder of outputs."""
        own = ("[0-9][0-9][0-9][0-9]", f"{self.warehouse.stem}*", f"{self.decision_log.stem}*")
        return self.state, *sorted(path for pattern in own for path in self.outputs.glob(pattern))


def state_folder() -> Path:
    """The project's own state: Prefect's home, logs. Set ``HUIZONG_STATE`` to keep it elsewhere."""
    return Path(os.environ.get(STATE_VARIABLE) or PROJECT / "outputs" / ".state").absolute()


def settings(year: int, inputs: Path, outputs: Path, accept_fall: bool = False, full: bool = False) -> Settings:
    """Settings from what the command line said and the environment.

    Raises:
        SettingError: ``inputs`` or the year's folder is not there, outputs or state cannot be written, or a limit of the
            environment is no share.
        NightError: the disk of outputs or state is full.
    """
    inputs, outputs = inputs.absolute(), outputs.absolute()
    state = state_folder()
    if not inputs.is_dir():
        raise SettingError(f"找不到输入文件夹：{inputs}。请用 --inputs 指明。")
    guards, paper = _guards(accept_fall), _paper()
    found = Settings(year=year, inputs=inputs, outputs=outputs, state=state, guards=guards, full=full, paper=paper)
    if not found.season.is_dir():
        raise SettingError(f"找不到 {year} 年的申报文件夹：{found.season}。请建立该文件夹并放入申报表。")
    for folder in (found.published, state):
        _writable(folder)
    need_room(found.published, state)
    return found


def _paper() -> Paper:
    """The paper that the environment asks for."""
    asked = os.environ.get("HUIZONG_PAPER", "").strip().upper() or "A4"
    if asked not in PAPERS:
        raise SettingError(f"环境变量 HUIZONG_PAPER 应是 {' 或 '.join(PAPERS)}，现为“{asked}”。")
    return cast("Paper", asked)


def _guards(accept_fall: bool) -> Guards:
    """The guards with the limits that the environment sets."""
    return Guards(
        readable_share_least=_share("HUIZONG_READABLE_SHARE_LEAST", Guards.readable_share_least),
        filings_fall_most=_share("HUIZONG_FILINGS_FALL_MOST", Guards.filings_fall_most),
        groups_fall_most=_share("HUIZONG_GROUPS_FALL_MOST", Guards.groups_fall_most),
        accept_fall=accept_fall,
    )


def _share(variable: str, otherwise: float) -> float:
    """The share from 0 to 1 that an environment variable gives."""
    text = os.environ.get(variable, "").strip()
    try:
        share = float(text) if text else otherwise
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise SettingError(f"环境变量 {variable} 应是 0 到 1 之间的数（例如 0.3），现为“{text}”。")
    return share


def _writable(folder: Path) -> None:
    """Make ``folder`` and see that it takes a file: better said now than after all the work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(f"不能写入文件夹 {folder}（{why(error)}）。请更换文件夹或检查权限。") from error
