"""What a night was made with besides what lies in ``inputs/``: the program and the year's data, so that two nights can be compared."""

from dataclasses import dataclass

from flows.cache.code import program_digest
from flows.cache.digests import digest
from schemas.yearbook import Yearbook


@dataclass(frozen=True)
class MadeWith:
    """The hashes of the program with its libraries and of the year's data; None where nobody knows."""

    program: str | None
    yearbook: str | None


NOBODY_KNOWS = MadeWith(None, None)


def made_with(book: Yearbook) -> MadeWith:
    """What a night over the data ``book`` is made with."""
    return MadeWith(program_digest(), digest(book))
