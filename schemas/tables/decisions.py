"""What reviewers typed."""

import numpy as np

from schemas.decisions import KINDS, UNCLEAR
from schemas.tables.findings import finding_id
from schemas.tables.frame import Frame, Moment, Series, Text, Whole, key, optional


class Decisions(Frame):
    """One row a thing that a reviewer typed.

    ``about`` the finding_id or pair_id; ``decided_at`` when the workbook it stands in was last saved; ``value`` what it was
    made about (a finding's value as filed, a pair's compared fields); ``filing_id_l`` and ``filing_id_r`` the filings of a
    pair; ``to_unit`` what the unit is to read; ``shown_in`` the night that wrote the workbook it was typed into;
    ``source``, ``sheet``, ``row`` where it was read;
    ``problem`` a key of :data:`schemas.decisions.PROBLEMS` where it is not understood, ``reason`` the sentence; ``run_id``
    the night that read it, ``number`` its place among all nights; ``shown_number`` that of ``shown_in``, where it is known.
    """

    decision_id: Series[Text] = key()
    about: Series[Text] = optional()
    kind: Series[Text] = optional(isin=list(KINDS))
    verdict: Series[Text] = optional()
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()
    decided_at: Series[Moment]
    value: Series[Text] = optional()
    filing_id_l: Series[Text] = optional()
    filing_id_r: Series[Text] = optional()
    shown_in: Series[Text] = optional()
    source: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]
    problem: Series[Text] = optional()
    reason: Series[Text] = optional()
    run_id: Series[Text]
    number: Series[np.int64]
    shown_number: Series[Whole] = optional()
    to_unit: Series[Text] = optional()


class AppliedDecisions(Decisions):
    """One row a decision read tonight: whether it holds and, where not, why, in Chinese."""

    applied: Series[bool]
    why_not: Series[Text] = optional()


class KeptDecisions(AppliedDecisions):
    """One row a decision of any year, as it is kept for good."""

    year: Series[np.int64]
    decision_id: Series[Text]


class LastWords(KeptDecisions):
    """One row a finding or pair, a value that it had and the year: the last word about it, however long that held; ``verdict``
    撤销 where all that was said was taken back, ``revised`` whether something else had been said before."""

    revised: Series[bool]


class Standings(Frame):
    """One row a decision in one night: whether it holds and, where not, why, in Chinese."""

    decision_id: Series[Text] = key()
    applied: Series[bool]
    why_not: Series[Text] = optional()


class DecisionReadings(Frame):
    """One row a row of a workbook in which the night found something typed, new or not."""

    source: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]
    shown_in: Series[Text] = optional()
    about: Series[Text] = optional()
    verdict: Series[Text] = optional()
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()
    to_unit: Series[Text] = optional()


class DecisionWorkbooks(Frame):
    """One row a workbook looked through for decisions: ``path`` relative to the year's outputs or to ``inputs``; ``typed``
    the rows with something in the columns of entries; ``problem`` what is wrong with it, in Chinese."""

    path: Series[Text] = key()
    sha256: Series[Text] = optional()
    shown_in: Series[Text] = optional()
    typed: Series[np.int64]
    problem: Series[Text] = optional()


def unclear_id(decision_id: str) -> str:
    """The id of the finding that tells of a decision that was not understood."""
    return finding_id(UNCLEAR, decision_id)
