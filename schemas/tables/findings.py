"""What is found, and where each filing goes."""

import hashlib

from schemas.tables.frame import Frame, Series, Text, key, one_of, optional
from schemas.words import DISPOSITIONS, FINDING_STATUSES, SEVERITIES


class Findings(Frame):
    """One row a problem: ``cell`` in A1 form, ``column`` the title on paper, ``value`` as filed, ``message`` and ``advice``
    whole Chinese sentences."""

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


class DecidedFindings(Findings):
    """One row a problem with what a reviewer said of it; without a verdict, what was begun and not finished."""

    verdict: Series[Text] = optional()
    note: Series[Text] = optional()
    reviewer: Series[Text] = optional()


class Dispositions(Frame):
    """One row a filing read: where it ended up and, in Chinese, why."""

    filing_id: Series[Text] = key()
    disposition: Series[Text] = one_of(DISPOSITIONS)
    because: Series[Text] = optional()


def finding_id(*about: str) -> str:
    """The id of a finding: the same tomorrow for the same rule about the same thing."""
    return hashlib.sha256("\x1f".join(about).encode()).hexdigest()[:16]
