"""Settings: what the operator may set (:mod:`~flows.settings.declared`), read at the door (:mod:`~flows.settings.written`):
the settings file, over it the environment, over both what the command line says.

Workers import this package, so it imports nothing heavy itself.
"""

import os
from pathlib import Path
from tempfile import TemporaryFile

from flows.disk import need_room
from flows.errors import AwayError, SettingError, why
from flows.near import perhaps_folder
from flows.settings.declared import (
    WAREHOUSE,
    Cluster,
    Folders,
    Guards,
    History,
    Paper,
    Print,
    ReadLimits,
    Schedule,
    Settings,
    Telling,
    Work,
    Written,
    processes,
)
from flows.settings.written import FILE_NAME, TELL_VARIABLE, keys, settings_file, variable, written

__all__ = [
    "FILE_NAME",
    "PROJECT",
    "STATE_VARIABLE",
    "TELL_VARIABLE",
    "WAREHOUSE",
    "Cluster",
    "Folders",
    "Guards",
    "History",
    "Paper",
    "Print",
    "ReadLimits",
    "Schedule",
    "Settings",
    "Telling",
    "Work",
    "Written",
    "keys",
    "settings",
    "settings_file",
    "state_folder",
    "variable",
    "written",
]

PROJECT = Path(__file__).resolve().parents[2]
"""Where the program lies: its folder, or where its wheel is installed."""

_OWN_FOLDER = (PROJECT / "pyproject.toml").is_file()
"""Whether that folder is the program's own, and not where every library lies."""

STATE_VARIABLE = variable("state")


def state_folder() -> Path:
    """The project's own state: Prefect's home, logs. Without a settings file it is the program's own, wherever a command is
    run; where the program is installed from its wheel, that of the folder in which the command is run. ``HUIZONG_STATE`` keeps
    it elsewhere. Never fails: what is wrong with the settings is told by who reads them."""
    try:
        if os.environ.get(STATE_VARIABLE) or settings_file():
            return written().folders.state.absolute()
    except SettingError:
        pass
    return (PROJECT / Folders().state if _OWN_FOLDER else Folders().state).absolute()


def settings(year: int, inputs: Path, outputs: Path, accept_fall: bool = False, full: bool = False) -> Settings:
    """Settings of one night from what the command line said, the environment and the settings file.

    Raises:
        AwayError: ``inputs`` or the year's folder is not there, or outputs or state cannot be written.
        SettingError: something is set to what it cannot be.
        NightError: the disk of outputs or state is full.
    """
    inputs, outputs = inputs.absolute(), outputs.absolute()
    state, said = state_folder(), written()
    if not inputs.is_dir():
        raise AwayError(
            f"找不到输入文件夹：{inputs}{perhaps_folder(inputs)}。请用 --inputs 指明；"
            "想先看看样例，可以运行 huizong nightly --sample。"
        )
    found = Settings(
        year=year,
        inputs=inputs,
        outputs=outputs,
        state=state,
        workers=processes(said.work.workers),
        limits=said.limits,
        guards=said.guards,
        faults_at_most=said.work.faults_at_most,
        faults_share_at_most=said.work.faults_share_at_most,
        dask=said.cluster.dask,
        spark=said.cluster.spark,
        history=said.history.nights,
        logs=said.history.log_nights,
        paper=said.print.paper,
        accept_fall=accept_fall,
        full=full,
    )
    if not found.season.is_dir():
        there = "、".join(sorted(path.name for path in inputs.glob("[0-9][0-9][0-9][0-9]") if path.is_dir())) or "无"
        raise AwayError(
            f"找不到 {year} 年的申报文件夹：{found.season}（{inputs.name} 中的年度文件夹：{there}）。请建立该文件夹并放入申报表。"
        )
    for folder in (found.published, state):
        _writable(folder)
    need_room(found.published, state)
    return found


def _writable(folder: Path) -> None:
    """Make ``folder`` and see that it takes a file: better said now than after all the work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise AwayError(f"不能写入文件夹 {folder}（{why(error)}）。请更换文件夹或检查权限。") from error
