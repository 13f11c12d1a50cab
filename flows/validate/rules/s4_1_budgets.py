"""四（一）: no budget for travel abroad, no filing, and no sending of people."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows, ParticipantRows, TextRows
from flows.validate.texts import WEIGHED
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "not-budgeted",
    clause="四（一）",
    severity="prohibit",
    about="budgeted",
    looks_at="已列入因公出国（境）经费预算",
    message="已列入因公出国（境）经费预算填报为“{budgeted_filed}”，未纳入预算的项目不得申报。",
    advice="请先将经费纳入本单位因公出国（境）经费预算；本年未列预算的，请撤回该项目。",
)
def budgeted(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The project is in the organiser's budget for travel abroad (四（一）)."""
    return filings["budgeted"]


@rule(
    "organiser-without-budget",
    clause="四（一）",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位的因公出国经费预算（单位名录）",
    message="单位名录载明组团单位{organiser}无因公出国（境）经费预算，无预算的单位不得申报。",
    advice="请撤回该项目；已批复预算的，请与省科技厅联系更新单位名录。",
)
def organiser_has_a_budget(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The organiser has a budget as 单位名录 knows it (四（一）); not said again where the filing itself says that it has none."""
    return filings["organiser_has_budget"] | ~filings["budgeted"].fillna(True)


@rule(
    "participant-not-budgeted",
    clause="四（一）",
    severity="return",
    over="participants",
    about="budgeted",
    looks_at="参团单位的已列入因公出国（境）经费预算",
    message="参团单位{participant_filed}的已列入因公出国（境）经费预算填报为“{budgeted_filed}”，无预算的单位不得选派人员。",
    advice="请不安排该单位派员，或待其纳入预算后再报。",
)
def participant_budgeted(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """A unit that sends people has budgeted for it (四（一）)."""
    return participants["budgeted"]


@rule(
    "participant-without-budget",
    clause="四（一）",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位的因公出国经费预算（单位名录）",
    message="单位名录载明参团单位{participant}无因公出国（境）经费预算，无预算的单位不得选派人员。",
    advice="请不安排该单位派员；已批复预算的，请与省科技厅联系更新单位名录。",
)
def participant_has_a_budget(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """A unit that sends people has a budget as 单位名录 knows it (四（一）); not said again where its own row says none."""
    return participants["unit_has_budget"] | participants["own"] | ~participants["budgeted"].fillna(True)


@rule(
    "budget-text",
    clause="四（一）",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"培训内容、立项必要性、备注（{WEIGHED}），已列入因公出国（境）经费预算",
    message="已列入因公出国（境）经费预算填报为是，但{text_title}中有{evidence}{against}，像是预算尚未落实；未纳入预算的项目不得申报。",
    advice="请附预算批复并改写备注；本年未列预算的，请撤回该项目。",
)
def budgeted_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Where a budget is declared, the texts do not say that there is none yet (四（一）)."""
    return ~texts["budgeted"].fillna(False)
