"""``退回修改/<单位>/<原文件名>``: the unit's own workbook with its problem cells marked, to be corrected and sent again.

A file is sent back where at least one of its findings is for the unit to correct: 退回修改 and still open, or sent back by a
reviewer, or where a reviewer has something to say to the unit (给单位的话). Its copy then tells every open finding of that file,
with these words, and nothing else: no other unit's filing, no reviewer, no 处理说明.

Workbooks are marked by workers that import this package, so it imports nothing itself before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from schemas.words import SEVERITIES

if TYPE_CHECKING:
    from flows.publish.returned.copies import Copy, Mark, mark, write_returns
    from flows.publish.returned.marking import Marked, Marker, Marking
    from flows.publish.returned.selection import told_of

__all__ = ["FOLDER", "Copy", "Mark", "Marked", "Marker", "Marking", "mark", "told_of", "write_returns"]

_MODULES = {"Copy": "copies", "Mark": "copies", "mark": "copies", "told_of": "selection", "write_returns": "copies"}

FOLDER = SEVERITIES["return"]


def __getattr__(name: str) -> Any:
    """What the package gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.publish.returned.{_MODULES.get(name, 'marking')}"), name)
