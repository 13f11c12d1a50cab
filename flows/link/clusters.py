"""Clusters that hold together: pairs joined from the strongest down, never two filings that are plainly different."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

MOST_PROFILES = 200
"""Most different profiles (what plain differences depend on) in one chain before it is cut at its weakest links."""

_MOST_ASKED = 20
"""Most filings of a cluster whose likeness to another cluster is asked."""

Pair = tuple[int, int]


class Sets:
    """Disjoint sets of the numbers below ``size``; each is known by its root."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        """The root of the set that ``item`` is in."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, root: int, other: int) -> int:
        """Make one set of two, given by their roots; the smaller root stays."""
        low, high = (root, other) if root < other else (other, root)
        self._parent[high] = low
        return low

    def roots(self) -> np.ndarray:
        """The root of every item."""
        return np.array([self.root(item) for item in range(len(self._parent))], dtype=np.int64)


def chains(size: int, links: Iterable[Pair], profiles: Sequence[int]) -> pd.Series:
    """The filings that ``links`` (the strongest first) join to others, by position → number of their chain."""
    sets = Sets(size)
    seen: dict[int, set[int]] = {}
    linked: set[int] = set()
    for left, right in links:
        linked.update((left, right))
        root, other = sets.root(left), sets.root(right)
        if root == other:
            continue
        both = seen.get(root, {profiles[root]}) | seen.get(other, {profiles[other]})
        if len(both) <= MOST_PROFILES:
            seen[sets.join(root, other)] = both
    return pd.Series({position: sets.root(position) for position in sorted(linked)}, dtype="int64")


class Clusters:
    """Filings by position, put together step by step; ``refused`` the pairs that were not to be joined."""

    def __init__(
        self,
        size: int,
        profiles: Sequence[int],
        apart: set[Pair],
        weights: Mapping[Pair, float],
        hold: tuple[float, float],
        together: Iterable[Pair],
        kept_apart: Iterable[Pair],
        still_open: Iterable[Pair] = (),
    ) -> None:
        """``profiles`` by position; ``apart`` pairs of profiles (the smaller first) that are plainly different;
        ``weights`` match weights of pairs (the smaller first); ``hold`` the least mean weight of a filing and the
        cluster that it joins, and of two clusters of several; ``together`` and ``kept_apart`` what reviewers said, ``still_open``
        what they are to say again and is not joined until then.

        Filings that a reviewer put together are as like another as the likest of them, and a plain difference that the
        reviewer overrode among them no longer counts; that one of them lacks the value silences no difference.
        """
        together = list(together)
        self._sets = Sets(size)
        for left, right in together:
            self._sets.join(self._sets.root(left), self._sets.root(right))
        fused: dict[int, set[int]] = defaultdict(set)
        for left, right in together:
            fused[self._sets.root(left)] |= {profiles[left], profiles[right]}
        self._profiles = profiles
        self._apart = apart
        self._voices: dict[int, set[frozenset[int]]] = {root: {frozenset(voice)} for root, voice in fused.items()}
        self._weights = weights
        self._hold = hold
        self._units: dict[int, list[list[int]]] = {}
        for left, right in together:
            for position in (left, right):
                unit = self._units.setdefault(self._sets.root(position), [[]])[0]
                if position not in unit:
                    unit.append(position)
        self._enemies: dict[int, set[int]] = defaultdict(set)
        for left, right in kept_apart:
            root, other = self._sets.root(left), self._sets.root(right)
            self._enemies[root].add(other)
            self._enemies[other].add(root)
        self._fused_roots = self._sets.roots()
        self._said_apart = {(root, other) for root, others in self._enemies.items() for other in others}
        for left, right in still_open:
            root, other = self._sets.root(left), self._sets.root(right)
            self._enemies[root].add(other)
            self._enemies[other].add(root)
        self._refused: set[Pair] = set()

    def join(self, left: int, right: int) -> bool:
        """Put the clusters of two filings together unless they must not; says whether they now are one."""
        root, other = self._sets.root(left), self._sets.root(right)
        if root == other:
            return True
        if (root, other) in self._refused:  # clusters only grow, so what kept them apart still does
            return False
        if other in self._enemies.get(root, ()) or self._differ(root, other) or not self._alike(root, other):
            self._refused |= {(root, other), (other, root)}
            return False
        self._unite(root, other)
        return True

    def said_apart(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Whether reviewers' words alone keep the filings ``left`` and ``right`` apart, one by one."""
        return among(self._fused_roots[left], self._fused_roots[right], self._said_apart)

    def labels(self) -> np.ndarray:
        """The cluster of every filing: the position of its first."""
        return self._sets.roots()

    def _unite(self, root: int, other: int) -> None:
        kept = self._sets.join(root, other)
        voices = self._voice(root) | self._voice(other)
        enemies = self._enemies.pop(root, set()) | self._enemies.pop(other, set())
        self._units[kept] = self._units_of(root) + self._units_of(other)
        self._voices[kept] = voices
        if enemies:
            self._enemies[kept] = enemies
            for enemy in enemies:
                self._enemies[enemy] = (self._enemies[enemy] - {root, other}) | {kept}

    def _voice(self, root: int) -> set[frozenset[int]]:
        return self._voices.get(root) or {frozenset((self._profiles[root],))}

    def _differ(self, root: int, other: int) -> bool:
        return any(
            self._plainly(p, q) and not self._overridden(p, q, voice) and not self._overridden(q, p, against)
            for voice in self._voice(root)
            for against in self._voice(other)
            for p in voice
            for q in against
        )

    def _plainly(self, profile: int, other: int) -> bool:
        return (min(profile, other), max(profile, other)) in self._apart

    def _overridden(self, profile: int, other: int, voice: frozenset[int]) -> bool:
        """Whether a reviewer put ``profile`` together with one that differs from it plainly, but not from ``other``."""
        return any(self._plainly(profile, mate) and not self._plainly(mate, other) for mate in voice)

    def _units_of(self, root: int) -> list[list[int]]:
        return self._units.get(root) or [[root]]

    def _alike(self, root: int, other: int) -> bool:
        """Whether the filings of two clusters are alike on the whole, as far as they were compared."""
        units, others = self._units_of(root), self._units_of(other)
        likest = [
            max(known)
            for unit in units[:_MOST_ASKED]
            for neighbour in others[:_MOST_ASKED]
            if (
                known := [
                    w for a in unit for b in neighbour if (w := self._weights.get((min(a, b), max(a, b)))) is not None
                ]
            )
        ]
        return not likest or sum(likest) / len(likest) >= self._hold[len(units) > 1 and len(others) > 1]


def among(left: np.ndarray, right: np.ndarray, pairs: Collection[Pair]) -> np.ndarray:
    """Whether each (``left``, ``right``) is one of ``pairs``."""
    if not pairs:
        return np.zeros(len(left), dtype=bool)
    first, second = np.array(sorted(pairs), dtype=np.int64).T
    return np.isin(_codes(left, right), _codes(first, second))


def _codes(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return left.astype(np.int64) << 32 | right.astype(np.int64)


def pairs_within(chain: pd.Series, profiles: Sequence[int], at_most: int) -> list[Pair]:
    """The pairs of each chain (position → chain) that decide whether it holds together: all of them in a chain of
    ``at_most`` filings, in a longer one those of one filing a profile."""
    pairs: list[Pair] = []
    for _, members in chain.groupby(chain, sort=True):
        positions = sorted(members.index)
        if len(positions) > at_most:
            positions = sorted({profiles[position]: position for position in reversed(positions)}.values())
        pairs += combinations(positions, 2)
    return pairs
