"""一: what is asked of every filing. 一（一） only a person can judge; 一（二） is counted (``sql/views/share_…``)."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import CellRows, FilingRows, TextRows, UnitRows
from flows.validate.tables.texts import OF_BUSINESS
from flows.validate.texts import of_own_discipline
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    OF_BUSINESS,
    clause="一（三）",
    severity="hold",
    over="texts",
    assist=True,
    looks_at="培训领域、项目名称（按 [[themes]]、[business] 权衡），组团单位的所属系统（单位名录）、上年项目",
    message="{evidence}属{businesses}系统业务，组团单位{organiser}属{organiser_system}系统，与主要业务可能不符{against}。",
    advice="请说明培训与本单位业务的关系，或改由业务主管单位组团。",
)
def theme_of_organisers_business(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """The theme is of the organiser's own business (一（三）).

    What no word tells of is no finding; of several systems one that fits is enough, and what the unit was approved for last
    year is its business. A university's specialists are trained in its own disciplines, which no list of systems has, and
    the organisation departments and state enterprises have no field of their own: they are not compared. A theme that
    二（三）3 or 二（三）4 has already judged is not judged again.
    """
    fieldless = texts["organiser_system"].isna() | texts["organiser_system"].isin(notice.meanings.fieldless_systems)
    judged = texts["reserved"].notna() | texts["in_charge"].notna()
    return of_own_discipline(texts, notice) | fieldless | judged


@rule(
    "hot-country",
    clause="一（三）",
    severity="advise",
    about="country",
    looks_at="国家（地区）（国家地区表的“热点”）",
    message="{country}是热点国家（地区），赴热点国家的培训规模严格控制。",
    advice="如其他国家（地区）在该领域同样有优势，建议改往。",
)
def country_not_hot(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The country is not a hot one (一（三）)."""
    return ~filings["country_hot"]


@rule(
    "green-channel-basis",
    clause="一（四）",
    severity="return",
    over="cells",
    looks_at="绿色通道依据",
    message="绿色通道依据填报为“{value}”，不在通知所列范围；应为{expected}。",
    advice="请从所列依据中选填；不符合绿色通道条件的，请留空。",
)
def green_channel_basis_listed(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """The basis for the green channel is one of the notice's list, or left blank (一（四）)."""
    return cells["column"].ne("green_channel") | cells["blank"] | cells["remark"].notna()


@rule(
    "green-channel-type",
    clause="一（四）",
    severity="return",
    about="green_channel",
    looks_at="绿色通道依据、培训类型",
    message="{training_type}项目以“{green_channel}”申请绿色通道；绿色通道面向专业技术、科研生产人员，管理类项目仅限政府间协议。",
    advice="请将绿色通道依据留空，或更正培训类型。",
)
def green_channel_for_specialists(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The green channel is for specialists; a managing project takes it by an intergovernmental agreement alone (一（四）)."""
    managing = filings["training_type"].isin(notice.meanings.managing_types)
    agreed = filings["green_channel"].isin(notice.meanings.government_agreement)
    return ~managing | filings["green_channel"].isna() | agreed


@rule(
    "execution-rate",
    clause="一（五）",
    severity="advise",
    over="units",
    about="organiser",
    looks_at="组团单位在上年项目中的批复人数、执行人数",
    message="{organiser}上年批复 {approved} 人，执行 {executed} 人，执行率 {executed_share:.1%}，低于 {notice.limits.execution_rate:.0%}。",
    advice="请说明上年未执行的原因，并按能够执行的规模申报；执行率是立项的重要参考。",
)
def executed_last_year(units: DataFrame[UnitRows], notice: Notice) -> pd.Series:
    """The organiser sent at least half of the people approved for it last year, over all its projects (一（五）)."""
    return units["executed_share"].ge(notice.limits.execution_rate)
