"""四（五）: filed through the national system, which gives each project a number."""

import pandas as pd

from flows.validate.others import others_told
from flows.validate.rule import rule
from flows.validate.tables.cells import how_empty
from flows.validate.tables.numbers import number
from flows.validate.tables.rows import CellRows, FilingRows, GroupRows, OrganisedFilings
from schemas.notice import Notice
from schemas.tables import DataFrame

_TRIP = ["organiser", "country", "institution"]
_PROJECT = ["title", "organiser", "country", "institution", "start_date"]


@rule(
    "otm-missing",
    clause="四（五）",
    severity="return",
    over="cells",
    looks_at="系统项目编号",
    message="系统项目编号{empty}，培训项目计划统一通过项目管理系统申报。",
    advice="请先在项目管理系统中填报，再填写系统给出的编号。",
    tells=how_empty,
)
def number_given(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """The national system's number is there (四（五）); an empty one is this clause's and not 四（二）'s as well."""
    return cells["column"].ne("otm_no") | ~cells["blank"] | cells["remark"].notna()


def twice_in_a_file(filings: DataFrame[OrganisedFilings]) -> pd.Series:
    """Whether another project of the same file has the number: an office's own table has one row a project. The same
    row twice is one project."""
    same = pd.DataFrame({"file": filings["file"], "number": number(filings)})
    repeated = same.duplicated(keep=False) & same["number"].notna()
    if not repeated.any():
        return repeated
    rows = filings.loc[repeated, _PROJECT]
    project = pd.util.hash_pandas_object(rows, index=False)
    projects = project.groupby([same.loc[repeated, "file"], same.loc[repeated, "number"]]).transform("nunique")
    return repeated & projects.reindex(filings.index).gt(1)


def whose_number(rows: DataFrame[OrganisedFilings], notice: Notice) -> pd.DataFrame:
    """``others``: the other projects that were found with the number, of the same file."""
    return pd.DataFrame({"others": others_told(rows, rows["file"] + "\x1f" + number(rows))})


def whose_number_in_all(groups: DataFrame[GroupRows], notice: Notice) -> pd.DataFrame:
    """``others``: the other groups that were found with the number."""
    return pd.DataFrame({"others": others_told(groups, number(groups))})


@rule(
    "otm-twice",
    clause="四（五）",
    severity="return",
    about="otm_no",
    looks_at="系统项目编号（同一文件）",
    message="每个项目只有一个系统项目编号，{otm_no} 在本文件中还用于另外的项目：{others}。",
    advice="请核对系统中的编号，逐项更正。",
    tells=whose_number,
)
def number_of_one_project(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A number belongs to one project (四（五）).

    Two rows of one file with one number are two projects, unless they are the same row twice. Filings of different files
    may be the same group, filed by several offices under its lead's number: whether they are is known after linking, and
    is judged there.
    """
    return ~twice_in_a_file(filings)


@rule(
    "otm-of-another",
    clause="四（五）",
    severity="return",
    about="otm_no",
    looks_at="系统项目编号、组团单位（上年项目）",
    message="系统项目编号 {otm_no} 上年是{organiser_last}的项目“{title_last}”，本次由{organiser}填报；每个项目只有一个编号。",
    advice="请核对系统中的编号并更正；单位更名的，请与省科技厅联系在单位名录中补录原名称。",
)
def number_of_own_project(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A number that an approved project of last year had is that unit's (四（五）); what else changed of such a project is not
    judged."""
    return filings["organiser_last"].isna()


def plainly_different(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Whether the groups with one's number are not all of one organiser to one institution at about the same time."""
    known = groups.assign(number=number(groups)).groupby("number")
    kinds = pd.concat([known[name].transform("nunique") for name in _TRIP], axis="columns")
    spread = known["start_date"].transform("max") - known["start_date"].transform("min")
    return kinds.gt(1).any(axis="columns") | spread.dt.days.gt(notice.limits.split_within_days)


@rule(
    "group-otm-twice",
    clause="四（五）",
    severity="return",
    over="groups",
    about="otm_no",
    looks_at="归并后的团组：系统项目编号",
    message="每个项目只有一个系统项目编号，{otm_no} 还用于另外的团组：{others}。",
    advice="请核对系统中的编号并更正；确为同一团组的，请各申报单位把项目名称、境外机构和日期填写一致后再报。",
    tells=whose_number_in_all,
)
def number_of_one_group(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """Different groups have different numbers (四（五）), by the numbers of their leads.

    What is found within one file is not said again. Groups of one organiser to one institution at about the same time
    that share a number may well be one group: while a reviewer is asked whether they are, that is for 疑似重复 alone; where
    nobody asks, or 不合并 was said, one of the numbers is wrong.
    """
    shared = groups["sharing"].gt(0)
    rows = groups[shared]
    found = pd.Series(False, index=groups.index)
    different = plainly_different(rows, notice) | rows["asked"].lt(rows["sharing"])
    found[shared] = different & ~twice_in_a_file(rows)
    return ~found
