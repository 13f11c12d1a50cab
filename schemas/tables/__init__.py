"""One schema per table that the rooms hand to each other; functions say so: ``DataFrame[Filings]``.

``frame`` what a schema is made of; ``membership`` which of many texts are among many others; ``readings`` what was read;
``findings`` what is wrong and where filings go; ``groups`` which filings are one; ``decisions`` what reviewers said;
``references`` the reference workbooks; ``night`` what the warehouse keeps besides.
"""

from schemas.tables.decisions import (
    AppliedDecisions,
    DecisionReadings,
    Decisions,
    DecisionWorkbooks,
    KeptDecisions,
    LastWords,
    Standings,
    unclear_id,
)
from schemas.tables.findings import BETWEEN_WORDS, DecidedFindings, Dispositions, Findings, JudgedFindings, finding_id
from schemas.tables.frame import DTYPES, TEXT, DataFrame, Frame, empty
from schemas.tables.groups import (
    Clusters,
    Contradictions,
    DecidedPairs,
    Groups,
    LapsedVerdicts,
    Members,
    Pairs,
    PairVerdicts,
    RankedGroups,
)
from schemas.tables.membership import is_in
from schemas.tables.night import (
    EarlierFiles,
    FilingCells,
    KeptParticipants,
    NoticeLimits,
    NumberedNights,
    Runs,
    SettledFilings,
    Steps,
    VocabularyWords,
)
from schemas.tables.readings import (
    Ages,
    Cells,
    Files,
    Filings,
    FoundFiles,
    Participants,
    Readings,
    Remarks,
    Totals,
)
from schemas.tables.references import (
    CarriedOut,
    Countries,
    Institutions,
    LastYearProjects,
    Quotas,
    ReferenceProblems,
    Units,
)

__all__ = [
    "BETWEEN_WORDS",
    "DTYPES",
    "TEXT",
    "Ages",
    "AppliedDecisions",
    "CarriedOut",
    "Cells",
    "Clusters",
    "Contradictions",
    "Countries",
    "DataFrame",
    "DecidedFindings",
    "DecidedPairs",
    "DecisionReadings",
    "DecisionWorkbooks",
    "Decisions",
    "Dispositions",
    "EarlierFiles",
    "Files",
    "FilingCells",
    "Filings",
    "Findings",
    "FoundFiles",
    "Frame",
    "Groups",
    "Institutions",
    "JudgedFindings",
    "KeptDecisions",
    "KeptParticipants",
    "LapsedVerdicts",
    "LastWords",
    "LastYearProjects",
    "Members",
    "NoticeLimits",
    "NumberedNights",
    "PairVerdicts",
    "Pairs",
    "Participants",
    "Quotas",
    "RankedGroups",
    "Readings",
    "ReferenceProblems",
    "Remarks",
    "Runs",
    "SettledFilings",
    "Standings",
    "Steps",
    "Totals",
    "Units",
    "VocabularyWords",
    "empty",
    "finding_id",
    "is_in",
    "unclear_id",
]
