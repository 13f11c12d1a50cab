"""Where the pages of a table whose rows stand in blocks end in print: no block begins on one page and goes on on the next, unless
it is longer than a page."""

from collections.abc import Sequence
from itertools import pairwise

_PAPER = (841.9, 595.3)
"""A4 across, in points."""
_MARGINS = (0.8 * 72, 1.1 * 72)
_POINTS_A_CHARACTER, _POINTS_A_COLUMN = 6.0, 3.75
_SURE = 0.96
"""Programs differ a little in how much they bring onto a page."""
MOST_BREAKS = 1_000
"""A little under those that Excel keeps."""


def page_ends(
    heights: Sequence[float], starts: Sequence[int], above: float, header: float, widths: Sequence[float]
) -> list[int]:
    """The places of the rows with which a page begins, but for the first.

    ``heights`` of the rows in points, ``starts`` the places at which blocks begin; ``above`` what stands over the rows on the
    first page, ``header`` what is repeated on the others; ``widths`` of the columns in characters, which fill the page.
    """
    across = sum(width * _POINTS_A_CHARACTER + _POINTS_A_COLUMN for width in widths)
    scale = min(1.0, (_PAPER[0] - _MARGINS[0]) / across)
    room = (_PAPER[1] - _MARGINS[1]) / scale * _SURE
    ends: list[int] = []
    filled = above
    for start, end in pairwise((*starts, len(heights))):
        needed = sum(heights[start:end])
        if start and filled + needed > room:
            ends.append(start)
            filled = header
        filled = header + (filled + needed - header) % max(room - header, 1.0)
    return ends[:MOST_BREAKS]
