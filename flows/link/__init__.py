"""Link: which filings describe one real group, by a model that can be explained, and by what reviewers said.

    describe → block → compare → cluster → outcomes
                                         ↘ survivorship

``describe/`` each filing as it is compared, and which are candidate pairs; ``compare/`` the match weight of each pair;
``cluster/`` pairs become groups, under what reviewers said; ``outcomes`` what became of each pair; ``survivorship/`` who
leads a group and whose values survive; ``identity`` ids that stay from night to night.
"""

from dataclasses import dataclass, field
from functools import partial

from flows.link.cluster.constraints import NO_VERDICTS, Verdicts, constraints_of
from flows.link.compare.chart import weights_chart
from flows.link.compare.weights import evidence_in_full
from flows.link.identity import group_ids, pair_id
from flows.link.survivorship.lead import leads
from flows.link.survivorship.values import form_groups
from flows.references import References
from schemas.columns import FILING
from schemas.tables import Clusters, Contradictions, DataFrame, Filings, Members, Pairs, Participants, empty
from schemas.yearbook import Yearbook

__all__ = [
    "NO_VERDICTS",
    "Clustered",
    "Linked",
    "Verdicts",
    "cluster",
    "evidence_in_full",
    "form_groups",
    "link",
    "name_groups",
    "pair_id",
    "weights_chart",
]

_LOOKED_AT = ["filing_id", "file", "row", "unit", *(column.name for column in FILING)]


@dataclass(frozen=True)
class Linked:
    """What linking found: the pairs, which filing is of which group, and which verdicts contradict each other."""

    pairs: DataFrame[Pairs]
    members: DataFrame[Members]
    contradictions: DataFrame[Contradictions] = field(default_factory=partial(empty, Contradictions))


@dataclass(frozen=True)
class Clustered:
    """What linking found before groups have names."""

    pairs: DataFrame[Pairs]
    clusters: DataFrame[Clusters]
    contradictions: DataFrame[Contradictions]


def link(
    filings: DataFrame[Filings],
    participants: DataFrame[Participants],
    references: References,
    book: Yearbook,
    yesterday: DataFrame[Members] | None = None,
    verdicts: Verdicts = NO_VERDICTS,
    spark: str = "",
) -> Linked:
    """Compare ``filings`` (current ones, in any order) and say which are one group.

    ``participants`` those of the filings; ``yesterday`` the members of the night before, whose group ids are kept where
    they can be; ``verdicts`` what reviewers said; ``spark`` the master of the Spark cluster that compares, instead of DuckDB
    in this process.

    Raises:
        SettingError: Spark cannot be started here.
        AwayError: its master does not answer.
    """
    clustered = cluster(filings, participants, references, book, verdicts, spark)
    return name_groups(clustered, empty(Members) if yesterday is None else yesterday)


def cluster(
    filings: DataFrame[Filings],
    participants: DataFrame[Participants],
    references: References,
    book: Yearbook,
    verdicts: Verdicts,
    spark: str = "",
) -> Clustered:
    """:func:`link` without the names of groups: it does not depend on the night before.

    Raises:
        SettingError: Spark cannot be started here.
        AwayError: its master does not answer.
    """
    from flows.link.match import match  # who checks one file compares nothing
    from flows.link.outcomes import outcomes

    ordered = filings[_LOOKED_AT].sort_values("filing_id", ignore_index=True)
    constraints = constraints_of(verdicts, ordered)
    matched = match(ordered, participants, references, book.linkage, constraints, spark)
    clusters = ordered[["filing_id"]].assign(cluster=matched.clusters.labels())
    clusters["leads"] = leads(ordered, clusters["cluster"], references, book.notice)
    pairs = outcomes(matched, constraints, verdicts.standing, ordered["filing_id"], book.linkage)
    return Clustered(pairs, Clusters.validate(clusters.astype(Clusters.dtypes())), constraints.contradictions)


def name_groups(clustered: Clustered, yesterday: DataFrame[Members]) -> Linked:
    """The clusters as groups, which keep the ids of the groups of ``yesterday`` where they can."""
    members = clustered.clusters.assign(group_id=group_ids(clustered.clusters, yesterday))
    return Linked(
        pairs=clustered.pairs,
        members=Members.validate(members[["filing_id", "group_id", "leads"]]),
        contradictions=clustered.contradictions,
    )
