"""Rule book: what looks after each clause of the notice, and what reviewers made of what was found; what ``huizong rules`` tells.

``clauses`` every clause with its rules; ``decided`` the rules with reviewers' words about their findings; ``printed`` what
both are printed with.
"""

from flows.rulebook.clauses import COVERAGE, NOT_IN_FORCE, TEXT_FORMATS, RuleBook, coverage, markdown, write_workbook
from flows.rulebook.decided import DECIDED, DECIDED_TEXTS, Decided, decided, write_decided

__all__ = [
    "COVERAGE",
    "DECIDED",
    "DECIDED_TEXTS",
    "NOT_IN_FORCE",
    "TEXT_FORMATS",
    "Decided",
    "RuleBook",
    "coverage",
    "decided",
    "markdown",
    "write_decided",
    "write_workbook",
]
