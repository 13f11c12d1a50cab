"""The relations of a part of an Office package: which other parts it names, and what these are."""

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from urllib.parse import unquote

from flows.read.formats.package import Package
from flows.read.formats.safe_xml import parse

Relations = Mapping[str, tuple[str, str]]
"""Id → (path of the target, kind)."""

_USUAL = 2**14
"""Bytes of the largest part of relations that is remembered: what one program writes is the same in most of its workbooks."""


def relations(package: Package, part: str) -> Relations:
    """The relations of a part.

    Raises:
        Unreadable: they are missing or broken.
    """
    folder, name = posixpath.split(part)
    xml = package.read_xml(posixpath.join(folder, "_rels", name + ".rels"))
    return _remembered(folder, xml) if len(xml) <= _USUAL else _relations(folder, xml)


def _relations(folder: str, xml: bytes) -> Relations:
    root = parse(xml)
    return {
        element.get("Id", str(number)): (
            _target(folder, element.get("Target", "")),
            element.get("Type", "").rsplit("/", 1)[-1],
        )
        for number, element in zip(count(), root.iterfind("{*}Relationship"), strict=False)
        if element.get("TargetMode") != "External"
    }


_remembered = lru_cache(maxsize=100)(_relations)


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(unquote(joined.replace("\\", "/"))).lstrip("/")
