"""Disjoint sets (union-find)."""

import numpy as np


class Sets:
    """Disjoint sets of the numbers below ``size``; each set is known by its root, the smallest number in it."""

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
        """Make one set of two, given by their roots; gives its root."""
        low, high = (root, other) if root < other else (other, root)
        self._parent[high] = low
        return low

    def roots(self) -> np.ndarray:
        """The root of every number."""
        return np.array([self.root(item) for item in range(len(self._parent))], dtype=np.int64)
