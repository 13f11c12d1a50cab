"""Link: which filings describe one real group, by a model that can be explained, and by what reviewers said."""

from dataclasses import dataclass, field

import pandas as pd

from flows.link.groups import form_groups
from flows.link.identity import group_ids, pair_id
from flows.link.judged import judge
from flows.link.leads import leads
from flows.link.match import match
from flows.link.outcomes import outcomes
from flows.references import References
from schemas.columns import FILING
from schemas.linkage import Linkage
from schemas.tables import MEMBERS, PAIRS, PARTICIPANTS, TEXT, empty

__all__ = ["Linked", "form_groups", "link", "pair_id"]

_LOOKED_AT = ["filing_id", "file", "row", "unit", *(column.name for column in FILING)]

_CONTRADICTIONS = ("filing_id_l", "filing_id_r", "chain", "message")


def _no_contradictions() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=TEXT) for name in _CONTRADICTIONS})


@dataclass(frozen=True)
class Linked:
    """What linking found.

    ``pairs`` PAIRS with ``evidence`` (JSON, a weight a comparison) and what a reviewer said: ``verdict``, ``note``,
    ``reviewer``; ``members`` MEMBERS with ``leads``, a row a filing; ``contradictions`` one row a pair judged 不合并
    that other verdicts join: ``filing_id_l``, ``filing_id_r``, ``chain`` (ids joined by 、), ``message`` in Chinese.
    """

    pairs: pd.DataFrame
    members: pd.DataFrame
    contradictions: pd.DataFrame = field(default_factory=_no_contradictions)


def link(
    filings: pd.DataFrame,
    references: References,
    linkage: Linkage,
    yesterday: pd.DataFrame | None = None,
    judged: pd.DataFrame | None = None,
    lapsed: pd.DataFrame | None = None,
    participants: pd.DataFrame | None = None,
) -> Linked:
    """Compare ``filings`` (FILINGS, current ones) and say which are one group.

    ``yesterday`` MEMBERS of the night before (with ``leads`` where known), whose group ids are kept where they can be;
    ``judged`` what reviewers said: ``filing_id_l``, ``filing_id_r``, ``verdict`` (合并, 不合并), ``note``, ``reviewer``;
    ``lapsed`` what they said before one of the two changed: ``filing_id_l``, ``filing_id_r``, ``verdict``, ``changed`` (in
    Chinese); ``participants`` PARTICIPANTS of the filings, where known. The order of the filings does not matter.

    Raises:
        SettingError: the settings name a backend that cannot be started here.
    """
    yesterday = empty(MEMBERS) if yesterday is None else yesterday
    participants = empty(PARTICIPANTS) if participants is None else participants
    ordered = filings[_LOOKED_AT].sort_values("filing_id", ignore_index=True)
    said = judge(judged, lapsed, ordered)
    compared, clusters = match(ordered, participants, references, linkage, said)
    members = ordered[["filing_id"]].assign(cluster=clusters.labels())
    members["leads"] = leads(ordered, members["cluster"], references)
    members["group_id"] = group_ids(members, yesterday)
    pairs = outcomes(compared, clusters, said, ordered["filing_id"], linkage, judged)
    return Linked(
        pairs=PAIRS.validate(pairs),
        members=MEMBERS.validate(members[["filing_id", "group_id", "leads"]]),
        contradictions=said.contradictions,
    )
