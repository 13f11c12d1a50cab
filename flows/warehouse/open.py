"""Opening the warehouse: to write, with an older one brought up to date, or only to read."""

import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import gettempdir

import duckdb

from flows.errors import DamagedWarehouseError, NightError, SettingError, why
from flows.near import perhaps_folder
from flows.warehouse import layout
from flows.warehouse.copies import keep_copy, log_of, put_aside
from flows.warehouse.trouble import telling
from flows.warehouse.untouched import take_note

_MEMORY = "2GB"
"""What DuckDB may hold of the warehouse; else it takes most of the machine's, beside all that the night holds itself."""


def is_there(path: Path) -> bool:
    """Whether something stands at ``path``, be it a warehouse or not.

    Raises:
        NightError: that cannot be told, for its folder may not be entered; or it is no file and no folder.
    """
    there = []
    for file in (path, log_of(path)):
        try:
            mode = file.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise NightError(
                f"数据库 {path} 打不开（{file.name}：{why(error)}）。请检查 {path.parent} 和其中文件的权限。"
            ) from error
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise NightError(f"数据库 {path} 打不开：{file.name} 是管道或设备，不是文件。请移走后重新运行。")
        there.append(file)
    return path in there


def see_that_it_is_there(path: Path) -> None:
    """See that there is a warehouse at ``path`` to be asked.

    Raises:
        SettingError: there is none; says which folder may have been meant.
        NightError: as :func:`is_there`.
    """
    if not is_there(path):
        near = perhaps_folder(path.parent) if not path.parent.is_dir() else ""
        meant = f"（没有文件夹 {path.parent}{near}）" if not path.parent.is_dir() else ""
        raise SettingError(f"还没有数据库 {path}{meant}，请先运行 huizong nightly，或用 --outputs 指明输出文件夹。")


@contextmanager
def open_warehouse(path: Path, report: Callable[[str], None] = lambda _: None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that holds the warehouse for the night, with its tables and views in place.

    An older warehouse is first copied and then brought up to date; ``report`` is told, in Chinese.

    Raises:
        WarehouseBusyError: another program has it open; says which.
        NightError: the file is no DuckDB database, is damaged, is not a warehouse, is newer than the program, or cannot be
            written.
    """
    with telling(path), ExitStack() as opened:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = opened.enter_context(_connected(path))
        version = layout.version_of(connection, path)
        if version is not None and version < layout.NEWEST:
            connection.execute("CHECKPOINT")  # so that the file alone is the whole warehouse
            connection.close()
            copy = keep_copy(path, version)
            connection = opened.enter_context(_connected(path))
            report(f"数据库由第 {version} 版升级到第 {layout.NEWEST} 版，升级前的副本是 {copy.name}")
        layout.lay_out(connection, path)
        yield connection


@contextmanager
def read_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that only reads the warehouse; others may read it at the same time.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database, no night has run, or its version is not the program's.
    """
    with telling(path), _connected(path, read_only=True) as connection:
        version = layout.version_of(connection, path)
        if version is None:
            raise NightError(f"数据库 {path} 里还没有任何一夜，请先运行 huizong nightly。")
        if version < layout.NEWEST:
            raise NightError(
                f"数据库 {path} 是旧的第 {version} 版（现为第 {layout.NEWEST} 版），"
                "请先运行一夜 huizong nightly，它会自动升级，原有各夜都保留。"
            )
        yield connection


def _connected(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that spills, where it must, to the folder of temporary things and not beside the warehouse."""
    is_there(path)  # or it is a pipe, which would be waited for
    return duckdb.connect(path, read_only=read_only, config={"temp_directory": gettempdir(), "memory_limit": _MEMORY})


def put_aside_if_damaged(path: Path, state: Path) -> str | None:
    """Put a warehouse aside that is damaged, seen by reading every row of every table; what was done, in Chinese. One that is
    as the last night left it, which the ``state`` folder knows, is not read.

    Raises:
        WarehouseBusyError: another program has it open; says which.
        NightError: it cannot be opened for another reason, or cannot be put aside.
    """
    if not is_there(path) or take_note(path, state):
        return None
    try:
        read_through(path)
    except DamagedWarehouseError:
        aside = put_aside(path, "损坏")
        return f"数据库 {path.name} 已损坏，不能使用；已改名为 {aside.name} 留存，本夜重新建立数据库"
    return None


def read_through(path: Path) -> int | None:
    """Read every row of every table of the warehouse at ``path``; its version, None where it has no tables yet.

    Raises:
        DamagedWarehouseError: some of it is damaged, or it is no database.
        ForeignWarehouseError: it is another program's.
        WarehouseBusyError: another program has it open; says which.
        NightError: it cannot be opened for another reason, or is newer than the program.
        LayoutError: its tables are not what the schemas declare.
    """
    with telling(path), _connected(path, read_only=True) as connection:
        for table in layout.found_tables(connection):
            connection.table(f'"{table}"').aggregate("bit_xor(hash(COLUMNS(*)))").fetchall()
        version = layout.version_of(connection, path)
        if version == layout.NEWEST:
            layout.hold_against_schemas(connection, path)
    return version
