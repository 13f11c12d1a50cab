"""References: the workbooks that the provincial office keeps, as registers that know what they leave open.

They are edited by hand and read like any other input: behind the wall, cell by cell (:mod:`~flows.references.workbook`). Rows
of one name are one entry (:mod:`~flows.references.entries`); names that two entries claim are nobody's
(:mod:`~flows.references.names`). What is wrong is a problem with its cell, for the sheet 名录问题; a value that the workbook
contradicts, or that cannot be read, is missing in the register and a doubt (:mod:`~flows.references.doubts`), so that no room
takes it as known and the rules can be asked for each thing that it may be (:mod:`~flows.references.registers`).

Workbooks are opened by workers that import this package, so it imports nothing heavy itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.references.doubts import Doubt
    from flows.references.last_year import carried_out
    from flows.references.load import load_references
    from flows.references.registers import SEPARATORS, References

__all__ = ["SEPARATORS", "Doubt", "References", "carried_out", "load_references"]

_MODULES = {"Doubt": "doubts", "carried_out": "last_year", "load_references": "load"}


def __getattr__(name: str) -> Any:
    """What the package gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.references.{_MODULES.get(name, 'registers')}"), name)
