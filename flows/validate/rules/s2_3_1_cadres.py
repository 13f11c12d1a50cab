"""二（三）1: cadres and political training."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows, TextRows
from flows.validate.texts import WEIGHED
from schemas.notice import Notice
from schemas.tables import DataFrame


@rule(
    "provincial-cadres",
    clause="二（三）1",
    severity="hold",
    about="provincial_cadres",
    looks_at="省管干部人数、组团单位（单位名录）",
    message="团内有省管干部 {provincial_cadres} 人；省委管理干部及后备干部由省委组织部调训，组团单位是{organiser}。",
    advice="请与省委组织部衔接，或不安排省管干部参团。",
)
def provincial_cadres_trained_by_the_committee(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Cadres under the provincial committee travel with 省委组织部 alone (二（三）1)."""
    meanings = notice.meanings
    committee = filings["organiser_nature"].isin(meanings.organisation_departments) & filings["organiser_level"].isin(
        meanings.provincial_levels
    )
    return filings["provincial_cadres"].le(0) | committee | ~filings["organiser_known"]


@rule(
    "organisation-department",
    clause="二（三）1",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位的单位性质、层级（单位名录）",
    message="组团单位{organiser}是{organiser_level}党委组织部，地市级和县级党委组织部不直接组织境外培训。",
    advice="请改由省委组织部统一组织。",
)
def no_local_organisation_department(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """党委组织部 of a city or county organises no training abroad (二（三）1)."""
    department = filings["organiser_nature"].isin(notice.meanings.organisation_departments)
    return ~(department & filings["organiser_level"].isin(notice.meanings.local_levels))


@rule(
    "local-political",
    clause="二（三）1",
    severity="prohibit",
    about="training_type",
    looks_at="培训类型、组团单位的层级（单位名录）",
    message="组团单位{organiser}是{organiser_level}单位，培训类型为“{training_type}”；地市级及以下部门不组织党政干部综合管理类培训。",
    advice="请撤回该项目；确属专业培训的，请更正培训类型后再报。",
)
def no_local_political_training(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Other city and county units, whatever their nature, organise no 党政综合管理类 (二（三）1)."""
    department = filings["organiser_nature"].isin(notice.meanings.organisation_departments)
    local = filings["organiser_level"].isin(notice.meanings.local_levels) & ~department
    return ~(local & filings["training_type"].isin(notice.meanings.political_types))


@rule(
    "hot-political",
    clause="二（三）1",
    severity="hold",
    about="country",
    looks_at="培训类型、国家（地区）（国家地区表的“热点”）",
    message="{training_type}项目拟赴热点国家{country}，赴热点国家的党政类培训从严控制。",
    advice="请改往非热点国家（地区）。",
    otherwise="确只能前往该国的，请书面说明理由。",
)
def political_training_not_in_hot_country(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """党政 training goes to no hot country without a second look, whoever organises it (二（三）1)."""
    return ~filings["country_hot"] | ~filings["training_type"].isin(notice.meanings.political_types)


@rule(
    "cadres-text",
    clause="二（三）1",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、立项必要性、备注（{WEIGHED}），培训类型，组团单位的层级（单位名录）",
    message=(
        "培训类型填报为“{training_type}”，但{text_title}中有{evidence}{against}，像是党政干部培训；"
        "组团单位{organiser}是{organiser_level}单位，地市级及以下部门不组织党政干部综合管理类培训。"
    ),
    advice="请撤回该项目。",
    otherwise="确属专业培训的，请书面说明参训的专业技术人员和课程。",
)
def no_local_cadre_training_in_texts(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Nor under another training type do city and county units train cadres (二（三）1)."""
    department = texts["organiser_nature"].isin(notice.meanings.organisation_departments)
    local = texts["organiser_level"].isin(notice.meanings.local_levels) & ~department
    political = texts["training_type"].isin(notice.meanings.political_types)
    return ~local | political
