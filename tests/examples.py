"""How many examples a property is tried with: few each time the tests run, many where there is time (``make torture``)."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

TIMES = "HUIZONG_EXAMPLES"
"""The environment variable that says how many times as many examples are tried."""


def examples(count: int, **options: Any) -> Callable[[Any], Any]:
    """Marks a property, which is tried with ``count`` examples, or with ``TIMES`` as many."""
    tried = settings(max_examples=count * int(os.environ.get(TIMES, "1")), deadline=None, **options)
    return lambda test: pytest.mark.property(tried(test))
