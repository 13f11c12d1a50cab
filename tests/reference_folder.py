"""The reference workbooks in a folder, read once in all tests of a worker."""

from pathlib import Path

from flows.cache import digest
from flows.references import References, load_references
from flows.settings import PROJECT
from schemas.columns import OPTIONAL_REFERENCES, REFERENCES
from tests.year import BOOK

CLASSES = BOOK.notice.vocabularies["priority_class"]
_READ: dict[str, References] = {}


def registers_in(folder: Path = PROJECT / "inputs" / "reference") -> References:
    """The registers in ``folder``: those of another folder where the same workbooks lie are the same, for they name cells and
    never paths."""
    lying = [
        (name, (folder / name).read_bytes())
        for name, _ in (REFERENCES | OPTIONAL_REFERENCES).values()
        if (folder / name).is_file()
    ]
    said = digest(lying)
    if said not in _READ:
        _READ[said] = load_references(folder, classes=CLASSES)
    return _READ[said]
