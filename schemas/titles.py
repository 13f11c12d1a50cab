"""How offices call the columns, as data: ``schemas/titles.toml``, loaded and checked."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from schemas.columns import FILING, PARTICIPANT
from schemas.errors import NoticeError

TITLES_FILE = Path(__file__).with_name("titles.toml")

_CHOICE = re.compile(r"[{}]")

COMBINED: dict[str, tuple[str, ...]] = {
    "period": ("start_date", "end_date", "days"),
    "contact_phone": ("contact", "phone"),
    "headcount_days": ("headcount", "days"),
    "country_institution": ("country", "institution"),
    "taking_part": (),
}
"""Columns of offices that hold several of the template's in one cell → which; ``taking_part`` lists participants."""

LINKS = ("project", "project_no")
"""Columns of a table of participants that say by other means than 序号 which project a row belongs to."""


@dataclass(frozen=True)
class Names:
    """What offices call one column: ``names`` say it plainly, ``weak`` only where no other column says it better."""

    names: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True)
class TitleWords:
    """The titles that offices use.

    ``filing`` and ``participant``: the column's name in code → :class:`Names`; ``unit_labels`` stand before the unit that
    files; ``foreign`` are titles of columns that mean none of ours; ``other_sheets`` are names of sheets that hold no
    filings.
    """

    filing: dict[str, Names]
    participant: dict[str, Names]
    unit_labels: tuple[str, ...]
    foreign: tuple[str, ...]
    other_sheets: tuple[str, ...]


@cache
def load_titles(path: Path = TITLES_FILE) -> TitleWords:
    """The titles in ``path``.

    Raises:
        NoticeError: the file is missing or not as it must be.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        words = data["words"]
        titles = TitleWords(
            filing=_names(data["filing"]),
            participant=_names(data["participant"]),
            unit_labels=tuple(words["unit_labels"]),
            foreign=tuple(words["foreign"]),
            other_sheets=tuple(words["other_sheets"]),
        )
    except OSError as error:
        raise NoticeError(f"找不到栏目叫法文件 {path.name}。") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise NoticeError(f"栏目叫法文件 {path.name} 无法识别：{error}。") from error
    _check(titles, path.name)
    return titles


def _names(tables: dict[str, dict[str, list[str]]]) -> dict[str, Names]:
    return {
        column: Names(names=_spelled_out(table["names"]), weak=_spelled_out(table.get("weak", ())))
        for column, table in tables.items()
    }


def _spelled_out(names: Iterable[str]) -> tuple[str, ...]:
    """The names with every choice in braces made: {拟|}出境{日期|时间} is four."""
    parted = (_CHOICE.split(name) for name in names)
    made = ("".join(parts) for name in parted for parts in product(*(part.split("|") for part in name)))
    return tuple(dict.fromkeys(made))


def _check(titles: TitleWords, name: str) -> None:
    for told, given, ours, more in (
        ("filing", titles.filing, FILING, tuple(COMBINED)),
        ("participant", titles.participant, PARTICIPANT, LINKS),
    ):
        known = {column.name for column in ours} | set(more)
        unknown = sorted(set(given) - known)
        if unknown:
            raise NoticeError(f"栏目叫法文件 {name}：[{told}.{unknown[0]}] 不是申报表的栏目。")
        missing = sorted(known - set(given))
        if missing:
            raise NoticeError(f"栏目叫法文件 {name} 缺少 [{told}.{missing[0]}]。")
