"""The warehouse's statements: one purpose a file, named after the table or view it makes."""

from functools import cache
from importlib.resources import files


@cache
def statement(folder: str, name: str) -> str:
    """The text of ``sql/<folder>/<name>.sql``."""
    return (files(__package__) / folder / f"{name}.sql").read_text("utf-8")


@cache
def names(folder: str) -> tuple[str, ...]:
    """The names of the statements in ``sql/<folder>``, sorted."""
    found = (entry.name for entry in (files(__package__) / folder).iterdir())
    return tuple(sorted(name.removesuffix(".sql") for name in found if name.endswith(".sql")))
