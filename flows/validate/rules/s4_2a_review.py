"""四（二）: reviewed by the unit's experts."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "review-rejected",
    clause="四（二）",
    severity="prohibit",
    about="expert_review",
    looks_at="专家评审结论",
    message="专家评审结论为“{expert_review}”，未经专家评审通过的项目不予受理。",
    advice="请完善项目、重新组织专家评审，通过后再申报。",
)
def not_rejected_by_experts(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The unit's experts did not turn the project down."""
    return ~filings["expert_review"].isin(notice.meanings.review_rejected)


@rule(
    "review-pending",
    clause="四（二）",
    severity="return",
    about="expert_review",
    looks_at="专家评审结论",
    message="专家评审结论为“{expert_review}”，申报前应经专家评审通过。",
    advice="请先组织专家评审，再填写评审结论。",
)
def reviewed_by_experts(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The unit's experts have looked at the project."""
    return ~filings["expert_review"].isin(notice.meanings.review_pending)
