"""三: what the central budget pays."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows
from flows.validate.words import any_of
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "central-funding",
    clause="三",
    severity="advise",
    about="funding_source",
    looks_at="经费来源",
    message="经费来源为“{funding_source}”，中央财政经费资助办法以科技部正式通知为准。",
    advice="请关注科技部正式通知，并准备其他经费来源。",
)
def no_central_funding_yet(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The project does not count on central funding, which waits for the ministry's own notice (三)."""
    return ~filings["funding_source"].str.contains(any_of(notice.meanings.central_funding), na=False)
