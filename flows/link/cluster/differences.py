"""Plain differences: what no likeness outweighs, such as another country, another batch, or dates months apart."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from flows.link.cluster.pairs import Pair

Profiles = AbstractSet[frozenset[int]]
"""The profiles in a cluster, a set for each of its must-link components; components of the same profiles count once."""


@dataclass(frozen=True)
class PlainDifferences:
    """Which filings are plainly different.

    A profile is a number that filings share which are plainly different from the same others. ``profiles`` that of each
    filing, by position; ``pairs`` the pairs of profiles, the smaller first, that are plainly different.
    """

    profiles: Sequence[int]
    pairs: Collection[Pair]

    def between(self, some: Profiles, others: Profiles) -> bool:
        """Whether a profile of one cluster is plainly different from one of the other, and no reviewer overruled that.

        A reviewer who says that a filing of March and one of July are one group overrules their difference. So another
        filing of March, which is plainly different from July, may join: the reviewer put one like it beside July already. A
        filing without dates that was put beside July is not plainly different from it and overrules nothing: March stays
        out.
        """
        return any(
            self._differ(one, other)
            and not self._overruled(one, other, component)
            and not self._overruled(other, one, opposite)
            for component in some
            for opposite in others
            for one in component
            for other in opposite
        )

    def _differ(self, profile: int, other: int) -> bool:
        return (min(profile, other), max(profile, other)) in self.pairs

    def _overruled(self, profile: int, other: int, component: frozenset[int]) -> bool:
        """Whether a reviewer put beside ``profile``, in its ``component``, one that is plainly different from it but not
        from ``other``."""
        return any(self._differ(profile, mate) and not self._differ(mate, other) for mate in component)
