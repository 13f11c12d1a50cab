"""One workbook marked behind the wall: in kind where that can be, else with the same layout."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from flows.publish.returned.in_kind import annotate
from flows.publish.returned.letter import CONVERTED, NOT_IN_KIND, letter_about, marks_about
from flows.publish.returned.rebuild import rebuild
from flows.read import FoundFile, Kind, Source, Unreadable, grids_of, identify, take
from flows.settings import ReadLimits


@dataclass(frozen=True)
class Marking:
    """A workbook to be marked: the ``file``, the ``name`` that a copy would have, the file's ``original`` name, and the
    ``findings`` about it, gravest first, a mapping of texts each."""

    file: FoundFile
    name: str
    original: str
    findings: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        return str(self.file)


@dataclass(frozen=True)
class Marked:
    """A copy: its ``name`` and content."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Opened:
    """A workbook of which the bytes are known, and what is to be written into it."""

    marking: Marking
    source: Source
    limits: ReadLimits


class Marker:
    """Marks workbooks."""

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, marking: Marking, limits: ReadLimits) -> Opened:
        """The workbook, as the night read it.

        Raises:
            Deferred: it is no longer what it was.
            Unreadable: it is none, or a broken one.
        """
        return Opened(marking, identify(take(marking.file, limits).data, limits), limits)

    def read(self, opened: Opened) -> Marked:
        """The copy.

        Raises:
            Unreadable: it can be marked in no way.
        """
        marking, source = opened.marking, opened.source
        marks = marks_about(marking.findings)
        stem = PurePosixPath(marking.name).stem
        said = CONVERTED
        if source.kind == Kind.XLSX:
            try:
                data = annotate(source.data, marks, letter_about(marking.original, marking.findings))
                return Marked(f"{stem}{_suffix(marking.name, source.data)}", data)
            except Unreadable:
                said = NOT_IN_KIND
        letter = letter_about(marking.original, marking.findings, said.format(name=marking.original))
        return Marked(f"{stem}.xlsx", rebuild(grids_of(source, marking.file.place, opened.limits), marks, letter))


def _suffix(name: str, data: bytes) -> str:
    """The suffix that fits the content: an xlsx may have been called .xls."""
    macros = b"vbaProject.bin" in data
    suffix = PurePosixPath(name).suffix
    fits = (".xlsm", ".xltm") if macros else (".xlsx", ".xltx")
    return suffix if suffix.lower() in fits else fits[0]
