"""The year's form as data: ``schemas/forms/<year>.toml``, loaded and checked.

The file says which columns of the registry (:mod:`schemas.columns`) the two sheets of the year's form have, in which order,
what they are called and which must be filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, get_args

from schemas.columns import FILING, PARTICIPANT, Column, Field, Kind
from schemas.data_file import NO_MORE, Place, read_data_file, years
from schemas.errors import DataFileError

CALLED = "申报表栏目文件"
TABLES: dict[str, tuple[Field, ...]] = {"filing": FILING, "participant": PARTICIPANT}
"""The two tables of a form and what of them the registry knows."""


@dataclass(frozen=True)
class Form:
    """A year's form.

    ``filing`` and ``participant`` are the columns of its two sheets in their order, ``filing_sheet`` and
    ``participant_sheet`` their names; ``unit_label`` stands before the unit that files. ``other_filing`` and
    ``other_participant`` are the columns that only other years' forms have, as those call them; here nobody must fill them in.
    """

    filing: tuple[Column, ...]
    participant: tuple[Column, ...]
    filing_sheet: str
    participant_sheet: str
    unit_label: str
    other_filing: tuple[Column, ...] = ()
    other_participant: tuple[Column, ...] = ()

    @property
    def filing_columns(self) -> dict[str, Column]:
        """Every column of a filing that the registry knows, by its name in code, in its order."""
        return _registered("filing", (*self.other_filing, *self.filing))

    @property
    def participant_columns(self) -> dict[str, Column]:
        """Every column of a participant that the registry knows, by its name in code, in its order."""
        return _registered("participant", (*self.other_participant, *self.participant))

    @property
    def filing_titles(self) -> dict[str, str]:
        """Name in code → title on paper, of a filing's columns."""
        return {name: column.title for name, column in self.filing_columns.items()}

    @property
    def participant_titles(self) -> dict[str, str]:
        """Name in code → title on paper, of a participant's columns."""
        return {name: column.title for name, column in self.participant_columns.items()}

    @property
    def titles(self) -> dict[str, str]:
        """Name in code → title on paper, of both; a name that both have is a filing's."""
        return self.participant_titles | self.filing_titles


@dataclass(frozen=True)
class _Said:
    """What the file says of one column."""

    title: str
    doc: str
    required: bool
    width: float
    required_for: tuple[str, ...] = ()
    example: str = ""
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class _Sheets:
    filing: str
    participant: str
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


@dataclass(frozen=True)
class _File:
    unit_label: str
    sheets: _Sheets
    filing: dict[str, _Said] = field(default_factory=dict)
    participant: dict[str, _Said] = field(default_factory=dict)
    __pydantic_config__: ClassVar[dict[str, str]] = NO_MORE


def load_form(path: Path) -> Form:
    """The form in ``path``; the files beside it are asked for the columns that it does not have.

    Raises:
        DataFileError: the file is missing or not as it must be, or no year's form has some column of the registry.
    """
    file = read_data_file(path, CALLED)
    said = file.fit(_File)
    file.refuse(_contradictions(said))
    others = _others(path, said)
    file.refuse(_in_no_form(said, others))
    return Form(
        filing=_columns(said, "filing"),
        participant=_columns(said, "participant"),
        filing_sheet=said.sheets.filing,
        participant_sheet=said.sheets.participant,
        unit_label=said.unit_label,
        other_filing=tuple(others["filing"].values()),
        other_participant=tuple(others["participant"].values()),
    )


def _registered(table: str, columns: tuple[Column, ...]) -> dict[str, Column]:
    by_name = {column.name: column for column in columns}
    return {column.name: by_name[column.name] for column in TABLES[table]}


def _columns(said: _File, table: str) -> tuple[Column, ...]:
    known = {column.name: column for column in TABLES[table]}
    return tuple(
        Column(
            name,
            told.title,
            known[name].kind,
            told.doc,
            told.required,
            told.width,
            known[name].vocabulary,
            told.required_for,
            told.example,
        )
        for name, told in getattr(said, table).items()
    )


def _contradictions(said: _File) -> Iterator[tuple[Place, str]]:
    for table, registered in TABLES.items():
        columns: dict[str, _Said] = getattr(said, table)
        if not columns:
            yield (table,), f"没有栏目，应有 [{table}.…] 各段"
        names = [column.name for column in registered]
        kinds = {column.name: column.kind for column in registered}
        worded = {column.name for column in registered if column.kind in ("choice", "choices")}
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield (table, name), f"栏目 {name} 在 schemas/columns.py 登记了两次"
        for column in registered:
            if (column.name in worded) != bool(column.vocabulary):
                wrong = "没有写词表" if column.name in worded else f"不从列表中选填，却写了词表 {column.vocabulary}"
                yield (table, column.name), f"栏目 {column.name} 在 schemas/columns.py 里{wrong}"
        titles: dict[str, str] = {}
        for name, told in columns.items():
            if name not in kinds:
                yield (table, name), f"[{table}.{name}] 不是登记过的栏目（schemas/columns.py）"
            elif kinds[name] not in get_args(Kind):
                yield (table, name), f"栏目 {name} 在 schemas/columns.py 里的种类“{kinds[name]}”不认得"
            if not told.title.strip():
                yield (table, name, "title"), "栏名不能为空"
            elif told.title in titles:
                yield (table, name, "title"), f"栏名“{told.title}”写了两次，[{table}.{titles[told.title]}] 也叫这个"
            titles.setdefault(told.title, name)
            if not told.width > 0:
                yield (table, name, "width"), f"宽度应大于 0，现为 {told.width:g}"


def _others(path: Path, said: _File) -> dict[str, dict[str, Column]]:
    """The registry's columns that the form does not have, as the newest other form that has them calls them."""
    lacking = {
        table: [column.name for column in registered if column.name not in getattr(said, table)]
        for table, registered in TABLES.items()
    }
    found: dict[str, dict[str, Column]] = {table: {} for table in TABLES}
    if not any(lacking.values()):
        return found
    for year in reversed(years(path.parent)):
        for table, columns in _of_other(path.with_name(f"{year}.toml")).items():
            for column in columns:
                if column.name in lacking[table]:
                    found[table].setdefault(column.name, replace(column, required=False))
    return found


def _of_other(path: Path) -> dict[str, tuple[Column, ...]]:
    """The columns of another year's form; none while that file is being worked on and not yet as it must be."""
    try:
        said = read_data_file(path, CALLED).fit(_File)
    except DataFileError:
        return {}
    return {} if any(_contradictions(said)) else {table: _columns(said, table) for table in TABLES}


def _in_no_form(said: _File, others: dict[str, dict[str, Column]]) -> Iterator[tuple[Place, str]]:
    for table, registered in TABLES.items():
        for column in registered:
            if column.name not in getattr(said, table) and column.name not in others[table]:
                yield (
                    (table,),
                    f"schemas/columns.py 登记的栏目 {column.name} 不在任何一年的申报表里，应在这里加 [{table}.{column.name}]，或取消登记",
                )
