"""Files as the night found them: what each holds, and what the frame of them says of where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.read.failures import Failure
from flows.read.faults import read_behind_wall
from flows.read.formats.contents import Fingerprint, FoundFile, fingerprint
from flows.settings import ReadLimits

if TYPE_CHECKING:
    from flows.settings import Settings
    from schemas.tables import DataFrame, FoundFiles


_COPIES = 3
"""Other places at which the bytes of a file are looked for when they are no longer in its own."""


@dataclass(frozen=True)
class Fingerprints:
    """Takes the fingerprint of every file."""

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, place: Path, limits: ReadLimits) -> Fingerprint:
        """What the file at ``place`` holds.

        Raises:
            Unreadable: it cannot be opened, or is no file.
        """
        return fingerprint(place, limits)

    def read(self, opened: Fingerprint) -> Fingerprint:
        """The same: nothing is made of it."""
        return opened


def fingerprints(places: Sequence[Path], settings: Settings) -> list[Fingerprint | Failure]:
    """What each file holds, in their order; why one cannot be told."""
    return read_behind_wall(Fingerprints(), places, settings)


def found_files(files: DataFrame[FoundFiles], inputs: Path) -> dict[str, FoundFile]:
    """Path → the file as it was found, with some of its copies elsewhere; ``inputs`` is what paths are relative to."""
    same: dict[str, list[Path]] = defaultdict(list)
    digests = {
        path: sha256 if isinstance(sha256, str) else None for path, sha256 in files[["path", "sha256"]].to_numpy()
    }
    for path, sha256 in digests.items():
        if sha256 and len(same[sha256]) <= _COPIES:
            same[sha256].append(inputs / path)

    def found(path: str, sha256: str | None) -> FoundFile:
        place = inputs / path
        return FoundFile(place, sha256, tuple(copy for copy in same[sha256 or ""] if copy != place))

    return {path: found(path, sha256) for path, sha256 in digests.items()}
