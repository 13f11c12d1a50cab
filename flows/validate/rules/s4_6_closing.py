"""四（六）: last year's summaries. 四（六）1 is the title of the plan, which says 预审."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import UnitRows
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "summary-outstanding",
    clause="四（六）2",
    severity="advise",
    over="units",
    about="organiser",
    looks_at="组团单位在上年项目中的总结已报送、执行人数",
    message="{organiser}上年项目的总结尚未报送：{outstanding}；如不报送，将影响本年项目获批率。",
    advice="请抓紧报送上年项目总结。",
)
def summaries_filed(units: DataFrame[UnitRows], notice: Notice) -> pd.Series:
    """The organiser has handed in the summaries of the projects that it carried out last year (四（六）2). A project that
    nobody travelled for owes none."""
    return units["outstanding"].isna()
