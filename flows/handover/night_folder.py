"""What a folder of outputs says of itself, and where the one that a night is writing stands."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

HISTORY = "历史"
"""Below the published folder: what earlier nights put out, a folder a night."""

NIGHT_FILE = "本夜.json"
_FOR_PEOPLE = "本文件夹里的各表都是这一夜的；请保留此文件，程序靠它认出是哪一夜。"
_UNFINISHED = ".unfinished"
_EARLIER_PROGRAMS = {".staging", ".handover.json", ".handover.json.new"}
"""What an older program left behind when it was killed; nothing in it is needed."""

_NIGHT = r"20\d{6}-\d{6}(?:-\d+)?"
NIGHT = re.compile(_NIGHT)
"""The id of a night."""
_STAGED = re.compile(rf"\.\d{{4}}-{_NIGHT}")


@dataclass(frozen=True)
class NightFolder:
    """What a folder of outputs says of itself in :data:`NIGHT_FILE`.

    ``run_id`` of the night; ``outputs`` the names that the night wrote; ``carried`` those of what people keep there, taken
    over from the folder before; ``as_read`` the workbooks that people write in, by name, with the sha256 that each had when
    the night read it (None where it was not there or could not be opened); ``whole`` whether it takes its place as one, or
    (False) entry by entry.
    """

    run_id: str
    outputs: tuple[str, ...]
    carried: tuple[str, ...] = ()
    as_read: Mapping[str, str | None] = field(default_factory=dict)
    whole: bool = True


def stage(published: Path, run_id: str) -> Path:
    """An empty folder beside ``published``, on the same disk, for the night to write into.

    Raises:
        OSError: it cannot be made.
    """
    folder = _home(published) / f"{_mark(published)}{run_id}"
    folder.mkdir(parents=True)
    (folder / _UNFINISHED).touch()
    return folder


def staged(published: Path) -> Iterator[tuple[Path, str]]:
    """The folders that :func:`stage` made beside ``published`` and that are still there, with the night that made each."""
    mark = _mark(published)
    for folder in sorted(_home(published).glob(f"{mark}*")):
        run_id = folder.name.removeprefix(mark)
        if NIGHT.fullmatch(run_id) and folder.is_dir() and not folder.is_symlink():
            yield folder, run_id


def _home(published: Path) -> Path:
    """The folder to stage in, on the disk of ``published``: beside it, or in it where it is a disk of its own."""
    parent = published.parent
    mounted = published.exists() and published.stat().st_dev != parent.stat().st_dev
    return published if mounted else parent


def _mark(published: Path) -> str:
    """How the name of a staging folder begins; the night follows."""
    return f".{published.name}-"


def unfinished_nights(published: Path) -> list[str]:
    """The ids of nights that were killed, or are at work, while they wrote their outputs."""
    return [run_id for folder, run_id in staged(published) if is_unfinished(folder)]


def published_nights(published: Path) -> list[str]:
    """The ids of nights whose outputs stand in the ``published`` folder or in its history."""
    history = published / HISTORY
    folders = [published, *(sorted(history.iterdir()) if history.is_dir() else ())]
    return [night.run_id for folder in folders if (night := said(folder))]


def is_unfinished(folder: Path) -> bool:
    """Whether a night was killed before it had all outputs in the folder."""
    return (folder / _UNFINISHED).exists()


def names_in(folder: Path) -> list[str]:
    """The names of all that is in ``folder``, in their order."""
    return sorted(path.name for path in folder.iterdir())


def outputs_in(staging: Path) -> list[str]:
    """The names of what the night has written."""
    return [name for name in names_in(staging) if name not in (_UNFINISHED, NIGHT_FILE)]


def say(folder: Path, night: NightFolder) -> None:
    """Write down in ``folder`` which night it is of: from now on it is finished."""
    told = {"说明": _FOR_PEOPLE, **asdict(night)}
    (folder / NIGHT_FILE).write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")
    (folder / _UNFINISHED).unlink(missing_ok=True)


def said(folder: Path) -> NightFolder | None:
    """What ``folder`` says of itself; None where it does not, or not in words that are understood."""
    try:
        told = json.loads((folder / NIGHT_FILE).read_text("utf-8"))
        return NightFolder(
            told["run_id"], (*told["outputs"],), (*told["carried"],), {**told["as_read"]}, bool(told["whole"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def log_name(run_id: str) -> str:
    """What the log of a night is called in the history."""
    return f"{run_id}.jsonl"


def night_of(folder: Path) -> str | None:
    """The night that a published folder says it is of; None where it says none."""
    night = said(folder)
    return night.run_id if night else None


def is_own(name: str) -> bool:
    """Whether an entry of a published folder belongs to the hand-over itself: neither an output nor anybody's."""
    return name in {HISTORY, NIGHT_FILE, _UNFINISHED, *_EARLIER_PROGRAMS} or bool(_STAGED.fullmatch(name))


def beside(name: str, run_id: str, suffix: str | None = None) -> str:
    """The name under which an output of ``run_id`` stands beside the one of that ``name``."""
    path = Path(name)
    return f"{path.stem}-{run_id}{path.suffix if suffix is None else suffix}"


def stands_beside(name: str, outputs: tuple[str, ...] | list[str]) -> bool:
    """Whether ``name`` is one that a night gave to an output, or to the note about it, that it put beside another."""
    stems = "|".join(re.escape(Path(output).stem) for output in outputs)
    return bool(stems and re.fullmatch(rf"(?:{stems})-{_NIGHT}(?:\.\w+)?", name))


def unused(folder: Path) -> Path:
    """``folder``, or the first of folder-2, folder-3, … that is not there; a file keeps its ending."""
    candidate, number = folder, 2
    while os.path.lexists(candidate):
        candidate, number = folder.with_name(f"{folder.stem}-{number}{folder.suffix}"), number + 1
    return candidate


def forget_earlier_programs(folder: Path) -> None:
    """Remove what an older program's unfinished hand-over left in ``folder``."""
    for name in _EARLIER_PROGRAMS & {*names_in(folder)}:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def discard(staging: Path) -> None:
    """Forget what a night wrote."""
    shutil.rmtree(staging, ignore_errors=True)
