"""A value that can be read in more than one way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unclear:
    """What a cell could mean, each reading written as an official would write it."""

    readings: tuple[str, ...]
