"""Which filings are one real group."""

import numpy as np
import pandera.pandas as pa

from schemas.columns import FILING
from schemas.tables.frame import Frame, Number, Series, Text, Whole, key, one_of, optional
from schemas.words import PAIR_OUTCOMES, PAIR_VERDICTS


class Pairs(Frame):
    """One row two filings compared and found alike (``filing_id_l`` < ``filing_id_r``).

    ``match_weight`` in bits; ``reasons`` in Chinese what agreed and what did not; ``evidence`` in short what each comparison
    found (:func:`flows.link.evidence_in_full` makes the JSON of it that the warehouse keeps); ``verdict``, ``note``,
    ``reviewer`` what a reviewer said or, without a verdict, began to say.
    """

    pair_id: Series[Text] = key()
    filing_id_l: Series[Text]
    filing_id_r: Series[Text]
    match_probability: Series[np.float64] = pa.Field(in_range={"min_value": 0, "max_value": 1})
    match_weight: Series[np.float64]
    outcome: Series[Text] = one_of(PAIR_OUTCOMES)
    reasons: Series[Text]
    evidence: Series[Text] = optional()
    verdict: Series[Text] = optional()
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()


class DecidedPairs(Pairs):
    """One row a pair; ``unclear`` what was written last in the place of a verdict and is none."""

    unclear: Series[Text] = optional()


class PairVerdicts(Frame):
    """One row a pair of filings of which what a reviewer said holds."""

    filing_id_l: Series[Text]
    filing_id_r: Series[Text]
    verdict: Series[Text] = one_of(PAIR_VERDICTS)
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()


class LapsedVerdicts(Frame):
    """One row a pair of filings that changed since a reviewer said something of it; ``changed`` what did, in Chinese."""

    filing_id_l: Series[Text]
    filing_id_r: Series[Text]
    verdict: Series[Text] = one_of(PAIR_VERDICTS)
    changed: Series[Text]


class Contradictions(Frame):
    """One row a pair judged 不合并 that other verdicts join: ``chain`` the filings that join it, joined by 、; ``message`` in
    Chinese."""

    filing_id_l: Series[Text]
    filing_id_r: Series[Text]
    chain: Series[Text]
    message: Series[Text]


class Clusters(Frame):
    """One row a current filing: the cluster that it is in, by a number that says nothing else, and whether it leads it."""

    filing_id: Series[Text] = key()
    cluster: Series[np.int64]
    leads: Series[bool]


class Members(Frame):
    """One row a current filing: the group it belongs to (a filing alike no other is a group of one), and whether it leads
    it."""

    filing_id: Series[Text] = key()
    group_id: Series[Text]
    leads: Series[bool]


class Groups(Frame, form=(column for column in FILING if column.name != "seq")):
    """One row a real group with its merged values.

    ``filings`` how many describe it; ``participant_units`` joined by 、; people, missing where nothing was filed:
    ``participants_sum`` those of 参团单位, each unit once; ``people`` the larger of this and the headcount; ``shares_sum``
    those that other filings give as their own share; ``shares_in_all`` what the lead's list and the filings of fewer people
    come to, missing where there are none of these; ``larger_headcount`` the largest of another filing above the lead's;
    ``value_sources`` a JSON object, column → filing_id, of the values that are not the lead's; ``lead_reason`` in Chinese
    why the lead leads (missing where it is alone).
    """

    group_id: Series[Text] = key()
    lead_filing_id: Series[Text] = key()
    filings: Series[np.int64] = pa.Field(ge=1)
    participant_units: Series[Text] = optional()
    participants_sum: Series[Whole] = optional()
    people: Series[Whole] = optional()
    shares_sum: Series[Whole] = optional()
    shares_in_all: Series[Whole] = optional()
    larger_headcount: Series[Whole] = optional()
    value_sources: Series[Text] = optional()
    lead_reason: Series[Text] = optional()


class RankedGroups(Groups):
    """One row a real group and where it stands in the plan.

    ``rank`` is the place in the plan, from 1; of a group that is not in it, the place that it would have were it let in.
    ``points`` are those of the year's notice within the class; ``ranked_by`` says in Chinese why it stands there, with the
    clauses; ``beyond`` which numbers of 指标控制数 leave no room for it, missing where it stands above the line.
    """

    rank: Series[Whole] = optional(ge=1)
    points: Series[Number] = optional()
    ranked_by: Series[Text] = optional()
    beyond: Series[Text] = optional()
