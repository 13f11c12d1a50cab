"""What the operator has set: the settings file, and over it the environment. What a command line says stands over both."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from flows.errors import SettingError
from flows.near import nearest, or_is_it
from flows.passwords import TELL_VARIABLE
from flows.settings.declared import Folders, Written

FILE_NAME = "huizong.toml"
CALLED = "设置文件"
PREFIX = "HUIZONG_"
FILE_VARIABLE = f"{PREFIX}SETTINGS"
"""Says where the settings file is, if not in the folder in which a command is run."""

OTHER_VARIABLES = (FILE_VARIABLE, TELL_VARIABLE)
"""What the environment alone says: a place to find the rest, and a secret."""

_NEAR = 0.8
"""How alike, of 1, a variable must be to one of ours to be a slip of it and not somebody else's."""


def written() -> Written:
    """All settings as they hold now.

    Raises:
        SettingError: the file or a variable of the environment is not as it must be; says which line or variable, and what
            was expected.
    """
    found = _in_file()
    for table, key, kind in keys():
        text = os.environ.get(variable(key), "").strip()
        if text:
            value = _of_environment(variable(key), text, kind)
            found = replace(found, **{table: replace(getattr(found, table), **{key: value})})
    for name in _misspelt():
        near = nearest(name, (variable(key) for _, key, _ in keys()), 1, _NEAR)
        if near:
            raise SettingError(f"不认得环境变量 {name}{or_is_it(near)}？")
    return found


def keys() -> Iterator[tuple[str, str, Any]]:
    """Every setting: its table in the file, its name, and what it may be."""
    for table in fields(Written):
        shape = get_type_hints(Written)[table.name]
        for key, kind in get_type_hints(shape, include_extras=True).items():
            if is_dataclass(shape) and key in {one.name for one in fields(shape)}:
                yield table.name, key, kind


def variable(key: str) -> str:
    """The variable of the environment that sets ``key``."""
    return f"{PREFIX}{key.upper()}"


def settings_file() -> Path | None:
    """The settings file: the one that the environment names, else that in the folder in which the command is run, if any.

    Raises:
        SettingError: the one that is named is not there.
    """
    named = os.environ.get(FILE_VARIABLE, "").strip()
    path = Path(named or FILE_NAME).absolute()
    if path.is_file():
        return path
    if named:
        raise SettingError(f"找不到{CALLED} {path}（环境变量 {FILE_VARIABLE} 所指）。")
    return None


def _in_file() -> Written:
    path = settings_file()
    if path is None:
        return Written()
    now = path.stat()
    return _said_in(path, (now.st_mtime_ns, now.st_size))


@lru_cache(maxsize=1)  # a command asks for its settings several times
def _said_in(path: Path, _as_of: tuple[int, int]) -> Written:
    from schemas.data_file import read_data_file
    from schemas.errors import DataFileError

    try:
        found = read_data_file(path, CALLED).fit(Written)
    except DataFileError as error:
        raise SettingError(str(error)) from error
    places = {one.name: path.parent / getattr(found.folders, one.name) for one in fields(Folders)}
    return replace(found, folders=replace(found.folders, **places))


def _of_environment(name: str, text: str, kind: Any) -> Any:
    """The value that a variable of the environment gives; several words are joined by commas."""
    from pydantic import TypeAdapter, ValidationError

    from schemas.data_file import slip_told

    given: str | list[str] = text
    if getattr(kind, "__origin__", None) is tuple:
        given = [word.strip() for word in text.split(",") if word.strip()]
    try:
        return TypeAdapter(kind).validate_python(given)
    except ValidationError as error:
        told = "；".join(slip_told(one) for one in error.errors())
        raise SettingError(f"环境变量 {name}（现为“{text}”）不合要求：{told}。") from error


def _misspelt(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    known = {variable(key) for _, key, _ in keys()} | {*OTHER_VARIABLES}
    return (name for name in environment if name.startswith(PREFIX) and name not in known)
