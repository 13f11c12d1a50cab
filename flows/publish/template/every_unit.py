"""One form for each unit of 单位名录: the same workbook with the unit's name in it, under a name that every system takes."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from flows.publish.file_names import BYTES, FORBIDDEN, unreserved
from flows.publish.template.form import write_submission
from flows.publish.workbook import safe
from flows.publish.workbook.package import Copies
from flows.references import References
from schemas.yearbook import Yearbook

_MARK = "@@unit@@"
_TEXTS = "xl/sharedStrings.xml"


def write_for_every_unit(folder: Path, book: Yearbook, references: References) -> tuple[list[Path], list[Path]]:
    """Write the form for each unit into ``folder``; the files that were written, and those that were there and stay as they are:
    an office may have filled them in.

    Raises:
        OSError: a file cannot be written.
    """
    plain = BytesIO()
    write_submission(plain, book, references, unit=_MARK)
    copies = Copies(plain, _TEXTS, _MARK.encode())
    written: list[Path] = []
    there: list[Path] = []
    units = references.units["unit"].drop_duplicates().tolist()
    for unit, name in zip(units, _names(units, book.year), strict=True):
        path = folder / name
        if path.exists():
            there.append(path)
        else:
            copies.write(path, escape(safe(unit)).encode("utf-8", "replace"))
            written.append(path)
    return written, there


def form_name(unit: str, year: int, number: int = 1) -> str:
    """The name of a unit's form, without what a system does not take in it; ``number`` tells apart units of which that leaves
    the same."""
    bare = "".join(character for character in FORBIDDEN.sub("", unit) if character.isprintable())
    bare = bare.strip(". ").encode("utf-8", "ignore")[:BYTES].decode("utf-8", "ignore").strip(". ")
    return f"{unreserved(bare)}{f'（{number}）' if number > 1 else ''}{year}年申报表.xlsx"


def _names(units: Iterable[str], year: int) -> Iterator[str]:
    """A name for each unit, no two of them the same to any system."""
    used: set[str] = set()
    for unit in units:
        number = 1
        while (name := form_name(unit, year, number)).casefold() in used:
            number += 1
        used.add(name.casefold())
        yield name
