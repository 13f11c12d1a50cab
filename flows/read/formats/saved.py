"""When a workbook says that it was last saved: copying it does not change that."""

import re
from datetime import datetime

from flows.read.formats.detect import Source
from flows.read.formats.ole import SIGNATURE, Compound
from flows.read.formats.package import Package
from flows.read.formats.refusal import Unreadable

_PARTS = ("docProps/core.xml", "meta.xml")
_LOOKED_AT = 2**16
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)[^>]*>([^<]{10,40})<")


def saved_at(source: Source) -> str:
    """When the workbook says it was last saved, ISO in UTC; empty where it does not say."""
    try:
        if source.package is not None:
            return _in_package(source.package)
        if source.data.startswith(SIGNATURE):
            saved = Compound(source.data).saved
            return saved.isoformat() if saved else ""
    except (Unreadable, ValueError):
        return ""
    return ""


def _in_package(package: Package) -> str:
    part = next((name for name in _PARTS if name in package), None)
    found = _SAVED.search(package.beginning(part, _LOOKED_AT)[1]) if part else None
    return datetime.fromisoformat(found[1].decode()).isoformat() if found else ""
