"""四（四）: letter of intent, and who the institution abroad is."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.cells import how_empty
from flows.validate.tables.rows import CellRows, FilingRows, OrganisedFilings, SheetRows
from schemas.notice import Notice
from schemas.tables import DataFrame

_LETTER = "请通过洽谈对接系统与境外机构达成合作意向，填写系统生成的合作意向书编号。"


def letter_lacking(cells: DataFrame[CellRows]) -> pd.Series:
    """Whether the cell is one of 合作意向书编号 without a number; 待定 is none."""
    return cells["column"].eq("letter_no") & cells["blank"] & cells["remark"].isna()


@rule(
    "letter-missing",
    clause="四（四）",
    severity="hold",
    over="cells",
    looks_at="合作意向书编号、培训类型",
    message="{training_type}项目的合作意向书编号{empty}，尚未见与境外机构的合作意向。",
    advice=_LETTER,
    tells=how_empty,
)
def letter_of_intent(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """There is a letter of intent where the training type asks for one (四（四）)."""
    return ~letter_lacking(cells) | ~cells["training_type"].isin(notice.meanings.formal_types)


@rule(
    "letter-wanted",
    clause="四（四）",
    severity="advise",
    over="cells",
    looks_at="合作意向书编号、培训类型",
    message="合作意向书编号{empty}，尚未见与境外机构的合作意向。",
    advice="如已通过洽谈对接系统达成合作意向，请填写系统生成的合作意向书编号。",
    tells=how_empty,
)
def letter_of_intent_of_specialists(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """Other training types may go without a letter of intent; that there is none is remarked upon (四（四）)."""
    return ~letter_lacking(cells) | cells["training_type"].isin(notice.meanings.formal_types)


@rule(
    "letter-column-missing",
    clause="四（四）",
    severity="hold",
    about="training_type",
    looks_at="合作意向书编号、培训类型",
    message="培训类型是{training_type}，表中没有“合作意向书编号”一栏，尚未见与境外机构的合作意向。",
    advice=_LETTER,
)
def letter_column_there(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The sheet has the column where the training type asks for a letter of intent (四（四）)."""
    return filings["letter_column"] | ~filings["training_type"].isin(notice.meanings.formal_types)


@rule(
    "letter-column-wanted",
    clause="四（四）",
    severity="advise",
    over="sheets",
    looks_at="合作意向书编号、培训类型",
    message="表中没有“合作意向书编号”一栏，其中专业技术、科研生产人员的项目未见与境外机构的合作意向。",
    advice="如已通过洽谈对接系统达成合作意向，请加上这一栏，填写系统生成的合作意向书编号。",
)
def letter_column_there_for_specialists(sheets: DataFrame[SheetRows], notice: Notice) -> pd.Series:
    """The sheet has the column for its other filings too; without it one remark stands for all of these (四（四）)."""
    return sheets["letter_column"] | ~sheets["letter_advised"]


def asks_for_formal_cooperation(filings: DataFrame[OrganisedFilings], notice: Notice) -> pd.Series:
    """Whether the training type should go to an institution in formal cooperation."""
    return filings["training_type"].isin(notice.meanings.formal_types) & filings["institution"].notna()


@rule(
    "institution-not-formal",
    clause="四（四）",
    severity="hold",
    about="institution",
    looks_at="培训类型、境外培训机构（境外机构名录的“正式合作关系”）",
    message="{training_type}项目的境外机构“{institution}”与科技部引智司无正式合作关系，原则上应选择有正式合作关系的机构。",
    advice="请改选有正式合作关系的机构。",
    otherwise="确需在该机构培训的，请书面说明理由。",
)
def institution_in_formal_cooperation(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """综合管理类, 党政综合管理类 and 一般性专业类 go to institutions in formal cooperation, as a principle (四（四）)."""
    return filings["institution_formal"] | ~asks_for_formal_cooperation(filings, notice)


@rule(
    "institution-unlisted",
    clause="四（四）",
    severity="hold",
    about="institution",
    looks_at="培训类型、境外培训机构（境外机构名录）",
    message="{training_type}项目的境外机构“{institution}”不在境外机构名录中，原则上应选择有正式合作关系的机构。",
    advice="请改选名录中有正式合作关系的机构，机构名称填写有误的请更正。",
    otherwise="确需在该机构培训的，请书面说明理由。",
)
def institution_listed(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """For the same training types an institution of which 境外机构名录 knows nothing is not in formal cooperation either
    (四（四）); for other types any institution will do."""
    return filings["institution_known"] | ~asks_for_formal_cooperation(filings, notice)


@rule(
    "institution-kept",
    clause="四（四）",
    severity="hold",
    about="institution",
    looks_at="系统项目编号、境外培训机构（上年项目）",
    message="项目 {otm_no} 上年批复的境外机构是“{institution_last}”，本次填报“{institution}”；经批准的项目原则上不得更改境外机构。",
    advice="请恢复原机构。",
    otherwise="确因不可抗拒原因更改的，请书面说明。",
)
def institution_as_approved(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """An approved project, known by its 系统项目编号, keeps its institution (四（四）), by whichever of its names; that the number
    is another unit's is 四（五）'s."""
    now, before = filings["institution"], filings["institution_last"]
    same = _plain(now).eq(_plain(before))
    return before.isna() | same | filings["organiser_last"].notna()


def _plain(names: pd.Series) -> pd.Series:
    return names.str.replace(r"[\s（）()·.,，-]", "", regex=True).str.lower()


@rule(
    "institution-country",
    clause="四（四）",
    severity="return",
    about="country",
    looks_at="国家（地区）、境外培训机构（境外机构名录的国家（地区））",
    message="国家（地区）填报为“{country_filed}”，境外培训机构“{institution}”在境外机构名录中属{institution_country}，两者不符。",
    advice="请核对国家（地区）和境外培训机构，更正填错的一栏；名录有误的，请与省科技厅联系更正。",
)
def institution_in_the_country(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The institution is one of the country named, as 境外机构名录 has it (四（四）)."""
    return filings["institution_country"].isna()


@rule(
    "institution-domestic",
    clause="四（四）",
    severity="return",
    about="institution",
    looks_at="境外培训机构（单位名录）",
    message="境外培训机构填报为“{institution_filed}”，{institution_unit}是单位名录中的境内单位，不是境外机构。",
    advice="请填写在境外承担培训的机构。",
)
def institution_is_abroad(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The institution is no unit of 单位名录, which has those at home (四（四）); a name that 境外机构名录 has as well is abroad."""
    return filings["institution_unit"].isna()


@rule(
    "institution-seems-domestic",
    clause="四（四）",
    severity="hold",
    about="institution",
    assist=True,
    looks_at="境外培训机构的名称、国家（地区）",
    message="境外培训机构填报为“{institution_filed}”，名称以“{institution_begins}”开头，像是境内单位；国家（地区）填报为“{country_filed}”。",
    advice="请填写在境外承担培训的机构。",
    otherwise="确是设在境外的机构的，请书面说明其全称和所在地。",
)
def institution_sounds_foreign(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The name of an institution that no list has does not begin like that of a unit at home (四（四）)."""
    return filings["institution_begins"].isna()


@rule(
    "institution-named-country",
    clause="四（四）",
    severity="hold",
    about="institution",
    assist=True,
    looks_at="境外培训机构的名称、国家（地区）",
    message="境外培训机构填报为“{institution_filed}”，名称中的国家（地区）是{institution_named}，国家（地区）填报为“{country_filed}”。",
    advice="请核对国家（地区）和境外培训机构，更正填错的一栏。",
    otherwise="机构确在所填国家（地区）的，请书面说明。",
)
def institution_named_after_the_country(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The name of an institution that no list has does not begin with another country (四（四）)."""
    return filings["institution_named"].isna()


@rule(
    "institution-agency",
    clause="四（四）",
    severity="hold",
    about="institution",
    assist=True,
    looks_at="境外培训机构的名称",
    message="境外培训机构填报为“{institution_filed}”，名称中有“{institution_agency}”，像是代办行程或留学的公司，不是承担培训的机构。",
    advice="请填写实际承担培训的境外机构。",
    otherwise="确由该机构培训的，请书面说明其资质和师资。",
)
def institution_teaches(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The name of an institution that 境外机构名录 does not know is not that of a travel or study agency (四（四）)."""
    return filings["institution_agency"].isna()
