"""Rank: where each group stands in the plan, and why.

The classes of the notice come first, step by step; within a step the points that 一（二） to 一（五） give
(:mod:`~flows.rank.weights`); what is still alike falls by what the group itself is, never by the order of files
(:mod:`~flows.rank.order`). Where 指标控制数 gives numbers of people, a line is drawn (:mod:`~flows.rank.line`). Steps and points
are data of the year's notice, the numbers a reference workbook.
"""

from flows.rank.order import rank

__all__ = ["rank"]
