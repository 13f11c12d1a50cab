"""What is found, and where each filing goes."""

import hashlib

import numpy as np

from schemas.tables.frame import Frame, Series, Text, key, one_of, optional
from schemas.words import DISPOSITIONS, FINDING_STATUSES, SEVERITIES

BETWEEN_WORDS = "；"
"""Between the words of a finding; no word that is weighed has it in itself, since a sentence ends there."""


class Findings(Frame):
    """One row a problem: ``cell`` in A1 form, ``column`` the title on paper, ``value`` as filed, ``message`` and ``advice``
    whole Chinese sentences; ``words`` those of its texts on which it rests, joined by :data:`BETWEEN_WORDS` (missing where no
    text was weighed)."""

    finding_id: Series[Text] = key()
    rule_id: Series[Text]
    clause: Series[Text]
    severity: Series[Text] = one_of(SEVERITIES)
    unit: Series[Text] = optional()
    file: Series[Text] = optional()
    sheet: Series[Text] = optional()
    cell: Series[Text] = optional()
    column: Series[Text] = optional()
    value: Series[Text] = optional()
    message: Series[Text]
    advice: Series[Text]
    filing_id: Series[Text] = optional()
    group_id: Series[Text] = optional()
    status: Series[Text] = one_of(FINDING_STATUSES)
    words: Series[Text] = optional()


class DecidedFindings(Findings):
    """One row a problem with what a reviewer said of it; without a verdict, what was begun and not finished. ``to_unit`` what
    the unit is to read; ``unclear`` what was written last in the place of a verdict and is none: it binds nobody, and ``verdict``
    holds beside it."""

    verdict: Series[Text] = optional()
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()
    to_unit: Series[Text] = optional()
    unclear: Series[Text] = optional()


class JudgedFindings(Frame):
    """One row a finding of any year with the reviewer's word that counts for it; ``title`` of its filing, the rest as the night
    had it whose finding was judged."""

    year: Series[np.int64]
    decision_id: Series[Text]
    verdict: Series[Text]
    revised: Series[bool]
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()
    finding_id: Series[Text]
    rule_id: Series[Text]
    clause: Series[Text]
    file: Series[Text] = optional()
    sheet: Series[Text] = optional()
    cell: Series[Text] = optional()
    column: Series[Text] = optional()
    value: Series[Text] = optional()
    words: Series[Text] = optional()
    title: Series[Text] = optional()


class Dispositions(Frame):
    """One row a filing read: where it ended up and, in Chinese, why."""

    filing_id: Series[Text] = key()
    disposition: Series[Text] = one_of(DISPOSITIONS)
    because: Series[Text] = optional()


def finding_id(*about: str) -> str:
    """The id of a finding: the same tomorrow for the same rule about the same thing."""
    return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:16]
