"""What reviewers said about pairs, as law: which filings must be together, which must not, and where they contradict."""

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pandas as pd

from schemas.tables import TEXT

MERGE, KEEP_APART = "合并", "不合并"

_CONTRADICTION = "评审意见相互矛盾：{chain}均判为“合并”，而{apart}判为“不合并”。请改正其中一条，改正前这几项互不合并。"


@dataclass(frozen=True)
class Judged:
    """Positions of filings: pairs that must be ``together``, pairs that stay ``apart``, pairs ``in_dispute`` because the
    verdicts contradict each other; ``contradictions`` one row each (see :class:`flows.link.Linked`)."""

    together: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    in_dispute: set[tuple[int, int]]
    contradictions: pd.DataFrame

    @cached_property
    def all_pairs(self) -> set[tuple[int, int]]:
        """Every pair that a reviewer said something about."""
        return {*self.together, *self.apart, *self.in_dispute}


def judge(judged: pd.DataFrame | None, filing_ids: pd.Series, titles: pd.Series) -> Judged:
    """The verdicts on filings that are still there; ``filing_ids`` and ``titles`` by position.

    Where 合并 joins A to C through others and A, C are 不合并, none of the 合并 on the way (the shortest) is applied.
    """
    verdicts = _by_position(judged, filing_ids)
    apart = sorted({pair for pair, verdict in verdicts if verdict == KEEP_APART})
    links: dict[int, set[int]] = defaultdict(set)
    for (left, right), verdict in verdicts:
        if verdict == MERGE:
            links[left].add(right)
            links[right].add(left)
    in_dispute: set[tuple[int, int]] = set()
    rows = []
    for pair in apart:
        while way := _shortest_way(links, *pair):
            steps = list(pairwise(way))
            for left, right in steps:
                links[left].discard(right)
                links[right].discard(left)
            in_dispute |= {(min(step), max(step)) for step in (*steps, pair)}
            rows.append(_contradiction(pair, way, filing_ids, titles))
    together = sorted({(left, right) for left, linked in links.items() for right in linked if left < right})
    columns = ["filing_id_l", "filing_id_r", "chain", "message"]
    return Judged(together, apart, in_dispute, pd.DataFrame(rows, columns=columns).astype(TEXT))


def _by_position(judged: pd.DataFrame | None, filing_ids: pd.Series) -> list[tuple[tuple[int, int], str]]:
    if judged is None or judged.empty:
        return []
    position = pd.Series(filing_ids.index, index=filing_ids)
    left, right = (judged[side].map(position) for side in ("filing_id_l", "filing_id_r"))
    known = left.notna() & right.notna() & left.ne(right)
    return sorted(
        ((min(a, b), max(a, b)), verdict)
        for a, b, verdict in zip(
            left[known].astype(int), right[known].astype(int), judged["verdict"][known], strict=True
        )
    )


def _shortest_way(links: dict[int, set[int]], start: int, goal: int) -> list[int]:
    """The filings from ``start`` to ``goal`` over 合并; empty where they are not joined."""
    came_from = {start: start}
    waiting = deque([start])
    while waiting and goal not in came_from:
        here = waiting.popleft()
        for there in sorted(links.get(here, ())):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if goal not in came_from:
        return []
    way = [goal]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _contradiction(pair: tuple[int, int], way: list[int], filing_ids: pd.Series, titles: pd.Series) -> dict[str, str]:
    def named(position: int) -> str:
        title = titles.iat[position]
        return f"“{filing_ids.iat[position] if pd.isna(title) else title}”"

    return {
        "filing_id_l": filing_ids.iat[pair[0]],
        "filing_id_r": filing_ids.iat[pair[1]],
        "chain": "、".join(filing_ids.iat[position] for position in way),
        "message": _CONTRADICTION.format(
            chain="＝".join(named(position) for position in way), apart="与".join(named(position) for position in pair)
        ),
    }
