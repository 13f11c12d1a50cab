"""The program itself: Python, the libraries, the data files of the year, Prefect."""

import os
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from flows.doctor.probe import BAD, GOOD, NOTE, Place, Told, megabytes, probe
from flows.passwords import hidden
from flows.settings import PROJECT
from schemas.errors import DataFileError
from schemas.yearbook import load_yearbook

_PYTHON_LEAST = (3, 11)
_LISTED = 5
_PREFECT_MEGABYTES_MOST = 200.0


@probe("安装")
def python(place: Place) -> Iterator[Told]:
    """The version of Python."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON_LEAST:
        yield Told(BAD, f"Python {found} 太旧", "请安装 Python 3.11 或更新的版本，重新 make install")
    else:
        yield Told(GOOD, f"Python {found}，{sys.executable}")


@probe("安装")
def libraries(place: Place) -> Iterator[Told]:
    """Every library that is here has the version that was tested, and none that a night needs is missing."""
    pinned = PROJECT / "constraints.txt"
    if not pinned.is_file():
        yield Told(NOTE, "没有 constraints.txt，无法核对程序库的版本")
        return
    other = [*_other_versions(pinned.read_text("utf-8"))]
    if other:
        more = f" 等 {len(other)} 个" if len(other) > _LISTED else ""
        yield Told(NOTE, f"程序库与测试过的版本不同：{'；'.join(other[:_LISTED])}{more}", "请重新 make install")
    else:
        yield Told(GOOD, "程序库都是测试过的版本")


def _other_versions(pinned: str) -> Iterator[str]:
    """Each library that is of another version than the one that is pinned for this machine, or missing."""
    needed = _needed("huizong", set())
    for line in pinned.splitlines():
        if line.startswith((" ", "#")) or not line.strip():
            continue
        wanted = Requirement(line.rstrip(" \\"))
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            if canonicalize_name(wanted.name) in needed:
                yield f"{wanted.name} 没有安装"
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield f"{wanted.name} 应为 {str(wanted.specifier).lstrip('=')}，现为 {found}"


def _needed(package: str, seen: set[str]) -> set[str]:
    """What a package needs, and what that needs in turn; nothing of a package that is not here."""
    try:
        wanted = requires(package) or []
    except PackageNotFoundError:
        return seen
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name not in seen and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            seen.add(name)
            _needed(name, seen)
    return seen


@probe("年度规则")
def data_files(place: Place) -> Iterator[Told]:
    """The notice, the form, the titles and the linking settings of the year."""
    from flows.validate import rule_book

    try:
        book = load_yearbook(place.settings.year)
        rule_book(book.notice)
    except DataFileError as error:
        yield Told(BAD, str(error), "请改正该文件")
        return
    yield Told(GOOD, f"{place.settings.year} 年的通知、申报表、栏目名称和归并设置都读得出")


@probe("Prefect")
def prefect(place: Place) -> Iterator[Told]:
    """Prefect's server, if one is set, and the database of the temporary one."""
    from flows.prefect_home import reach_server

    address = os.environ.get("PREFECT_API_URL")
    reach_server()
    yield Told(GOOD, f"服务器 {hidden(address)} 连得上" if address else "没有设置服务器，每夜自行启动临时服务器")
    database = place.settings.state / "prefect" / "prefect.db"
    if not database.is_file():
        return
    if megabytes(database) > _PREFECT_MEGABYTES_MOST:
        yield place.mended(
            f"Prefect 的临时数据库有 {megabytes(database):.0f} MB",
            "已删除，下一夜重建",
            f"没有任务在运行时可删除 {database}，下一夜重建",
            lambda: _remove_database(database),
        )
    else:
        yield Told(GOOD, f"Prefect 的临时数据库 {megabytes(database):.1f} MB")


def _remove_database(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
