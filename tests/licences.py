"""Under which licence each library is that the project is installed with, as the libraries themselves say."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "licences.md"
_SAID_IN_FULL = 60
"""Letters: a longer text is no name of a licence but its words."""

_HEAD = """# Licences

Made by `make docs` from `constraints.txt` and what each library says of itself. A library that is installed on other systems alone
(Windows, another Python) keeps the line that was written where it was installed.

| library | licence |
| --- | --- |
"""


def licences_page() -> str:
    """Every pinned library and its licence, as Markdown."""
    earlier = (
        dict(re.findall(r"^\| (\S+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)) if PAGE.is_file() else {}
    )
    rows = (f"| {name} | {_licence(name) or earlier.get(name, 'not known')} |\n" for name in pinned())
    return _HEAD + "".join(rows)


def pinned() -> list[str]:
    """The libraries of ``constraints.txt``."""
    return sorted(set(re.findall(r"^([\w.-]+)==", (PROJECT / "constraints.txt").read_text("utf-8"), re.MULTILINE)))


def _licence(name: str) -> str | None:
    try:
        return _said(distribution(name))
    except PackageNotFoundError:
        return None


def _said(library: Distribution) -> str | None:
    said = library.metadata
    kinds = [kind.rpartition(" :: ")[2] for kind in said.get_all("Classifier") or [] if kind.startswith("License ::")]
    named = " ".join((said.get("License") or "").split())
    short = named if len(named) <= _SAID_IN_FULL else ""
    return said.get("License-Expression") or " / ".join(kinds) or short or None
