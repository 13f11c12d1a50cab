"""How a command ends."""

import sys

from flows.screen import tell

DONE, FAILED, WRONG = 0, 1, 2
"""Exit statuses: the work is done; it failed and what stood stands; the command or a setting was wrong."""


def say(line: str, status: int) -> int:
    """Tell ``line`` on standard error, as one line whatever stands in it; gives ``status`` back."""
    tell(line, sys.stderr)
    return status
