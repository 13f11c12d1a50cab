"""Decide: what reviewers wrote in the exceptions workbook, kept for good and applied for as long as it holds.

A decision is read where it was typed: the three columns of 问题清单 and 疑似重复. What the workbook's own night had put into
them is not typed; only what differs from it is. So reading the same words again adds nothing, an old copy does not speak
over newer decisions, and changing one's mind back is a decision of its own.

Workbooks are opened by workers that import this package, so it imports nothing heavy itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.decide.applied import Decided, apply, lapsed_verdicts, pair_verdicts
    from flows.decide.as_published import keep_as_shown, lost_in, shown
    from flows.decide.decisions import Recall, Said, read_decisions
    from flows.decide.own_workbooks import recognised
    from flows.decide.standing_decisions import last_words_ever
    from flows.decide.workbooks import remember_as_written

__all__ = [
    "Decided",
    "Recall",
    "Said",
    "apply",
    "keep_as_shown",
    "lapsed_verdicts",
    "last_words_ever",
    "lost_in",
    "pair_verdicts",
    "read_decisions",
    "recognised",
    "remember_as_written",
    "shown",
]

_MODULES = {
    "Recall": "decisions",
    "Said": "decisions",
    "keep_as_shown": "as_published",
    "last_words_ever": "standing_decisions",
    "lost_in": "as_published",
    "read_decisions": "decisions",
    "recognised": "own_workbooks",
    "remember_as_written": "workbooks",
    "shown": "as_published",
}


def __getattr__(name: str) -> Any:
    """What the package gives, brought in when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"flows.decide.{_MODULES.get(name, 'applied')}"), name)
