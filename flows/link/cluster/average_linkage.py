"""Average linkage under constraints: clusters grow from the likeliest pair down, as long as all of each is alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from flows.link.cluster.constraints import Constraints
from flows.link.cluster.differences import PlainDifferences
from flows.link.cluster.pairs import Pair, among
from flows.link.cluster.sets import Sets

_MOST_ASKED = 20
"""Most components of a cluster whose likeness to another cluster is asked."""


@dataclass(frozen=True)
class MeanWeight:
    """Whether two clusters are alike on the whole.

    ``weights`` the match weights (bits) of the pairs that were compared; ``least`` the least mean weight of a filing and the
    cluster that it joins, ``least_of_groups`` that of two clusters of several.
    """

    weights: Mapping[Pair, float]
    least: float
    least_of_groups: float

    def suffices(self, some: list[list[int]], others: list[list[int]]) -> bool:
        """Whether two clusters, given as the positions of each of their components, are alike enough to be one.

        Two components are as alike as the likest two of their filings; what was never compared is left out of the mean,
        and clusters of which nothing was compared are not held apart by it.
        """
        likest = [
            max(known)
            for component in some[:_MOST_ASKED]
            for other in others[:_MOST_ASKED]
            if (known := self._known(component, other))
        ]
        least = self.least_of_groups if len(some) > 1 and len(others) > 1 else self.least
        return not likest or sum(likest) / len(likest) >= least

    def _known(self, component: list[int], other: list[int]) -> list[float]:
        pairs = ((min(one, two), max(one, two)) for one in component for two in other)
        return [weight for pair in pairs if (weight := self.weights.get(pair)) is not None]


@dataclass
class _Cluster:
    """``components`` the positions of each must-link component; ``profiles`` the profiles of each; ``cannot_link`` the
    roots of the clusters that it must not be joined to."""

    components: list[list[int]]
    profiles: set[frozenset[int]]
    cannot_link: set[int] = field(default_factory=set)


class Clusters:
    """Filings by position, put together pair by pair.

    Filings that must-link constraints join, directly or through others, are one component from the start and are never
    parted; every other filing is a component by itself. A cluster is one component or several.
    """

    def __init__(
        self, size: int, constraints: Constraints, differences: PlainDifferences, mean_weight: MeanWeight
    ) -> None:
        """``size`` filings, none joined to another but by ``constraints``."""
        self._differences = differences
        self._mean_weight = mean_weight
        self._sets = Sets(size)
        for left, right in constraints.must_link:
            self._sets.join(self._sets.root(left), self._sets.root(right))
        self._component = self._sets.roots()
        self._cannot_link = self._of_components(constraints.cannot_link)
        self._refused: set[Pair] = set()
        self._clusters = self._linked(constraints.must_link)
        for root, other in self._cannot_link | self._of_components(constraints.unsettled):
            self._cluster(root).cannot_link.add(other)

    def join(self, left: int, right: int) -> bool:
        """Put the clusters of two filings together unless they must not; says whether they now are one."""
        root, other = self._sets.root(left), self._sets.root(right)
        if root == other:
            return True
        if (root, other) in self._refused:  # clusters only grow, so what kept them apart still does
            return False
        if not self._may_join(self._cluster(root), self._cluster(other), other):
            self._refused |= {(root, other), (other, root)}
            return False
        self._unite(root, other)
        return True

    def kept_apart(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Whether the constraints alone keep the filings ``left`` and ``right`` apart, one by one."""
        return among(self._component[left], self._component[right], self._cannot_link)

    def labels(self) -> np.ndarray:
        """The cluster of every filing: the position of its first."""
        return self._sets.roots()

    def _of_components(self, pairs: Iterable[Pair]) -> set[Pair]:
        """The pairs of components that ``pairs`` of filings are of, in both orders."""
        found = {(int(self._component[left]), int(self._component[right])) for left, right in pairs}
        return {pair for one, other in found if one != other for pair in ((one, other), (other, one))}

    def _linked(self, must_link: Collection[Pair]) -> dict[int, _Cluster]:
        """The components of several filings, by root."""
        members: dict[int, list[int]] = defaultdict(list)
        for position in dict.fromkeys(position for pair in must_link for position in pair):
            members[self._sets.root(position)].append(position)
        profiles = self._differences.profiles
        return {
            root: _Cluster([positions], {frozenset(profiles[position] for position in positions)})
            for root, positions in members.items()
        }

    def _cluster(self, root: int) -> _Cluster:
        if root not in self._clusters:
            self._clusters[root] = _Cluster([[root]], {frozenset((self._differences.profiles[root],))})
        return self._clusters[root]

    def _may_join(self, cluster: _Cluster, other: _Cluster, root_of_other: int) -> bool:
        return (
            root_of_other not in cluster.cannot_link
            and not self._differences.between(cluster.profiles, other.profiles)
            and self._mean_weight.suffices(cluster.components, other.components)
        )

    def _unite(self, root: int, other: int) -> None:
        one, two = self._clusters.pop(root), self._clusters.pop(other)
        kept = self._sets.join(root, other)
        cannot_link = one.cannot_link | two.cannot_link
        self._clusters[kept] = _Cluster(one.components + two.components, one.profiles | two.profiles, cannot_link)
        for barred in cannot_link:
            cluster = self._cluster(barred)
            cluster.cannot_link = (cluster.cannot_link - {root, other}) | {kept}
