"""A value that can be read in more than one way, and several values where one is asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

_PARTINGS = tuple(map(re.compile, (r"[、;；\n]|以及|[及和与或]", r"[,，]", r"[/／|]", r"\s+")))
"""What stands between several values, the plainest first."""


Value: TypeAlias = str | int | float | bool | date


@dataclass(frozen=True)
class Unclear:
    """What a cell could mean, each reading written as an official would write it; ``several`` where it plainly says all of them."""

    readings: tuple[str, ...]
    several: bool = False


def one_or_several(read: Callable[[str], Value | Unclear | None], text: str) -> Value | Unclear | None:
    """What ``read`` makes of a text; where that is nothing, and each of its parts has a meaning, all of these."""
    meant = read(text)
    if meant is not None:
        return meant
    for parting in _PARTINGS:
        parts = [part.strip() for part in parting.split(text) if part.strip()]
        if len(parts) < 2:
            continue
        said: dict[Value, str] = {}
        for part in parts:
            value = read(part)
            if value is None or isinstance(value, Unclear):
                break
            said.setdefault(value, part)
        else:
            return next(iter(said)) if len(said) == 1 else Unclear(tuple(said.values()), several=True)
    return None
