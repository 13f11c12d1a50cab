"""Opening the warehouse: to write, with an older one brought up to date, or only to read."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.errors import HuizongError, NightError, WarehouseBusyError
from flows.warehouse import layout
from flows.warehouse.copies import keep_copy

_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)(?: by user (\S+?)[.\s])?")
_LOCKED = re.compile(r"\block\b|being used by another process", re.IGNORECASE)


@contextmanager
def open_warehouse(path: Path, report: Callable[[str], None] = lambda _: None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that holds the warehouse for the night, with its tables and views in place.

    An older warehouse is first copied and then brought up to date; ``report`` is told, in Chinese.

    Raises:
        WarehouseBusyError: another program has it open; says which.
        NightError: the file is no DuckDB database, is damaged, is not a warehouse, is newer than the program, or cannot be
            written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path)
    try:
        version = layout.version_of(connection, path)
        if version is not None and version < layout.NEWEST:
            connection.execute("CHECKPOINT")  # so that the file alone is the whole warehouse
            connection.close()
            copy = keep_copy(path, version)
            connection = _connect(path)
            report(f"数据库由第 {version} 版升级到第 {layout.NEWEST} 版，升级前的副本是 {copy.name}")
        layout.lay_out(connection, path)
    except duckdb.Error as error:
        connection.close()
        raise _unopened(path, error) from error
    except BaseException:
        connection.close()
        raise
    with connection:
        yield connection


@contextmanager
def read_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that only reads the warehouse; others may read it at the same time.

    Raises:
        WarehouseBusyError: a night is running, or another program has it open; says which.
        NightError: the file is no DuckDB database, no night has run, or its version is not the program's.
    """
    try:
        with duckdb.connect(path, read_only=True) as connection:
            version = layout.version_of(connection, path)
            if version is None:
                raise NightError(f"数据库 {path} 里还没有任何一夜，请先运行 huizong nightly。")
            if version < layout.NEWEST:
                raise NightError(
                    f"数据库 {path} 是旧的第 {version} 版（现为第 {layout.NEWEST} 版），"
                    "请先运行一夜 huizong nightly，它会自动升级，原有各夜都保留。"
                )
            yield connection
    except duckdb.Error as error:
        raise _unopened(path, error) from error


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path, config={"temp_directory": tempfile.gettempdir()})
    except duckdb.Error as error:
        raise _unopened(path, error) from error


def _unopened(path: Path, error: duckdb.Error) -> HuizongError:
    holder = _HOLDER.search(str(error))
    if holder:
        user = f"，用户 {holder[3]}" if holder[3] else ""
        return WarehouseBusyError(
            f"数据库 {path} 正被占用：{holder[1]}（进程号 {holder[2]}{user}）。请关闭该程序后重新运行；昨夜的结果不受影响。"
        )
    first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
    if _LOCKED.search(str(error)):
        return WarehouseBusyError(f"数据库 {path} 正被另一程序占用：{first_line}")
    return NightError(f"数据库 {path} 打不开：{first_line}")
