"""Files as the night would see them: read behind the wall, and held against the same rules. Several are one season: what one
says of another's projects (a number filed twice, a group in two files) is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

import pandas as pd

from flows.errors import SettingError, why
from flows.link import form_groups
from flows.read import (
    ColumnReaders,
    Failure,
    FileReader,
    FileReading,
    FoundFile,
    gather,
    read_behind_wall,
    words_of,
)
from flows.references import References
from flows.settings import PROJECT, Folders, ReadLimits, Settings, state_folder
from flows.validate import validate
from flows.versions import current, identify
from schemas.tables import DataFrame, Findings, Members, Pairs, Readings, empty
from schemas.yearbook import Yearbook

CLEAN, FOUND, UNREAD = 0, 1, 2
"""Exit statuses: nothing above 提示 was found; something was; a file could not be read."""


@dataclass(frozen=True)
class Examined:
    """One file: where it is, and its ``name`` as it was given; ``reading`` what was seen in it and ``readings`` what was understood, both
    None where it could not be read, with the ``reason``; ``findings`` what is wrong with it, none where nobody asked."""

    place: Path
    name: str
    reading: FileReading | None = None
    readings: Readings | None = None
    findings: DataFrame[Findings] = field(default_factory=partial(empty, Findings))
    reason: str = ""

    @property
    def status(self) -> int:
        """The exit status for this file."""
        if self.readings is None:
            return UNREAD
        return FOUND if self.findings["severity"].ne("advise").any() or self.readings.filings.empty else CLEAN


def status_of(files: Iterable[Examined]) -> int:
    """The exit status for all files: that of the worst."""
    return max((file.status for file in files), default=CLEAN)


def reference_folder(inputs: Path) -> Path:
    """The folder of the reference workbooks: that of ``inputs``; where the command is run in another folder than the
    program's and names none, the program's own.

    Raises:
        SettingError: there is none.
    """
    here, own = inputs / "reference", PROJECT / "inputs" / "reference"
    if here.is_dir():
        return here
    if inputs == Folders().inputs and own.is_dir():
        return own
    raise SettingError(
        f"找不到参考表（单位名录等）：{inputs.absolute()} 下没有 reference 文件夹。请用 --inputs 写明参考表所在的输入文件夹。"
    )


def files_in(places: Sequence[Path]) -> list[Path]:
    """The files themselves, and in the place of a folder the files below it that a night would take for submissions.

    Raises:
        SettingError: a folder holds none.
    """
    found: list[Path] = []
    for place in places:
        below = _below(place) if place.is_dir() else [place]
        if not below:
            raise SettingError(f"文件夹 {place} 中没有文件。")
        found += below
    return [*dict.fromkeys(found)]


def _below(folder: Path) -> list[Path]:
    """What a night would read or say of it why not; not what it passes over."""
    from flows.collect import walk  # who checks one file looks into no folder

    return [one.path for one in walk(folder, PurePosixPath(folder.name)) if one.status != "skipped"]


def read(
    files: Sequence[Path], book: Yearbook, references: References, limits: ReadLimits | None = None
) -> list[Examined]:
    """What was seen in each file and understood of it. Files may lie anywhere; a link is followed."""
    places = [_place(file) for file in files]
    there = [FoundFile(place) for place in places if isinstance(place, Path)]
    answers = iter(read_behind_wall(FileReader(words_of(book)), there, alone(book.year, limits)))
    given = [place if isinstance(place, Failure) else next(answers) for place in places]
    columns = ColumnReaders(book, references)
    return [
        Examined(file, file.name, reason=answer.reason)
        if isinstance(answer, Failure)
        else Examined(file, file.name, answer, gather([_shown(file)], [answer], book, references, columns))
        for file, answer in zip(files, given, strict=True)
    ]


def alone(year: int, limits: ReadLimits | None) -> Settings:
    """Settings for files that are of no night: only the limits, the number of workers and the folder of the log are asked for."""
    return Settings(year, Path(), Path(), state_folder(), limits=limits or ReadLimits())


def examine(
    files: Sequence[Path], book: Yearbook, references: References, limits: ReadLimits | None = None
) -> list[Examined]:
    """The same, with what the notice says of them all together."""
    found = read(files, book, references, limits)
    good = [file for file in found if file.readings is not None]
    if not good:
        return found
    findings = (_one_file if len(good) == 1 else _season)(good, book, references)
    of_file = dict(iter(findings.groupby("file", sort=False)))
    none = findings.iloc[:0]
    return [
        file
        if file.readings is None
        else replace(file, findings=of_file.get(_shown(file.place), none).reset_index(drop=True))
        for file in found
    ]


def _one_file(files: Sequence[Examined], book: Yearbook, references: References) -> DataFrame[Findings]:
    """The findings of one file; each filing is its own group here, since nobody else's are at hand."""
    (readings,) = [file.readings for file in files if file.readings is not None]
    alone = Members.validate(readings.filings[["filing_id"]].assign(group_id=readings.filings["filing_id"], leads=True))
    return _found(readings, book, references, alone, empty(Pairs))


def _season(files: Sequence[Examined], book: Yearbook, references: References) -> DataFrame[Findings]:
    """The findings of several files: older versions and filings of one group are known among them as at night."""
    from flows.link import link

    paths, given = [_shown(file.place) for file in files], [file.reading for file in files if file.reading is not None]
    together = current(identify(gather(paths, given, book, references)))
    linked = link(together.filings, together.participants, references, book)
    offered = linked.pairs[linked.pairs["outcome"].eq("offered")]
    return _found(together, book, references, linked.members, offered)


def _found(
    readings: Readings, book: Yearbook, references: References, members: DataFrame[Members], offered: DataFrame[Pairs]
) -> DataFrame[Findings]:
    groups = form_groups(readings.filings, readings.participants, members, references, book)
    about_groups = validate(readings, book, references, ("group",), groups, members, offered)
    return pd.concat([validate(readings, book, references), about_groups], ignore_index=True)


def _place(file: Path) -> Path | Failure:
    """Where a file is, links followed: what a unit names itself it may name by a link."""
    try:
        return file.resolve() if file.is_file() else Failure(f"找不到文件 {file}。")
    except OSError as error:
        return Failure(f"打不开文件 {file}（{why(error)}）。")


def _shown(file: Path) -> str:
    """The path under which a file's rows stand in the frames."""
    return file.absolute().as_posix().encode("utf-8", "replace").decode()
