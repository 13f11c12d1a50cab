"""A disk of a few hundred KB for tests; where none can be mounted, the test says so and is skipped."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MountDisk = Callable[..., Path]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[MountDisk]:
    """Mounts ``kilobytes`` at a new folder ``name`` of the test's and gives the folder; unmounted at the end."""
    mounted: list[Path] = []

    def mount(name: str, kilobytes: int, options: str = "") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        asked = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k{options}", "huizong-test", str(folder)]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            refused = done.stderr.strip() if done.returncode else ""
        except OSError as error:
            refused = str(error)
        if refused:
            told = f"no disk can be mounted here ({refused}): this test has not run"
            pytest.fail(told) if os.environ.get("HUIZONG_NO_SKIPS") else pytest.skip(told)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def fill(folder: Path) -> None:
    """Write until the disk of ``folder`` takes no more."""
    with (folder / "full").open("wb", buffering=0) as full:
        try:
            while True:
                full.write(bytes(1024))
        except OSError:
            return
