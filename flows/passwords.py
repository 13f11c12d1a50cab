"""Passwords that the operator's environment holds, kept out of everything that is printed or logged."""

import base64
import os
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

HIDDEN = "***"
TELL_VARIABLE = "HUIZONG_TELL"
"""Where messages go: addresses in which tokens and passwords stand, with spaces between them."""

_WHO = re.compile(r"(?<=://)[^\s'\"<>|]*@(?=[^\s'\"<>|/@])")
"""Who asks, in an address, up to the last @ before the host."""
_OF_ADDRESS = re.compile(r"^[^/]*://(.*)@", re.DOTALL)
_OF_HALF_AN_ADDRESS = re.compile(r"^([^/:]*:.*)@", re.DOTALL)
"""Who asks where the address was written without its http://."""
_ADDRESS = re.compile(r"^PREFECT_|_PROXY$", re.IGNORECASE)
_SECRET = re.compile(r"^PREFECT_\w*(?:KEY|AUTH_STRING|PASSWORD)$")
"""Variables that are secret as a whole."""
_PARTS = re.compile(r"[:/?#@]")
_IN_ADDRESS = re.compile(r"[:/?#@&=,]+")
_TOKEN_LENGTH = 8
"""A part of an address to which messages go that is so long may be its token."""
_LONG_ENOUGH = 4
"""A shorter word may be one of a sentence; it is hidden before the @ of an address alone."""


def hidden(text: str) -> str:
    """``text`` without the passwords, tokens and keys of the environment, nor who asks in any address."""
    text = _WHO.sub(f"{HIDDEN}@", text)
    for secret in sorted(_secrets(), key=len, reverse=True):
        if len(secret) >= _LONG_ENOUGH:
            text = text.replace(secret, HIDDEN)
        elif secret:
            text = text.replace(f"{secret}@", f"{HIDDEN}@")
    return text


def credentials(address: str) -> tuple[str, str | None]:
    """An address without who asks, and the value of the header that says so instead (None where it names nobody)."""
    found = _OF_ADDRESS.match(address)
    if found is None:
        return address, None
    told = base64.b64encode(unquote(found[1]).encode()).decode()
    return address.replace(f"{found[1]}@", "", 1), f"Basic {told}"


def _secrets() -> set[str]:
    return {form for name, value in os.environ.items() for secret in _held(name, value) for form in _forms(secret)}


def _held(name: str, value: str) -> Iterator[str]:
    """What is secret in a variable: all of it, or the password in its address; where that is no well-formed one, each part
    that a library may take for something else and name in its complaint."""
    if name == TELL_VARIABLE:
        for address in value.split():
            yield address
            yield from (part for part in _IN_ADDRESS.split(address) if len(part) >= _TOKEN_LENGTH)
    elif _SECRET.match(name):
        yield value
        yield from value.split(":", 1)[1:]
    elif found := _OF_ADDRESS.match(value) or (_ADDRESS.search(name) and _OF_HALF_AN_ADDRESS.match(value)):
        who, _, password = found[1].partition(":")
        yield found[1]
        yield from (
            part for part in (password or who, *_PARTS.split(password)) if len(part) >= _LONG_ENOUGH or part == password
        )


def _forms(secret: str) -> Iterator[str]:
    """How a secret may be written."""
    plain = unquote(secret)
    yield from (secret, plain, quote(plain, safe=""), base64.b64encode(plain.encode("utf-8", "replace")).decode())
