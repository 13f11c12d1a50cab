"""The one settings object, read once at the door."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from flows.errors import SettingError, why

PROJECT = Path(__file__).resolve().parents[1]
STATE_VARIABLE = "HUIZONG_STATE"


@dataclass(frozen=True)
class ReadLimits:
    """What one untrusted file may cost.

    ``file_bytes`` of the file; ``unpacked_bytes`` of a zip's members in all; ``cells`` in one sheet; ``seconds`` of wall
    time and ``memory_bytes`` of address space in the worker that reads it.
    """

    file_bytes: int = 64 * 2**20
    unpacked_bytes: int = 512 * 2**20
    cells: int = 5_000_000
    seconds: float = 30.0
    memory_bytes: int = 2 * 2**30


@dataclass(frozen=True)
class Settings:
    """Where a night reads and writes. Paths are absolute; ``workers`` is the number of reading processes.

    A night stops where the program itself fails at more than ``faults_at_most`` files that are also more than the share
    ``faults_share_at_most`` of all.
    """

    year: int
    inputs: Path
    outputs: Path
    state: Path
    workers: int = field(default_factory=lambda: max(1, min(8, os.cpu_count() or 1)))
    limits: ReadLimits = field(default_factory=ReadLimits)
    faults_at_most: int = 2
    faults_share_at_most: float = 0.02

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


def state_folder() -> Path:
    """The project's own state: Prefect's home, logs. Set ``HUIZONG_STATE`` to keep it elsewhere."""
    return Path(os.environ.get(STATE_VARIABLE) or PROJECT / "outputs" / ".state").absolute()


def settings(year: int, inputs: Path, outputs: Path) -> Settings:
    """Settings from what the command line said and the environment.

    Raises:
        SettingError: ``inputs`` or the year's folder is not there, or outputs or state cannot be written.
    """
    inputs, outputs = inputs.absolute(), outputs.absolute()
    state = state_folder()
    if not inputs.is_dir():
        raise SettingError(f"找不到输入文件夹：{inputs}。请用 --inputs 指明。")
    found = Settings(year=year, inputs=inputs, outputs=outputs, state=state)
    if not found.season.is_dir():
        raise SettingError(f"找不到 {year} 年的申报文件夹：{found.season}。请建立该文件夹并放入申报表。")
    for folder in (found.published, state):
        _writable(folder)
    return found


def _writable(folder: Path) -> None:
    """Make ``folder`` and see that it takes a file: better said now than after all the work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(f"不能写入文件夹 {folder}（{why(error)}）。请更换文件夹或检查权限。") from error
