"""The first nights of a new installation, for real: the command in processes of its own, Prefect's database not yet made. One is
killed at its work, the next one is whole."""

import hashlib
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from shutil import copytree

from flows.publish import write_submission
from flows.scratch import FOLDER
from tests.command import Command
from tests.frames import VALID
from tests.nights import INPUTS
from tests.reference_folder import registers_in
from tests.year import BOOK

_SECONDS = 15
"""How long processes may take to end by themselves."""


@dataclass(frozen=True)
class FirstNights:
    """What is left of them: ``stdout`` and ``stderr`` of the whole night; what was left by the killed one (``scratch`` names in the
    state folder, ``processes`` by their command lines), and in the system's ``temporary`` folder by both."""

    inputs: Path
    outputs: Path
    state: Path
    stdout: str
    stderr: str
    inputs_stayed: bool
    scratch: list[str]
    processes: list[str]
    processes_of_whole: list[str]
    temporary: list[str]


def run(folder: Path) -> None:
    """Run them in ``folder``."""
    inputs, outputs, state = folder / "inputs", folder / "outputs", folder / "state"
    drop(inputs)
    before = hashes(inputs)
    # Its path is short, for sockets stand in it.
    with tempfile.TemporaryDirectory() as temporary:
        huizong = Command(state, TMPDIR=temporary)
        killed = huizong.start("nightly", "--inputs", inputs, "--outputs", outputs)
        assert killed.stdout is not None
        assert any("清点文件" in line for line in killed.stdout)
        killed.kill()
        killed.wait()
        processes = _left(state)
        scratch = [path.name for path in (state / FOLDER).iterdir()]
        whole = huizong("nightly", "--inputs", inputs, "--outputs", outputs)
        assert whole.returncode == 0, whole.stderr
        found = FirstNights(
            inputs, outputs, state, whole.stdout, whole.stderr, hashes(inputs) == before,
            scratch, processes, _left(state), [path.name for path in Path(temporary).iterdir()],
        )  # fmt: skip
    (folder / "told.json").write_text(json.dumps(asdict(found), default=str), "utf-8")


def told(folder: Path) -> FirstNights:
    """What was written down of those that were run in ``folder``."""
    found = json.loads((folder / "told.json").read_text("utf-8"))
    return FirstNights(**found | {name: Path(found[name]) for name in ("inputs", "outputs", "state")})


def drop(inputs: Path) -> None:
    """Two small submissions and a broken one."""
    copytree(INPUTS / "reference", inputs / "reference")
    references = registers_in(inputs / "reference")
    unit = "四川省农业农村厅"
    rows = [
        {**VALID, "seq": 1},
        {
            **VALID,
            "seq": 2,
            "title": "柑橘采后商品化处理技术培训",
            "otm_no": "OTM20200002",
            "headcount": 25,
            "start_date": date(2020, 9, 1),
            "end_date": date(2020, 9, 21),
        },
    ]
    (inputs / "2020" / "省直").mkdir(parents=True)
    write_submission(inputs / "2020" / "省直" / "甲.xlsx", BOOK, references, unit=unit, filings=rows)
    write_submission(inputs / "2020" / "乙.xlsx", BOOK, references, unit="绵阳市农业农村局", filings=[])
    (inputs / "2020" / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")


def hashes(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".state" not in path.parts
    }


def _left(state: Path) -> list[str]:
    """The processes that were started with this state folder and do not end."""
    deadline = time.monotonic() + _SECONDS
    while (left := _processes_of(state)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return left


def _processes_of(state: Path) -> list[str]:
    """Command lines of living processes that were started with this state folder, but for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.name) != os.getpid() and str(state).encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return [line for line in found if line]
