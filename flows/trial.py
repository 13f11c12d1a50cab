"""A trial: a night into another folder, with another notice or other reference workbooks, that leaves the outputs as they are.

The folder gets a copy of the warehouse, of the decisions and of the workbooks in which somebody may have decided, so that the
trial is the night that would come next; and a note with which night it is to be compared.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.errors import SettingError, why
from flows.near import perhaps_folder
from flows.settings import STATE_VARIABLE, Settings
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES

MARK = "试算.json"
_FOR_PEOPLE = "本文件夹是一次试算，不是正式结果；看与正式的最近一夜有什么不同：huizong diff --try 本文件夹"
_STATE = ".state"
_REGISTERS = "参考表"


@dataclass(frozen=True)
class Trial:
    """A trial in ``folder``: with the ``notice`` in another file, and the ``reference`` workbooks in another folder, where they are
    given."""

    folder: Path
    notice: Path | None = None
    reference: Path | None = None

    @contextmanager
    def state(self) -> Iterator[None]:
        """Within, the state folder of this program is the trial's own."""
        before = os.environ.get(STATE_VARIABLE)
        os.environ[STATE_VARIABLE] = str(self.folder.absolute() / _STATE)
        try:
            yield
        finally:
            os.environ.pop(STATE_VARIABLE)
            if before is not None:
                os.environ[STATE_VARIABLE] = before

    def registers(self, of_season: Path) -> Path:
        """The folder of the reference workbooks of the trial: those that it brings, the others as they are in that ``of_season``."""
        if self.reference is None:
            return of_season
        together = self.folder / _REGISTERS
        together.mkdir(exist_ok=True)
        for name in _BOOKS:
            found = next((own / name for own in (self.reference, of_season) if (own / name).exists()), None)
            if found:
                shutil.copyfile(found, together / name)
        return together

    def prepare(self, real: Settings) -> None:
        """Make the folder what the outputs of the ``real`` settings are, which stay as they are in every byte.

        Raises:
            SettingError: the folder cannot be one of a trial, or what the trial brings is not there.
            WarehouseBusyError: a night is running, or another program has the warehouse open.
            NightError: the warehouse cannot be read.
        """
        self._see_that_it_may_be(real)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _forget(self.folder)
            _say(self.folder, None)
            _say(self.folder, self._copy(real))
        except OSError as error:
            raise SettingError(
                f"不能写入试算文件夹 {self.folder}（{why(error)}）。请换一个文件夹，或检查权限和磁盘。"
            ) from error

    def _see_that_it_may_be(self, real: Settings) -> None:
        here = self.folder.resolve()
        for called, folder in (("输出文件夹", real.outputs), ("输入文件夹", real.inputs), ("状态文件夹", real.state)):
            there = folder.resolve()
            if here == there or there in here.parents or here in there.parents:
                how = "就是" if here == there else "在" if there in here.parents else "包含"
                within = " 之内" if how == "在" else ""
                raise SettingError(
                    f"试算文件夹 {self.folder} {how}{called} {folder}{within}，试算会动到正式的文件。请用 --try 另指一个新的文件夹。"
                )
        if here.exists() and not here.is_dir():
            raise SettingError(f"{self.folder} 不是文件夹。请用 --try 另指一个新的文件夹。")
        if here.is_dir() and any(here.iterdir()) and not (here / MARK).is_file():
            raise SettingError(f"{self.folder} 里已有别的文件，不是试算的文件夹。请用 --try 另指一个新的或空的文件夹。")
        if self.notice is not None and not self.notice.is_file():
            raise SettingError(
                f"找不到通知规则文件 {self.notice}。请用 --notice 指明，可从 schemas/notices 复制一份来改。"
            )
        if self.reference is not None and not self.reference.is_dir():
            raise SettingError(
                f"找不到参考表文件夹 {self.reference}{perhaps_folder(self.reference)}。请用 --reference 指明。"
            )
        if self.reference is not None and not any((self.reference / name).is_file() for name in _BOOKS):
            raise SettingError(f"{self.reference} 里没有参考表（{'、'.join(_BOOKS)}）。")

    def _copy(self, real: Settings) -> str | None:
        """Copy what the next night would begin with; gives the current night of the year, None where there is none."""
        from flows import warehouse

        current = None
        with ExitStack() as held:
            if warehouse.is_there(real.warehouse):
                # Held open while it is copied: no night can begin meanwhile.
                connection = held.enter_context(warehouse.read_warehouse(real.warehouse))
                current = warehouse.current_nights(connection).get(real.year)
            beside = (real.warehouse, real.warehouse.with_name(f"{real.warehouse.name}.wal"), real.decision_log)
            for path in (path for path in beside if path.is_file()):
                shutil.copy2(path, self.folder / path.name)
            published = self.folder / str(real.year)
            published.mkdir()
            for path in real.published.glob("*") if real.published.is_dir() else ():
                if path.is_file() and not path.is_symlink():
                    shutil.copy2(path, published / path.name)
        return current


_BOOKS = [name for name, _ in (*REFERENCES.values(), *OPTIONAL_REFERENCES.values())]


def compared_with(outputs: Path) -> str | None:
    """The night that a trial in the folder ``outputs`` is to be compared with; None where there is none, or it is no trial."""
    try:
        told = json.loads((outputs / MARK).read_text("utf-8"))
        return str(told["run_id"]) if told["run_id"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def see_that_it_is_one(folder: Path) -> None:
    """See that the ``folder`` is that of a trial.

    Raises:
        SettingError: it is not.
    """
    if not (folder / MARK).is_file():
        raise SettingError(
            f"{folder} 不是试算的文件夹{perhaps_folder(folder)}。请先运行 huizong nightly --try {folder}。"
        )


def _say(folder: Path, run_id: str | None) -> None:
    told = {"说明": _FOR_PEOPLE, "run_id": run_id}
    (folder / MARK).write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")


def _forget(folder: Path) -> None:
    """Remove what an earlier trial has left."""
    of_program = Settings(0, folder, folder, folder / _STATE).written
    for path in (*of_program, folder / _REGISTERS):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
