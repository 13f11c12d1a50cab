"""Decide: what reviewers wrote in the exceptions workbook, kept for good and applied for as long as it holds.

A decision is read where it was typed: the three columns of 问题清单 and 疑似重复. What the workbook's own night had put into
them is not typed; only what differs from it is. So reading the same words again adds nothing, an old copy does not speak
over newer decisions, and changing one's mind back is a decision of its own.
"""

from flows.decide.decisions import Recall, Said, read_decisions
from flows.decide.standing import Decided, apply, judged

__all__ = ["Decided", "Recall", "Said", "apply", "judged", "read_decisions"]
