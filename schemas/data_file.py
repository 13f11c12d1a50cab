"""A TOML file that an official edits, read and checked: what is wrong in it is said in Chinese with the file and the line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from schemas.errors import DataFileError
from schemas.toml_slips import explained

T = TypeVar("T")

Place = tuple[str | int, ...]
"""Where something stands in the file: table, number in a list, key."""

NO_MORE = {"extra": "forbid"}
"""For ``__pydantic_config__`` of a dataclass that a file must fit: a key that it does not name is a slip."""


@dataclass(frozen=True)
class DataFile:
    """What a file holds. ``called`` is what an official calls such a file, ``name`` its name with its folder; ``lines``
    says where each table and key stands."""

    called: str
    name: str
    data: dict[str, Any]
    lines: dict[Place, int]

    def fit(self, shape: type[T]) -> T:
        """The content as ``shape``, a dataclass or a model of pydantic.

        Raises:
            DataFileError: a key is missing or unknown, a value is of another kind, or a list has a word with nothing in it,
                which would be found everywhere; all that is wrong at once.
        """
        from pydantic import TypeAdapter, ValidationError  # here, since the reading workers have no need of it

        try:
            fitting = TypeAdapter(shape).validate_python(self.data)
        except ValidationError as error:
            said = [one for one in error.errors() if not _follows(one, error.errors())]
            raise self.wrong((one["loc"], slip_told(one)) for one in said) from error
        self.refuse((place, "有空的词，请删去多余的引号") for place in _blank(self.data))
        return fitting

    def wrong(self, found: Iterable[tuple[Place, str]]) -> DataFileError:
        """What does not fit, as an error that names the file and each line."""
        told = [f"{self._where(place)}：{said}" for place, said in found]
        return DataFileError(f"{self.called} {self.name} 有 {len(told)} 处不合要求：{'；'.join(told)}。")

    def refuse(self, found: Iterable[tuple[Place, str]]) -> None:
        """Raise what does not fit, if anything."""
        if wrong := [*found]:
            raise self.wrong(wrong)

    def _where(self, place: Place) -> str:
        """``第 12 行 limits.headcount``; the line of the nearest thing around it where it does not stand in the file."""
        shown = ".".join(f"第 {part + 1} 个" if isinstance(part, int) else part for part in place)
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return f"第 {self.lines[place[:length]]} 行 {shown}"
        return f"全文 {shown}"


def _follows(error: Mapping[str, Any], errors: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a list is called too short only because what stands in it is wrong."""
    place = error["loc"]
    within = (other["loc"] for other in errors if len(other["loc"]) > len(place))
    return error["type"] == "too_short" and any(other[: len(place)] == place for other in within)


def _blank(data: Any, place: Place = ()) -> Iterator[Place]:
    """Where a list has a word with nothing in it."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            yield from _blank(value, (*place, key))
        elif isinstance(data, list) and isinstance(value, str) and not value.strip():
            yield place


def read_data_file(path: Path, called: str) -> DataFile:
    """The file at ``path``, which an official calls ``called``.

    Raises:
        DataFileError: there is none, or it is no TOML in UTF-8; names the line.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text("utf-8-sig")
        return DataFile(called, name, tomllib.loads(text), _lines(text))
    except UnicodeDecodeError as error:
        raise DataFileError(f"{called} {name} 不是 UTF-8 编码，请用记事本另存为 UTF-8。") from error
    except OSError as error:
        raise DataFileError(f"找不到{called} {name}。") from error
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{called} {name} 无法识别：{explained(error, text)}。") from error


def years(folder: Path) -> list[int]:
    """The years that have a file in ``folder``, the newest last."""
    return sorted(int(path.stem) for path in folder.glob("[0-9]*.toml") if path.stem.isdecimal())


def file_of_year(folder: Path, year: int, called: str) -> Path:
    """The file in ``folder`` that holds for ``year``: its own, or that of the newest earlier year.

    Raises:
        DataFileError: there is none.
    """
    known = years(folder)
    until = [known_year for known_year in known if known_year <= year]
    if not until:
        listed = "、".join(map(str, known)) or "无"
        raise DataFileError(f"没有 {year} 年或更早年份的{called}（{folder.name} 文件夹）；现有年份：{listed}。")
    return folder / f"{until[-1]}.toml"


_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认得这一项，名称可能写错",
    "unexpected_keyword_argument": "不认得这一项，名称可能写错",
    "greater_than": "应大于 {gt}，现为 {input}",
    "greater_than_equal": "不应小于 {ge}，现为 {input}",
    "less_than": "应小于 {lt}，现为 {input}",
    "less_than_equal": "不应大于 {le}，现为 {input}",
    "int_type": "应为整数，现为“{input}”",
    "int_parsing": "应为整数，现为“{input}”",
    "int_from_float": "应为整数，现为 {input}",
    "float_type": "应为数字，现为“{input}”",
    "float_parsing": "应为数字，现为“{input}”",
    "string_type": "应为文字（加英文双引号），现为 {input}",
    "bool_type": "应为 true 或 false，现为“{input}”",
    "bool_parsing": "应为 true 或 false，现为“{input}”",
    "tuple_type": "应为方括号里的一列词，现为“{input}”",
    "dict_type": "应为一组“名称 = 值”，现为“{input}”",
    "model_type": "应为一组“名称 = 值”，现为“{input}”",
    "dataclass_type": "应为一组“名称 = 值”，现为“{input}”",
    "too_short": "不能为空",
    "too_long": "至多 {max_length} 个，现有 {actual_length} 个",
    "string_pattern_mismatch": "有空的词，或词的前后有空格：“{input}”；请删去多余的引号或空格",
}


def slip_told(error: Mapping[str, Any]) -> str:
    """What is wrong with one value, in Chinese, from what pydantic says of it."""
    given = {"input": error["input"], **error.get("ctx", {})}
    shown = {name: f"{value:g}" if isinstance(value, float) else value for name, value in given.items()}
    if error["type"] == "literal_error":
        choices = "、".join(re.findall(r"'([^']*)'", shown["expected"]))
        return f"“{error['input']}”不认得，应为 {choices} 之一"
    return _MESSAGES.get(error["type"], "不合要求（" + error["msg"] + "）").format_map(shown)


_HEADER = re.compile(r"^\s*(\[{1,2})\s*([\w.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*=""")


def _lines(text: str) -> dict[Place, int]:
    """Where each table and key stands. The parser of TOML does not say, so the lines are read once more for it."""
    found: dict[Place, int] = {}
    latest: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            *around, last = header[2].split(".")
            table = ()
            for part in around:
                found.setdefault((*table, part), number)
                table = _with_number((*table, part), latest)
            table = (*table, last)
            if header[1] == "[[":
                found.setdefault(table, number)
                latest[table] = latest.get(table, -1) + 1
                table = _with_number(table, latest)
            found[table] = number
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1] or key[2] or key[3]), number)
    return found


def _with_number(table: Place, latest: dict[Place, int]) -> Place:
    """The table, with the number of its last element where it is a list."""
    return (*table, latest[table]) if table in latest else table
