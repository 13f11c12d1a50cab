"""The relations of a part of an Office package: which other parts it names, and what these are."""

import posixpath
from itertools import count
from urllib.parse import unquote

from flows.read.formats.package import Package
from flows.read.formats.safe_xml import parse


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id → (path of the target, kind).

    Raises:
        Unreadable: they are missing or broken.
    """
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", name + ".rels")
    root = parse(package.read_xml(path))
    return {
        element.get("Id", str(number)): (
            _target(folder, element.get("Target", "")),
            element.get("Type", "").rsplit("/", 1)[-1],
        )
        for number, element in zip(count(), root.iterfind("{*}Relationship"), strict=False)
        if element.get("TargetMode") != "External"
    }


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(unquote(joined.replace("\\", "/"))).lstrip("/")
