"""The inner rooms of reading: arrows one way, no circle, and one door."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from flows import read
from flows.decide.own_workbooks import Recogniser
from flows.decide.written_rows import Reader
from flows.publish.returned.marking import Marker
from flows.read import FileReader
from flows.read.found import Fingerprints
from flows.references.workbook import RegisterReader
from flows.settings import PROJECT

READ = PROJECT / "flows" / "read"

MAY_KNOW = {
    "formats": set(),
    "values": set(),
    "tables": {"formats.grid", "values"},
    "failures": {"formats.refusal"},
    "worker": {"failures", "formats.refusal"},
    "found": {"failures", "faults", "formats.contents"},
    "wall": {"failures", "worker"},
    "specimen": {"formats.grid", "tables"},
    "one_file": {"formats", "specimen", "tables"},
    "frames": {"failures", "tables", "values"},
    "faults": {"failures", "wall", "worker"},
    "remembered": {"failures", "faults", "formats", "frames", "one_file", "tables"},
}
"""Inner room or module → what else of reading it may import: a whole room, or one module of it."""


def imports(path: Path) -> Iterator[str]:
    """The modules that the one at ``path`` imports when it runs, those within functions too."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (_module(node.module, alias.name) for alias in node.names)


def _module(package: str, name: str) -> str:
    """``from package import name`` may bring in a module."""
    place = PROJECT.joinpath(*package.split("."), name)
    return f"{package}.{name}" if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file() else package


def name_of(path: Path) -> str:
    """The module at ``path`` as reading calls it: ``tables.header``; a room's own door is the room."""
    parts = path.relative_to(READ).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in READ.rglob("*.py") if name_of(path)}


def within(path: Path) -> set[str]:
    """What a module imports of reading."""
    return {name.removeprefix("flows.read.") for name in imports(path) if name.startswith("flows.read.")}


@pytest.mark.parametrize("name", MODULES)
def test_arrows_go_one_way(name):
    room = name.split(".")[0]
    known = {room} | MAY_KNOW[room]
    strangers = [other for other in within(MODULES[name]) if other not in known and other.split(".")[0] not in known]
    assert strangers == []


def test_no_module_comes_back_to_itself():
    graph = {name: {other for other in within(path) if other in MODULES} for name, path in MODULES.items()}
    # A room's door brings in its modules, which never go through the door of their own room.
    assert [*TopologicalSorter(graph).static_order()]
    for name, others in graph.items():
        assert "." not in name or name.split(".")[0] not in others, name


def test_other_rooms_come_through_the_door():
    past = {
        (str(path.relative_to(PROJECT)), name)
        for folder in ("flows", "schemas", "sql")
        for path in (PROJECT / folder).rglob("*.py")
        if READ not in path.parents
        for name in imports(path)
        if name.startswith("flows.read.")
    }
    assert past == set()


OPENERS = {"zipfile", "olefile", "python_calamine", "xlrd", "openpyxl", "lxml"}
"""What opens a workbook or a part of one."""
IN_WORKERS = {
    "flows/decide/own_workbooks.py",
    "flows/publish/returned/in_kind",
    "flows/read/formats",
    "flows/references/workbook.py",
}
"""Where workbooks are opened: what is called by nobody but the workers behind the wall."""
OWN_PACKAGES = {"flows/publish/workbook/package.py", "flows/publish/briefing/pictures.py", "flows/sample/__init__.py"}
"""Where a package or a picture is opened that this process has just made itself, or that came with the program."""


def test_workbooks_are_opened_nowhere_but_behind_the_wall():
    opening = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "flows").rglob("*.py")
        if OPENERS & {name.split(".")[0] for name in imports(path)}
    }
    assert {path for path in opening if not any(path.startswith(place) for place in IN_WORKERS)} == OWN_PACKAGES


@pytest.mark.parametrize("name", read.__all__)
def test_the_door_gives_what_it_names(name):
    assert getattr(read, name) is not None


def test_the_door_gives_nothing_else():
    with pytest.raises(AttributeError):
        _ = read.walled


def test_every_module_says_what_it_holds():
    for name, path in MODULES.items():
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), name


HEAVY = ("pandas", "numpy", "pyarrow", "pydantic", "prefect", "duckdb", "openpyxl")


WORKS = (FileReader, Fingerprints, Reader, Recogniser, RegisterReader, Marker)


@pytest.mark.parametrize("work", [work.__module__ for work in WORKS])
def test_workers_start_with_nothing_heavy(work):
    code = f"import sys, flows.read.formats, flows.read.worker, {work}; print(*sorted({{*{HEAVY}}} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_a_worker_is_handed_brings_in_nothing_heavy(tmp_path):
    from pickle import dumps

    from tests.reading import READER

    handed = dumps(READER)
    assert len(handed) < 200_000
    (tmp_path / "handed").write_bytes(handed)
    code = (
        "import pickle, sys; from pathlib import Path\n"
        f"work = pickle.loads(Path({str(tmp_path / 'handed')!r}).read_bytes()); work.prepare()\n"
        f"print(*sorted({{*{HEAVY}}} & {{*sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
