"""二（三）4: fields that the provincial departments file for."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows
from flows.validate.tables.themes import among
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "unified-theme",
    clause="二（三）4",
    severity="prohibit",
    about="theme",
    looks_at="培训领域、培训类型、组团单位的层级、单位性质、所属系统（单位名录）",
    message="培训领域“{theme}”由省级{in_charge}主管部门统筹申报，组团单位是{organiser}（{organiser_level}{organiser_nature}）。",
    advice="请报省级{in_charge}主管部门统筹；高校组织专业技术培训的，请核对培训类型。",
)
def unified_theme_filed_by_the_department(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """职业教育, 教学管理 and 医院管理 are filed by the provincial department in charge (二（三）4).

    That is an administrative organ of provincial level and of the field's 系统: a provincial hospital or institute is
    none. A 高等院校 may with 专业技术类 or 科研生产类, the training of its own disciplines.
    """
    meanings = notice.meanings
    in_charge = (
        filings["organiser_level"].isin(meanings.provincial_levels)
        & filings["organiser_nature"].isin(meanings.organs)
        & among(filings["organiser_system"], filings["in_charge"])
    )
    discipline = filings["organiser_nature"].isin(meanings.universities) & filings["training_type"].isin(
        meanings.specialist_types
    )
    return filings["in_charge"].isna() | in_charge | discipline | ~filings["organiser_known"]
