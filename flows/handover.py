"""Hand over: tonight's outputs take the place of yesterday's, all together or not at all.

Everything is written beside first (the staging folder), then renamed. A journal lists the renames before the first one,
so that a night killed in the middle is undone when the next one starts.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from flows.errors import NightError

HISTORY = "历史"
_JOURNAL = ".handover.json"
_STAGING = ".staging"


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


def hand_over(staging: Path, published: Path, run_id: str, previous: str | None) -> None:
    """Move what ``published`` has under the staged names to ``历史/<previous>/`` and the staged outputs into its place.

    The journal stays until :func:`finish`, since the night is not done before the warehouse has it.

    Raises:
        NightError: a file could not be replaced; what was moved has been put back.
    """
    history = _unused(published / HISTORY / (previous or "更早"))
    staged = sorted(path.name for path in staging.iterdir())
    moves = [_Move(published / name, history / name) for name in staged if (published / name).exists()]
    moves += [_Move(staging / name, published / name) for name in staged]
    _write_journal(published, run_id, moves)
    history.mkdir(parents=True, exist_ok=True)
    for move in moves:
        try:
            move.source.rename(move.target)
        except OSError as error:
            undo(published)
            raise NightError(
                f"“{move.source.name}”正被占用或不能改名（{error.strerror}），昨夜的结果保持不变。"
            ) from error


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
