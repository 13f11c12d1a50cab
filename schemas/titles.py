"""How offices call the columns, as data: ``schemas/titles/<year>.toml``, loaded and checked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import ClassVar

from schemas.data_file import NO_MORE, Place, read_data_file
from schemas.form import TABLES, Form

CALLED = "栏目叫法文件"

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

_BESIDE: dict[str, tuple[str, ...]] = {"filing": tuple(COMBINED), "participant": LINKS}
"""Of each table the names that are known besides the form's columns."""

_CHOICE = re.compile(r"[{}]")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Names:
    """What offices call one column: ``names`` say it plainly, ``weak`` only where no other column says it better; an unknown title
    with one of the words ``telling`` in it is guessed to be the column's."""

    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class TitleWords:
    """The titles that offices use.

    ``filing`` and ``participant``: the column's name in code → :class:`Names`, of the year's columns and what offices put
    beside them; ``unit_labels`` stand before the unit that files; ``foreign`` are titles of columns that mean none of the
    year's; ``other_sheets`` are names of sheets that hold no filings.
    """

    filing: dict[str, Names]
    participant: dict[str, Names]
    unit_labels: tuple[str, ...]
    foreign: tuple[str, ...]
    other_sheets: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    unit_labels: tuple[str, ...]
    foreign: tuple[str, ...]
    other_sheets: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class _File:
    filing: dict[str, Names]
    participant: dict[str, Names]
    words: _Words
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


def load_titles(path: Path, form: Form) -> TitleWords:
    """The titles in ``path``, as far as they are of columns that the year's ``form`` has; those of others mean nothing.

    Raises:
        DataFileError: the file is missing or not as it must be, or it does not fit the form.
    """
    file = read_data_file(path, CALLED)
    said = file.fit(_File)
    file.refuse(_contradictions(said, form))
    titles = {table: _spelled_out(getattr(said, table)) for table in TABLES}
    there = {table: _known(table, form) for table in TABLES}
    gone = {table: [column.name for column in TABLES[table] if column.name not in there[table]] for table in TABLES}
    return TitleWords(
        filing={name: names for name, names in titles["filing"].items() if name in there["filing"]},
        participant={name: names for name, names in titles["participant"].items() if name in there["participant"]},
        unit_labels=said.words.unit_labels,
        foreign=(
            *said.words.foreign,
            *(
                title
                for table in TABLES
                for name in gone[table]
                if name in titles[table]
                for title in titles[table][name].names
            ),
        ),
        other_sheets=said.words.other_sheets,
    )


def _known(table: str, form: Form) -> set[str]:
    """The names that titles may be of: the year's columns, and what offices put beside them where it means any of these."""
    columns = {column.name for column in getattr(form, table)}
    return columns | {name for name in _BESIDE[table] if not COMBINED.get(name) or columns & {*COMBINED[name]}}


def _spelled_out(said: dict[str, Names]) -> dict[str, Names]:
    return {
        name: Names(tuple(_choices_made(one.names)), tuple(_choices_made(one.weak)), one.telling)
        for name, one in said.items()
    }


def _choices_made(names: Iterable[str]) -> dict[str, None]:
    """The names with every choice in braces made: {拟|}出境{日期|时间} is four."""
    parted = (_CHOICE.split(name) for name in names)
    return dict.fromkeys("".join(parts) for name in parted for parts in product(*(part.split("|") for part in name)))


def _contradictions(said: _File, form: Form) -> Iterator[tuple[Place, str]]:
    for table, registered in TABLES.items():
        told: dict[str, Names] = getattr(said, table)
        known = {column.name for column in registered} | {*_BESIDE[table]}
        for name in told:
            if name not in known:
                yield (table, name), f"[{table}.{name}] 不是申报表的栏目"
        for name in sorted(_known(table, form)):
            if name not in told:
                yield (table,), f"缺少 [{table}.{name}]，申报表有这一栏"
        yield from _claimed_twice(table, told, form)


def _claimed_twice(table: str, told: dict[str, Names], form: Form) -> Iterator[tuple[Place, str]]:
    """Titles that two columns of the form claim plainly; what holds several columns in one cell may share theirs."""
    claimed = {_key(column.title): column.name for column in getattr(form, table)}
    for name, names in told.items():
        if name in _known(table, form) and name not in COMBINED:
            for title in _choices_made(names.names):
                other = claimed.setdefault(_key(title), name)
                if other != name:
                    yield (table, name, "names"), f"“{title}”已经是 [{table}.{other}] 的叫法，一个叫法只能属于一栏"


def _key(title: str) -> str:
    """A title for comparing: without blanks, punctuation and the width of letters."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", title).casefold())
