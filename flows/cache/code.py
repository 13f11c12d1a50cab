"""The hash of the program: its own files, and the versions of Python and of the libraries that its results depend on."""

import hashlib
import sys
from collections.abc import Set
from functools import cache
from importlib.metadata import version

from flows.settings import PROJECT

_OURS = ("flows", "schemas", "sql")
_SUFFIXES, _DATA = {".py", ".toml", ".sql", ".html"}, {".toml"}
_LIBRARIES = (
    "pandas", "numpy", "pyarrow", "pandera", "pydantic", "duckdb", "splink", "rapidfuzz", "ahocorasick-rs", "python-calamine",
    "openpyxl", "lxml", "olefile", "xlrd", "charset-normalizer", "XlsxWriter",
)  # fmt: skip


@cache
def code_digest() -> str:
    """The hash of everything that a result may depend on besides data: another program begins anew."""
    return _digest(_SUFFIXES)


@cache
def program_digest() -> str:
    """The hash of the program without the years' data."""
    return _digest(_SUFFIXES - _DATA)


def _digest(suffixes: Set[str]) -> str:
    hashed = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        hashed.update(f"{library} {version(library)}\n".encode())
    for folder in _OURS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in suffixes:
                hashed.update(f"{path.relative_to(PROJECT).as_posix()}\n".encode())
                hashed.update(path.read_bytes())
    return hashed.hexdigest()
