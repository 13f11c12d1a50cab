"""Link: which filings describe one real group, by a model that can be explained, and by what reviewers said."""

from dataclasses import dataclass, field

from flows.link.groups import form_groups
from flows.link.identity import group_ids, pair_id
from flows.link.judged import judge
from flows.link.leads import leads
from flows.link.match import match
from flows.link.outcomes import outcomes
from flows.references import References
from schemas.columns import FILING
from schemas.linkage import Linkage
from schemas.tables import (
    Contradictions,
    DataFrame,
    Filings,
    LapsedVerdicts,
    Members,
    Pairs,
    PairVerdicts,
    Participants,
    empty,
)

__all__ = ["Linked", "form_groups", "link", "pair_id"]

_LOOKED_AT = ["filing_id", "file", "row", "unit", *(column.name for column in FILING)]


def _no_contradictions() -> DataFrame[Contradictions]:
    return empty(Contradictions)


@dataclass(frozen=True)
class Linked:
    """What linking found: the pairs, which filing is of which group, and which verdicts contradict each other."""

    pairs: DataFrame[Pairs]
    members: DataFrame[Members]
    contradictions: DataFrame[Contradictions] = field(default_factory=_no_contradictions)


def link(
    filings: DataFrame[Filings],
    references: References,
    linkage: Linkage,
    yesterday: DataFrame[Members] | None = None,
    judged: DataFrame[PairVerdicts] | None = None,
    lapsed: DataFrame[LapsedVerdicts] | None = None,
    participants: DataFrame[Participants] | None = None,
) -> Linked:
    """Compare ``filings`` (current ones) and say which are one group.

    ``yesterday`` those of the night before, whose group ids are kept where they can be; ``judged`` what reviewers said;
    ``lapsed`` what they said before one of the two changed; ``participants`` those of the filings, where known. The order
    of the filings does not matter.

    Raises:
        SettingError: the settings name a backend that cannot be started here.
    """
    yesterday = empty(Members) if yesterday is None else yesterday
    participants = empty(Participants) if participants is None else participants
    ordered = filings[_LOOKED_AT].sort_values("filing_id", ignore_index=True)
    said = judge(judged, lapsed, ordered)
    compared, clusters = match(ordered, participants, references, linkage, said)
    members = ordered[["filing_id"]].assign(cluster=clusters.labels())
    members["leads"] = leads(ordered, members["cluster"], references)
    members["group_id"] = group_ids(members, yesterday)
    pairs = outcomes(compared, clusters, said, ordered["filing_id"], linkage, judged)
    return Linked(
        pairs=Pairs.validate(pairs),
        members=Members.validate(members[["filing_id", "group_id", "leads"]]),
        contradictions=said.contradictions,
    )
