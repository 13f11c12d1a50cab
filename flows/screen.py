"""The screen: the one place through which every command tells something.

What a file says (its name, its cells) may steer a terminal: control characters and escapes, marks that turn a line round,
line breaks that make one line look like two. Nothing of that reaches it, and no password of the operator's.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from flows.passwords import hidden

UNSHOWN = "\ufffd"
"""Stands for a character that would steer the terminal."""

_BREAKS = {"Zl", "Zp"}
_STEERS = {"Cc", "Cs"}
_UNSEEN = {"Cf"}


def harmless(text: object, lines: bool = False) -> str:
    """``text`` as one line that does nothing but be read, without passwords; with ``lines`` its line breaks stay."""
    return unsteering(hidden(str(text)), lines)


def unsteering(said: str, lines: bool = False) -> str:
    """:func:`harmless` but for the passwords: the same whatever the environment holds, as what is published has to be."""
    if said.isprintable():
        return said
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(map(_shown, said))
    return shown if lines else " ".join(shown.splitlines())


def tell(line: object, out: TextIO | None = None) -> None:
    """One line on ``out``, standard output where none is given."""
    out = out or sys.stdout
    try:
        print(_writable(harmless(line), out), file=out, flush=True)
    except BrokenPipeError:
        _let_nobody_listen(out)


def _let_nobody_listen(out: TextIO) -> None:
    """Whoever read ``out`` has gone (``| head``): what is at work goes on, and says the rest to nobody."""
    with Path(os.devnull).open("wb") as nowhere, suppress(OSError):
        os.dup2(nowhere.fileno(), out.fileno())


def tell_lines(text: str, out: TextIO | None = None) -> None:
    """The lines of ``text``, which the program itself has broken."""
    for line in text.split("\n"):
        tell(line, out)


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if character == "\n":
        return character
    if kind in _BREAKS or character in "\t\v\f\x85":
        return " "
    return UNSHOWN if kind in _STEERS else "" if kind in _UNSEEN else character


def _writable(line: str, out: TextIO) -> str:
    """What ``out`` can write of the line: a terminal of another country has no Chinese."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    return line.encode(encoding, "replace").decode(encoding, "replace")


class _WithoutPasswords:
    """A stream as it was, but for the passwords: what libraries say for themselves goes through it as well."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """As the stream's own."""
        return self._stream.write(hidden(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def no_passwords_shown() -> Iterator[None]:
    """Within, nothing that is written to the standard streams shows one."""
    streams: tuple[Any, Any] = (sys.stdout, sys.stderr)
    sys.stdout, sys.stderr = (_WithoutPasswords(stream) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
