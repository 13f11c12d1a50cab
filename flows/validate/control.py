"""二（三）: what the notice controls: cadres, cross-region groups, the ministries' fields, the departments' fields."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.themes import among
from flows.validate.words import any_of
from schemas.notice import Notice
from schemas.tables import TEXT

SOCIETIES = "二（五）3"
"""The clause about learned societies, which says of them what 二（三）2 says of everybody."""

# 二（三）1: cadres


@rule(
    "provincial-cadres",
    clause="二（三）1",
    severity="hold",
    about="provincial_cadres",
    looks_at="省管干部人数、组团单位（单位名录）",
    message="团内有省管干部 {provincial_cadres} 人；省委管理干部及后备干部由省委组织部调训，组团单位是{organiser}。",
    advice="请与省委组织部衔接，或不安排省管干部参团。",
)
def provincial_cadres_trained_by_the_committee(filings: pd.DataFrame, notice: Notice) -> pd.Series:
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
def no_local_organisation_department(filings: pd.DataFrame, notice: Notice) -> pd.Series:
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
def no_local_political_training(filings: pd.DataFrame, notice: Notice) -> pd.Series:
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
    advice="请改往非热点国家（地区），或说明只能前往该国的理由待核。",
)
def political_training_not_in_hot_country(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """党政 training goes to no hot country without a second look, whoever organises it (二（三）1)."""
    return ~filings["country_hot"] | ~filings["training_type"].isin(notice.meanings.political_types)


# 二（三）2: cross-region groups


def declared_across(filings: pd.DataFrame) -> pd.Series:
    """Whether 是否双跨 says so."""
    return filings["cross_region"].fillna(False)


def across(filings: pd.DataFrame) -> pd.Series:
    """Whether the group is a cross-region one: it says so, or its participants show it."""
    return declared_across(filings) | filings["elsewhere"].notna()


def society_without_right(rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """Whether the organiser is a 学会, 协会, 基金会 or 培训中心 without 外事审批权."""
    society = rows["organiser_nature"].isin(notice.meanings.societies)
    return society & ~rows["organiser_foreign_affairs"].fillna(True)


def said_of_societies(rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """Whether the year's 二（五）3 says of the organiser that it leads no cross-region group."""
    return society_without_right(rows, notice) & notice.clause_of[SOCIETIES].active


def why_across(filings: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``why``: what makes the group a cross-region one."""
    declared = "是否双跨填报为“" + filings["cross_region_filed"].fillna("") + "”"
    shown = "，但参团单位有" + filings["elsewhere"].fillna("")
    return pd.DataFrame({"why": declared + shown.mask(declared_across(filings), "")}, index=filings.index)


@rule(
    "cross-region-right",
    clause="二（三）2",
    severity="prohibit",
    about="cross_region",
    looks_at="是否双跨、参团单位、组团单位的层级、单位性质、外事审批权（单位名录）",
    message="{why}，组团单位{organiser}（{organiser_level}{organiser_nature}）既不是省级机关部门，也不是有外事审批权的省级直属机构，不能组织双跨团组。",
    advice="请改由省级业务主管部门组团，或只派本单位、本地区人员。",
    tells=why_across,
)
def organiser_may_lead_across(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """Cross-region groups are organised by provincial organs, and by provincial units with 外事审批权 (二（三）2).

    Whether the group is one is taken from 是否双跨 and, where that says 否, from 参团单位. Of a learned society without
    外事审批权 二（五）3 says the same, and says it alone.
    """
    may = filings["organises_across"] | said_of_societies(filings, notice)
    return may | ~filings["organiser_known"] | ~across(filings)


@rule(
    "cross-region-declared",
    clause="二（三）2",
    severity="return",
    about="cross_region",
    looks_at="是否双跨、参团单位",
    message="是否双跨填报为“{cross_region_filed}”，参团单位中有其他地区或部门的{elsewhere}。",
    advice="请将“是否双跨”更正为“是”，或更正参团单位。",
)
def declared_as_participants_show(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """A group whose participants come from another region or system says that it is a cross-region one (二（三）2)."""
    return filings["cross_region"] | filings["elsewhere"].isna()


@rule(
    "participant-county",
    clause="二（三）2",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位的层级（单位名录）",
    message="参团单位{participant}是{unit_level}单位，参团仅限市（州）市直部门和单位。",
    advice="请改由市（州）市直部门或单位派员，或不安排该单位参团。",
)
def participant_not_of_a_county(participants: pd.DataFrame, notice: Notice) -> pd.Series:
    """Who joins is no county unit (二（三）2); an organiser's own row is not about joining."""
    return participants["own"] | ~participants["unit_level"].isin(notice.meanings.county_levels)


@rule(
    "participant-system",
    clause="二（三）2",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位、组团单位的所属系统（单位名录）",
    message="参团单位{participant}属{unit_system}系统，组团单位{organiser}属{organiser_system}系统；参团仅限同一系统的单位。",
    advice="请改由同一系统的市（州）市直单位派员，或不安排该单位参团。",
)
def participant_of_the_same_system(participants: pd.DataFrame, notice: Notice) -> pd.Series:
    """Who joins is of the organiser's 系统 (二（三）2), as 单位名录 has it: what the office wrote does not count against it."""
    unit, organiser = participants["unit_system"], participants["organiser_system"]
    return participants["own"] | unit.isna() | organiser.isna() | unit.eq(organiser)


@rule(
    "group-cross-region-right",
    clause="二（三）2",
    severity="prohibit",
    over="groups",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报、组团单位的层级、单位性质、外事审批权（单位名录）",
    message=(
        "是否双跨填报为“{cross_region_filed}”，但{group_elsewhere}也申报了同一团组；"
        "组团单位{organiser}（{organiser_level}{organiser_nature}）不能组织双跨团组。"
    ),
    advice="请改由省级业务主管部门组团，或各自只派本单位、本地区人员。",
)
def group_led_by_who_may(groups: pd.DataFrame, notice: Notice) -> pd.Series:
    """A group that is cross-region only as other offices' filings show is led by one who may (二（三）2)."""
    already = across(groups) | groups["group_elsewhere"].isna()
    may = groups["organises_across"] | said_of_societies(groups, notice)
    return may | ~groups["organiser_known"] | already


def who_shows_across(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``shown``: what the other filings of the group say."""
    files = "其他地区或部门的" + groups["group_elsewhere"] + "也申报了同一团组"
    declares = groups["group_declares"] + "就同一团组填报为“是”"
    return pd.DataFrame({"shown": files.fillna(declares)})


@rule(
    "group-cross-region-declared",
    clause="二（三）2",
    severity="return",
    over="groups",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报",
    message="是否双跨填报为“{cross_region_filed}”，{shown}。",
    advice="请将“是否双跨”更正为“是”并列出参团单位；确不是同一团组的，请说明。",
    tells=who_shows_across,
)
def group_declared_as_others_show(groups: pd.DataFrame, notice: Notice) -> pd.Series:
    """A group that other regions or systems file as well, or another of its filings declares so, says that it is a
    cross-region one (二（三）2)."""
    silent = groups["group_elsewhere"].isna() & groups["group_declares"].isna()
    return groups["cross_region"] | groups["elsewhere"].notna() | silent


@rule(
    "member-cross-region-declared",
    clause="二（三）2",
    severity="return",
    over="members",
    about="cross_region",
    looks_at="归并后的团组：是否双跨、其他单位的申报",
    message="是否双跨填报为“{cross_region_filed}”，该项目与{lead_organiser}牵头的双跨团组是同一团组。",
    advice="请将“是否双跨”更正为“是”；确不是同一团组的，请说明。",
)
def member_declared_as_the_group(members: pd.DataFrame, notice: Notice) -> pd.Series:
    """The filings that a group's lead stands for declare it a cross-region one as well (二（三）2)."""
    return members["cross_region"] | members["elsewhere"].notna() | ~members["group_across"]


def who_may_not_join(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``joiners``: the units that may not join, and why."""
    county = ("县级单位" + groups["group_county"]).fillna("")
    other = ("其他系统的" + groups["group_other_system"]).fillna("")
    both = county.ne("") & other.ne("")
    return pd.DataFrame({"joiners": county + pd.Series("、", index=groups.index).where(both, "") + other})


@rule(
    "group-joiners",
    clause="二（三）2",
    severity="return",
    over="groups",
    about="organiser",
    looks_at="归并后的团组：组团单位和其他申报单位的层级、所属系统（单位名录）",
    message="{joiners}也申报了同一团组；组团单位{organiser}属{organiser_system}系统，参团仅限同一系统的市（州）市直单位。",
    advice="请不安排该单位参团；确不是同一团组的，请说明。",
    tells=who_may_not_join,
)
def group_joined_by_who_may(groups: pd.DataFrame, notice: Notice) -> pd.Series:
    """Units that join as only their own filings show are city units of the organiser's system (二（三）2)."""
    return groups["group_county"].isna() & groups["group_other_system"].isna()


# 二（三）3: fields that the ministries file for


@rule(
    "reserved-theme",
    clause="二（三）3",
    severity="prohibit",
    about="theme",
    looks_at="培训领域",
    message="培训领域“{theme}”涉及{reserved}，由中央主管部门统一组织申报，省、市单位不再申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
)
def theme_not_of_the_ministries(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """立法, 司法, 公安, 民族 and 宗教 are not filed for by province or city (二（三）3), by the words of 培训领域."""
    return filings["reserved"].isna() | filings["reserved_doubtful"]


@rule(
    "reserved-theme-doubtful",
    clause="二（三）3",
    severity="hold",
    about="theme",
    assist=True,
    looks_at="培训领域",
    message="培训领域“{theme}”中的“{reserved}”{reserved_reason}；立法、司法、公安、民族、宗教等领域由中央主管部门统一申报。",
    advice="请说明培训的业务领域，由审核人判断是否受理。",
)
def theme_surely_not_of_the_ministries(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """A theme that only sounds like such a field (民族医药) is for a person to judge (二（三）3), unless its organiser is of
    one and needs no second look."""
    sure = filings["reserved"].isna() | ~filings["reserved_doubtful"]
    return sure | organisers_field(filings, notice)["field"].notna()


def organisers_field(filings: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``field``: the ministries' field to which the organiser belongs, by its system or by its name."""
    field = pd.Series(None, index=filings.index, dtype=TEXT)
    for reserved in notice.reserved:
        systems = {notice.system_names.get(system, system) for system in reserved.systems}
        named = filings["organiser"].str.contains(any_of(reserved.organisers), na=False)
        field = field.mask(field.isna() & (filings["organiser_system"].isin(systems) | named), reserved.domain)
    return pd.DataFrame({"field": field})


@rule(
    "reserved-organiser",
    clause="二（三）3",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位及其所属系统（单位名录）",
    message="组团单位{organiser}属{field}系统，该领域的培训由中央主管部门统一组织申报，省、市单位不再申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
    tells=organisers_field,
)
def organiser_not_of_the_ministries(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """The organiser is of no such field, by its 系统 or its name: 司法厅 is, 西南民族大学 is not (二（三）3). Where the theme
    already says so, it is not said again."""
    said = filings["reserved"].notna() & ~filings["reserved_doubtful"].fillna(False)
    return organisers_field(filings, notice)["field"].isna() | said


@rule(
    "vertical-organiser",
    clause="二（三）3",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位的垂直管理（单位名录）",
    message="组团单位{organiser}由国务院有关部门垂直管理，培训由中央主管部门统一组织申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
)
def organiser_not_under_vertical_management(filings: pd.DataFrame, notice: Notice) -> pd.Series:
    """Units under vertical management do not file here (二（三）3)."""
    return ~filings["organiser_vertical"]


# 二（三）4: fields that the provincial departments file for


@rule(
    "unified-theme",
    clause="二（三）4",
    severity="prohibit",
    about="theme",
    looks_at="培训领域、培训类型、组团单位的层级、单位性质、所属系统（单位名录）",
    message="培训领域“{theme}”由省级{in_charge}主管部门统筹申报，组团单位是{organiser}（{organiser_level}{organiser_nature}）。",
    advice="请报省级{in_charge}主管部门统筹；高校组织专业技术培训的，请核对培训类型。",
)
def unified_theme_filed_by_the_department(filings: pd.DataFrame, notice: Notice) -> pd.Series:
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
