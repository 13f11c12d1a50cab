"""Wrong words get the nearest right one: what somebody may have meant where there is no such thing."""

import difflib
from collections.abc import Iterable
from pathlib import Path

_NEAR, _MOST = 0.6, 3


def nearest(said: str, known: Iterable[str], most: int = _MOST, alike: float = _NEAR) -> list[str]:
    """Those of ``known`` that are most like what was ``said``, the likest first; ``alike`` is how much at least, of 1."""
    return difflib.get_close_matches(said, [*known], most, alike)


def perhaps(said: str, known: Iterable[str]) -> str:
    """The same as the end of a sentence."""
    return or_is_it(nearest(said, known))


def or_is_it(found: Iterable[str]) -> str:
    """The end of a sentence that asks for what was ``found``: ``，是不是 nightly``; nothing where that is nothing."""
    told = "、".join(found)
    return f"，是不是 {told}" if told else ""


def perhaps_folder(path: Path) -> str:
    """The folder that may be meant by ``path``, which is not there, as the end of a sentence: what stands beside the first part
    of the path that is missing and has a name like it."""
    path = path.absolute()
    missing = next((part for part in (*reversed(path.parents), path) if not part.exists()), path)
    try:
        beside = {one.name: one for one in missing.parent.iterdir() if one.is_dir() and not one.name.startswith(".")}
    except OSError:
        return ""
    rest = path.relative_to(missing)
    return or_is_it(str(beside[name] / rest) for name in nearest(missing.name, beside))
