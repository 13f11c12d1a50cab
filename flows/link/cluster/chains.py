"""Chains (single linkage): the filings that likely pairs join, directly or through others.

A chain says which further pairs are to be compared: whether all of it is one group is for average linkage to say.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import pandas as pd

from flows.link.cluster.pairs import Pair
from flows.link.cluster.sets import Sets

MOST_PROFILES = 200
"""Most different profiles (:mod:`flows.link.cluster.differences`) in a chain before it is cut at its weakest links."""


def chains(size: int, likely: Iterable[Pair], profiles: Sequence[int]) -> pd.Series:
    """Position of a filing → number of its chain, for the filings that are in one.

    ``size`` how many filings there are; ``likely`` the pairs that join them, the likeliest first; ``profiles`` by position.
    """
    sets = Sets(size)
    seen: dict[int, set[int]] = {}
    linked: set[int] = set()
    for left, right in likely:
        linked.update((left, right))
        root, other = sets.root(left), sets.root(right)
        if root == other:
            continue
        both = seen.get(root, {profiles[root]}) | seen.get(other, {profiles[other]})
        if len(both) <= MOST_PROFILES:
            seen[sets.join(root, other)] = both
    return pd.Series({position: sets.root(position) for position in sorted(linked)}, dtype="int64")


def pairs_within(chain: pd.Series, profiles: Sequence[int], at_most: int) -> list[Pair]:
    """The pairs that decide whether a chain holds together.

    All pairs of a chain (``chain``: position → its number) of ``at_most`` filings; of a longer one those of one filing a
    profile.
    """
    pairs: list[Pair] = []
    for _, members in chain.groupby(chain, sort=True):
        positions = sorted(members.index)
        if len(positions) > at_most:
            positions = sorted({profiles[position]: position for position in reversed(positions)}.values())
        pairs += combinations(positions, 2)
    return pairs
