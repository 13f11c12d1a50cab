"""What reviewers said about pairs, as law: which filings must be together, which must not, and where they contradict."""

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pandas as pd

from schemas.tables import TEXT

MERGE, KEEP_APART = "合并", "不合并"

_LAPSED = "评审人曾判定“{verdict}”，此后{changed}，请重新判定。"
_CONTRADICTION = "评审意见相互矛盾：{chain}均判为“合并”，而{apart}判为“不合并”。请改正其中一条，改正前这几项互不合并。"


@dataclass(frozen=True)
class Judged:
    """Positions of filings: pairs that must be ``together``, pairs that stay ``apart``, pairs ``in_dispute`` because the
    verdicts contradict each other, pairs ``lapsed`` (with the Chinese sentence that says why) that a reviewer must judge
    again; ``contradictions`` one row each (see :class:`flows.link.Linked`)."""

    together: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    in_dispute: set[tuple[int, int]]
    lapsed: dict[tuple[int, int], str]
    contradictions: pd.DataFrame

    @cached_property
    def open(self) -> set[tuple[int, int]]:
        """Every pair that is a reviewer's to judge, whatever the model thinks."""
        return {*self.in_dispute, *self.lapsed}

    @cached_property
    def all_pairs(self) -> set[tuple[int, int]]:
        """Every pair that a reviewer said something about."""
        return {*self.together, *self.apart, *self.open}


def judge(judged: pd.DataFrame | None, lapsed: pd.DataFrame | None, filings: pd.DataFrame) -> Judged:
    """The verdicts on ``filings`` (Filings) that are still there, by position; ``judged`` those that hold, ``lapsed`` those
    that no longer do (see :func:`flows.link.link`).

    Where 合并 joins A to C through others and A, C are 不合并, none of the 合并 on the way (the shortest) is applied.
    """
    verdicts = _by_position(judged, filings["filing_id"], "verdict")
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
            rows.append(_contradiction(pair, way, filings))
    together = sorted({(left, right) for left, linked in links.items() for right in linked if left < right})
    columns = ["filing_id_l", "filing_id_r", "chain", "message"]
    again = _to_judge_again(lapsed, filings["filing_id"], {*together, *apart, *in_dispute})
    return Judged(together, apart, in_dispute, again, pd.DataFrame(rows, columns=columns).astype(TEXT))


def _to_judge_again(
    lapsed: pd.DataFrame | None, filing_ids: pd.Series, judged: set[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """The pairs that were judged before one of the two changed, with what a reviewer is to know."""
    if lapsed is None:
        return {}
    told = [
        _LAPSED.format(verdict=verdict, changed=changed)
        for verdict, changed in zip(lapsed["verdict"], lapsed["changed"], strict=True)
    ]
    again = dict(_by_position(lapsed.assign(told=told), filing_ids, "told"))
    return {pair: sentence for pair, sentence in again.items() if pair not in judged}


def _by_position(judged: pd.DataFrame | None, filing_ids: pd.Series, what: str) -> list[tuple[tuple[int, int], str]]:
    """Each pair whose filings are still there, with what the column ``what`` says of it."""
    if judged is None or judged.empty:
        return []
    position = pd.Series(filing_ids.index, index=filing_ids)
    left, right = (judged[side].map(position) for side in ("filing_id_l", "filing_id_r"))
    known = left.notna() & right.notna() & left.ne(right)
    return sorted(
        ((min(a, b), max(a, b)), said)
        for a, b, said in zip(left[known].astype(int), right[known].astype(int), judged[what][known], strict=True)
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


def _contradiction(pair: tuple[int, int], way: list[int], filings: pd.DataFrame) -> dict[str, str]:
    def named(position: int) -> str:
        filing = filings.iloc[position]
        title = filing["filing_id"] if pd.isna(filing["title"]) else filing["title"]
        unit = "未知单位" if pd.isna(filing["unit"]) else filing["unit"]
        return f"“{title}”（{unit}，{filing['file']} 第 {filing['row']} 行）"

    return {
        "filing_id_l": filings["filing_id"].iat[pair[0]],
        "filing_id_r": filings["filing_id"].iat[pair[1]],
        "chain": "、".join(filings["filing_id"].iat[position] for position in way),
        "message": _CONTRADICTION.format(
            chain="＝".join(named(position) for position in way), apart="与".join(named(position) for position in pair)
        ),
    }
