"""The nights of a year: how each ended, which one somebody means, and what is otherwise between two of them, and why.

``listed`` the nights that the warehouse, the outputs or the attempts know of; ``named`` the one that is meant by an id, a number or a day;
``compared`` what is otherwise between two; ``causes`` why; ``told`` both in words and as JSON.
"""

from flows.nights.compared import Comparison, GroupChange, compare
from flows.nights.listed import Night, nights
from flows.nights.told import as_json, lines, listing, listing_as_json

__all__ = [
    "Comparison",
    "GroupChange",
    "Night",
    "as_json",
    "compare",
    "lines",
    "listing",
    "listing_as_json",
    "nights",
]
