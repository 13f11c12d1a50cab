"""What reviewers said about pairs, as constraints on clusters: 合并 is must-link, 不合并 is cannot-link."""

from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pandas as pd

from flows.link.cluster.pairs import Pair
from schemas.tables import Contradictions, DataFrame, LapsedVerdicts, PairVerdicts, empty
from schemas.words import PAIR_VERDICTS

MERGE, KEEP_APART = PAIR_VERDICTS

_LAPSED = "评审人曾判定“{verdict}”，此后{changed}，请重新判定。"
_CONTRADICTION = "评审意见相互矛盾：{chain}均判为“合并”，而{apart}判为“不合并”。请改正其中一条，改正前这几项互不合并。"

_Links = dict[int, set[int]]
"""Position → the positions that a reviewer said are of the same group."""


@dataclass(frozen=True)
class Verdicts:
    """What reviewers said about pairs of filings: ``standing`` what holds, ``lapsed`` what was said before one of the two
    changed."""

    standing: DataFrame[PairVerdicts]
    lapsed: DataFrame[LapsedVerdicts]


NO_VERDICTS = Verdicts(standing=empty(PairVerdicts), lapsed=empty(LapsedVerdicts))
"""Nobody said anything."""


@dataclass(frozen=True)
class Constraints:
    """Pairs of filings by position, the smaller first, as reviewers left them.

    ``must_link`` pairs that are one group; ``cannot_link`` pairs that are not; ``contradictory`` pairs whose verdicts
    contradict each other and bind nobody, told in ``contradictions``; ``lapsed`` pairs to be judged again, with the Chinese
    sentence that says why.
    """

    must_link: list[Pair]
    cannot_link: list[Pair]
    contradictory: set[Pair]
    lapsed: dict[Pair, str]
    contradictions: DataFrame[Contradictions]

    @cached_property
    def unsettled(self) -> set[Pair]:
        """Every pair that a reviewer has yet to settle: until then it is not joined, whatever the model thinks."""
        return {*self.contradictory, *self.lapsed}

    @cached_property
    def all_pairs(self) -> set[Pair]:
        """Every pair that a reviewer said something about."""
        return {*self.must_link, *self.cannot_link, *self.unsettled}


def constraints_of(verdicts: Verdicts, filings: pd.DataFrame) -> Constraints:
    """The verdicts as constraints on those of ``filings`` that are still there.

    Where 合并 joins A to C through others and A, C are 不合并, none of the 合并 on the way (the shortest) is applied.
    """
    said = _by_position(verdicts.standing, filings["filing_id"], "verdict")
    cannot_link = sorted({pair for pair, verdict in said if verdict == KEEP_APART})
    links: _Links = defaultdict(set)
    for (left, right), verdict in said:
        if verdict == MERGE:
            links[left].add(right)
            links[right].add(left)
    contradictory, contradictions = _take_out_contradictions(links, cannot_link, filings)
    must_link = sorted({(left, right) for left, linked in links.items() for right in linked if left < right})
    settled = {*must_link, *cannot_link, *contradictory}
    lapsed = _to_judge_again(verdicts.lapsed, filings["filing_id"], settled)
    return Constraints(must_link, cannot_link, contradictory, lapsed, contradictions)


def _take_out_contradictions(
    links: _Links, cannot_link: list[Pair], filings: pd.DataFrame
) -> tuple[set[Pair], DataFrame[Contradictions]]:
    """Take every way over which ``links`` join a pair of ``cannot_link`` out of them; gives the pairs concerned, and one
    row a way."""
    contradictory: set[Pair] = set()
    rows = []
    for pair in cannot_link:
        while way := _shortest_way(links, *pair):
            steps = list(pairwise(way))
            for left, right in steps:
                links[left].discard(right)
                links[right].discard(left)
            contradictory |= {(min(step), max(step)) for step in (*steps, pair)}
            rows.append(_contradiction(pair, way, filings))
    told = pd.DataFrame(rows, columns=Contradictions.names()).astype(Contradictions.dtypes())
    return contradictory, Contradictions.validate(told)


def _to_judge_again(lapsed: DataFrame[LapsedVerdicts], filing_ids: pd.Series, settled: set[Pair]) -> dict[Pair, str]:
    """The pairs that were judged before one of the two changed, with what a reviewer is to know."""
    told = [
        _LAPSED.format(verdict=verdict, changed=changed)
        for verdict, changed in zip(lapsed["verdict"], lapsed["changed"], strict=True)
    ]
    again = dict(_by_position(lapsed.assign(told=told), filing_ids, "told"))
    return {pair: sentence for pair, sentence in again.items() if pair not in settled}


def _by_position(said: pd.DataFrame, filing_ids: pd.Series, what: str) -> list[tuple[Pair, str]]:
    """Each pair whose filings are still there, with what the column ``what`` says of it."""
    position = pd.Series(filing_ids.index, index=filing_ids)
    left, right = (said[side].map(position) for side in ("filing_id_l", "filing_id_r"))
    known = left.notna() & right.notna() & left.ne(right)
    return sorted(
        ((min(a, b), max(a, b)), text)
        for a, b, text in zip(left[known].astype(int), right[known].astype(int), said[what][known], strict=True)
    )


def _shortest_way(links: _Links, start: int, goal: int) -> list[int]:
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


def _contradiction(pair: Pair, way: list[int], filings: pd.DataFrame) -> dict[str, str]:
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
