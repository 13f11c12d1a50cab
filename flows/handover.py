"""Hand over: tonight's outputs take the place of yesterday's, all together or not at all.

Everything is written beside first (the staging folder), then renamed. A journal lists the renames before the first one,
so that a night killed in the middle is undone when the next one starts.

A workbook that somebody has open, or has saved since the night read it, is not replaced: the new one is put beside it
under a name with the night in it, with a note. The next night reads both and, once nobody has them open, tidies up.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.errors import NightError, why

HISTORY = "历史"
_JOURNAL = ".handover.json"
_STAGING = ".staging"
_NIGHT = r"20\d{6}-\d{6}(?:-\d+)?"

_OPEN = "“{name}”正被打开（旁边有 {lock}）"
_SAVED = "“{name}”在本夜运行期间又被保存过"
_STUCK = "“{name}”正被占用，不能替换"
_BESIDE = "{why}，没有替换；本夜的新表是“{beside}”。"
_NOTE = (
    "{why}，所以没有替换它。\r\n"
    "本夜的新表是“{beside}”，请改用新表。\r\n"
    "旧表和新表里填写的处理意见下一夜都会读取，不会丢失；旧表没有人打开时，下一夜自动收入“历史”文件夹。\r\n"
    "如果已经没有人打开旧表，请删除名字以“~$”或“.~”开头的同名临时文件。\r\n"
)


@dataclass(frozen=True)
class _Move:
    source: Path
    target: Path

    def undo(self) -> None:
        """Put the target back where it came from, if it ever left."""
        if self.target.exists() and not self.source.exists():
            self.source.parent.mkdir(parents=True, exist_ok=True)
            self.target.rename(self.source)


def staging_folder(published: Path, run_id: str) -> Path:
    """An empty folder beside the outputs, on the same disk, for the night to write into."""
    folder = published / _STAGING / run_id
    folder.mkdir(parents=True)
    return folder


def hand_over(
    staging: Path, published: Path, run_id: str, previous: str | None, as_read: Mapping[str, str | None] | None = None
) -> list[str]:
    """Move what ``published`` has under the staged names to ``历史/<previous>/`` and the staged outputs into its place.

    ``as_read`` are the workbooks that people write in, by name, with the sha256 that each had when it was read (None where
    it was not there or could not be opened). Returns, in Chinese, what was not replaced and where its new one is. The
    journal stays until :func:`finish`, since the night is not done before the warehouse has it.

    Raises:
        NightError: the new outputs cannot be put in place; what was moved has been put back.
    """
    turn = _Turn(staging, published, _unused(published / HISTORY / (previous or "更早")), run_id, as_read or {})
    names = sorted(path.name for path in staging.iterdir())
    try:
        return turn.take_over(names)
    except OSError as error:
        undo(published)
        raise NightError(
            f"“{Path(error.filename or '').name}”不能放入输出文件夹（{why(error)}），昨夜的结果保持不变。"
        ) from error


class _Turn:
    """One hand-over under way."""

    def __init__(
        self, staging: Path, published: Path, history: Path, run_id: str, as_read: Mapping[str, str | None]
    ) -> None:
        self.staging, self.published, self.history = staging, published, history
        self.run_id, self.as_read = run_id, as_read
        self.moves: list[_Move] = []

    def take_over(self, names: list[str]) -> list[str]:
        """The old ones out, then the new ones in; a new one goes beside an old one that stays. What is to be said of it."""
        _write_journal(self.published, self.run_id, self.moves)
        self.history.mkdir(parents=True, exist_ok=True)
        stays = {name: why for name in names if (why := self._take_out(name))}
        for name in self._left_beside(names):
            self._take_out(name)
        notes = []
        for name in names:
            why = stays.get(name) or (_SAVED.format(name=name) if (self.published / name).exists() else None)
            if why is None:
                self._move(self.staging / name, self.published / name)
            else:
                notes.append(self._put_beside(name, why))
        return notes

    def _take_out(self, name: str) -> str | None:
        """Move the old ``name`` into the history; or why it stays where it is, in Chinese."""
        old, kept = self.published / name, self.history / name
        if not old.exists():
            return None
        lock = next((lock for lock in _locks(name) if (self.published / lock).exists()), None)
        if lock and old.is_file():
            return _OPEN.format(name=name, lock=lock)
        if self._changed(old, name):
            return _SAVED.format(name=name)
        try:
            self._move(old, kept)
        except OSError:
            return _STUCK.format(name=name)
        if self._changed(kept, name):  # saved in the moment between
            self._move(kept, old)
            return _SAVED.format(name=name)
        return None

    def _put_beside(self, name: str, why: str) -> str:
        """Put the new ``name`` and a note beside the old one; what is to be said of it."""
        path = Path(name)
        beside, note = f"{path.stem}-{self.run_id}{path.suffix}", f"{path.stem}-{self.run_id}.txt"
        (self.staging / note).write_text(_NOTE.format(why=why, beside=beside), "utf-8-sig", newline="")
        self._move(self.staging / name, self.published / beside)
        self._move(self.staging / note, self.published / note)
        return _BESIDE.format(why=why, beside=beside)

    def _move(self, source: Path, target: Path) -> None:
        """Rename, after the journal knows of it."""
        self.moves.append(_Move(source, target))
        _write_journal(self.published, self.run_id, self.moves)
        try:
            source.rename(target)
        except OSError:
            self.moves.pop()
            _write_journal(self.published, self.run_id, self.moves)
            raise

    def _left_beside(self, names: list[str]) -> list[str]:
        """What earlier nights put beside these names."""
        stems = "|".join(re.escape(Path(name).stem) for name in names)
        beside = re.compile(f"(?:{stems})-{_NIGHT}(?:\\.\\w+)?")
        return sorted(path.name for path in self.published.iterdir() if beside.fullmatch(path.name))

    def _changed(self, path: Path, name: str) -> bool:
        """Whether a workbook is not the one that the night has read."""
        return name in self.as_read and path.is_file() and _sha256(path) != self.as_read[name]


def is_lock(name: str) -> bool:
    """Whether the file is what Excel, WPS or LibreOffice put beside a workbook while it is open."""
    return name.startswith(("~$", ".~"))


def _locks(name: str) -> tuple[str, ...]:
    return f"~${name}", f".~lock.{name}#", f".~{name}"


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


def finish(published: Path) -> None:
    """Forget the journal and the staging folder: the night is done."""
    (published / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(published / _STAGING, ignore_errors=True)
    history = published / HISTORY
    if history.is_dir():
        for folder in [*history.iterdir(), history]:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def undo(published: Path) -> None:
    """Put yesterday's outputs back where a night was stopped in the middle of handing over."""
    for move in reversed(_journal(published)[1]):
        move.undo()
    finish(published)


def recover(published: Path, done: set[str]) -> None:
    """Tidy up after a night that was killed: undone unless the warehouse has it among its ``done`` runs."""
    if _journal(published)[0] in done:
        finish(published)
    else:
        undo(published)


def _journal(published: Path) -> tuple[str | None, list[_Move]]:
    try:
        told = json.loads((published / _JOURNAL).read_text("utf-8"))
    except (OSError, ValueError):
        return None, []
    moves = [_Move(published / source, published / target) for source, target in told["moves"]]
    return told["run_id"], moves


def _write_journal(published: Path, run_id: str, moves: list[_Move]) -> None:
    told = [[str(m.source.relative_to(published)), str(m.target.relative_to(published))] for m in moves]
    beside = published / (_JOURNAL + ".new")
    beside.write_text(json.dumps({"run_id": run_id, "moves": told}, ensure_ascii=False), "utf-8")
    beside.replace(published / _JOURNAL)


def _unused(folder: Path) -> Path:
    candidate, number = folder, 2
    while candidate.exists():
        candidate, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return candidate
