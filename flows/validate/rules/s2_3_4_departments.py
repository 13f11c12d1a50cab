"""二（三）4: fields that the provincial departments file for."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows, TextRows
from flows.validate.texts import WEIGHED, department_in_charge, of_own_discipline
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame


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

    A 高等院校 may with 专业技术类 or 科研生产类, the training of its own disciplines.
    """
    in_charge = department_in_charge(filings, filings["in_charge"], notice)
    return filings["in_charge"].isna() | in_charge | of_own_discipline(filings, notice) | ~filings["organiser_known"]


@rule(
    "teaching-text",
    clause="二（三）4",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、备注（{WEIGHED}），培训类型，组团单位的层级、单位性质、所属系统（单位名录）",
    message="培训领域填报为“{theme}”，但{text_title}中有{evidence}{against}，像是职业教育、教学管理，应由省级教育主管部门统筹申报。",
    advice="请报省级教育主管部门统筹。",
    otherwise="不是这一领域的，请书面说明培训的业务内容。",
)
def no_teaching_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Nor under another theme are 职业教育 and 教学管理 filed by others (二（三）4)."""
    return _may_file(texts, "teaching-text", notice)


@rule(
    "hospital-text",
    clause="二（三）4",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、备注（{WEIGHED}），培训类型，组团单位的层级、单位性质、所属系统（单位名录）",
    message="培训领域填报为“{theme}”，但{text_title}中有{evidence}{against}，像是医院管理，应由省级卫生主管部门统筹申报。",
    advice="请报省级卫生主管部门统筹。",
    otherwise="不是这一领域的，请书面说明培训的业务内容。",
)
def no_hospital_management_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Nor under another theme is 医院管理 filed by others (二（三）4)."""
    return _may_file(texts, "hospital-text", notice)


def _may_file(texts: pd.DataFrame, rule_id: str, notice: Notice) -> pd.Series:
    """Whether the organiser may file, or the theme has already been judged, or nothing is known of the organiser."""
    weighed = notice.weighed_by.get(rule_id)
    names = "、".join(notice.system_names[system] for system in weighed.systems) if weighed else ""
    in_charge = department_in_charge(texts, pd.Series(names, index=texts.index, dtype=TEXT), notice)
    judged = texts["in_charge"].notna()
    return in_charge | of_own_discipline(texts, notice) | judged | ~texts["organiser_known"]
