"""The wheel holds all that the program reads, and the sample season that it carries is the one that is tested."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from flows import cli
from flows.sample import PACKED, lay_out
from tests.nights import INPUTS

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("flows", "schemas", "sql")


def test_the_packed_season_is_the_one_in_inputs(tmp_path):
    made = tmp_path / "inputs"
    lay_out(made)
    packed, tested = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (made, INPUTS)
    )
    assert packed == tested, "run: make season"


def test_the_season_is_put_only_into_an_empty_folder(tmp_path, capsys):
    (tmp_path / "甲.xlsx").write_bytes(b"")
    assert cli.main(["nightly", "--sample", "--inputs", str(tmp_path)]) == cli.WRONG
    assert "只放入空文件夹" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["甲.xlsx"]


@pytest.mark.slow
def test_the_wheel_holds_what_the_program_reads(tmp_path):
    tree = tmp_path / "tree"
    rubbish = shutil.ignore_patterns("__pycache__")
    for room in ROOMS:
        shutil.copytree(PROJECT / room, tree / room, ignore=rubbish)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(PROJECT / name, tree)
    build = "from setuptools import build_meta; import sys; print(build_meta.build_wheel(sys.argv[1]))"
    told = subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=tree, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    (wheel,) = tmp_path.glob("huizong-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
        (entries,) = [packed.read(name).decode() for name in packed.namelist() if name.endswith("entry_points.txt")]
    there = [path for room in ROOMS for path in (PROJECT / room).rglob("*") if path.is_file()]
    assert held == {path.relative_to(PROJECT).as_posix() for path in there if "__pycache__" not in path.parts}
    assert PACKED.relative_to(PROJECT).as_posix() in held
    assert "huizong = flows.cli:run" in entries
