"""Python, and the packages that the program was tested with."""

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, probe
from flows.settings import PROJECT

PROGRAM = "huizong"
PYTHON_LEAST = (3, 11)
_INSTALL = "请运行 make install（或按 README 用 pip 安装 constraints.txt）"
_LISTED = 5


@probe("Python")
def python(_place: Place) -> Iterator[Told]:
    """The version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON_LEAST:
        yield Told(BAD, f"版本 {found} 太旧，应为 {'.'.join(map(str, PYTHON_LEAST))} 或更新。")
    else:
        yield Told(GOOD, f"版本 {found}")


@probe("程序包")
def packages(_place: Place) -> Iterator[Told]:
    """The packages that the program needs, held against the versions that it was tested with."""
    tested = pinned(PROJECT / "constraints.txt")
    needed = _needed(PROGRAM, {}) or dict.fromkeys(tested)
    missing = [name for name, found in needed.items() if found is None and name in tested]
    other = [
        f"{name} {found}（应为 {tested[name]}）"
        for name, found in needed.items()
        if found and tested.get(name, found) != found
    ]
    if missing:
        yield Told(BAD, f"没有安装 {_listed(missing)}。{_INSTALL}。")
    if other:
        yield Told(NOTE, f"版本与测试过的不同：{_listed(other)}。{_INSTALL}。")
    if not tested:
        yield Told(NOTE, f"没有 {PROJECT / 'constraints.txt'}，不知道测试过哪些版本。")
    elif not (missing or other):
        yield Told(GOOD, f"{len(needed)} 个，都是测试过的版本")


def pinned(constraints: Path) -> dict[str, str]:
    """Package → the version that a file of constraints names for this machine; nothing where it cannot be read."""
    try:
        lines = constraints.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for line in lines:
        try:
            requirement = Requirement(line.removesuffix("\\").strip())
        except InvalidRequirement:  # a hash, a comment
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            found |= {canonicalize_name(requirement.name): said.version for said in requirement.specifier}
    return found


def _needed(package: str, seen: dict[str, str | None]) -> dict[str, str | None]:
    """What ``package`` needs and what these need → the version that is installed, None where none is."""
    try:
        wanted = requires(package) or []
    except PackageNotFoundError:
        return seen
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            seen[name] = version(name)
        except PackageNotFoundError:
            seen[name] = None
        _needed(name, seen)
    return seen


def _listed(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more
