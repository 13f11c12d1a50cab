"""四（四）: letter of intent, and who the institution abroad is."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.cells import how_empty
from flows.validate.tables.rows import CellRows, FilingRows, OrganisedFilings, SheetRows
from schemas.notice import Notice
from schemas.tables import DataFrame

_LETTER = "请通过洽谈对接系统与境外机构达成合作意向，填写系统生成的合作意向书编号。"


@rule(
    "letter-missing",
    clause="四（四）",
    severity="hold",
    over="cells",
    looks_at="合作意向书编号",
    message="合作意向书编号{empty}，尚未见与境外机构的合作意向。",
    advice=_LETTER,
    tells=how_empty,
)
def letter_of_intent(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """There is a letter of intent (四（四）); 待定 is none."""
    return cells["column"].ne("letter_no") | ~cells["blank"] | cells["remark"].notna()


@rule(
    "letter-column-missing",
    clause="四（四）",
    severity="hold",
    over="sheets",
    looks_at="合作意向书编号",
    message="表中没有“合作意向书编号”一栏，该表各项目均未见与境外机构的合作意向。",
    advice=_LETTER,
)
def letter_column_there(sheets: DataFrame[SheetRows], notice: Notice) -> pd.Series:
    """The sheet has the column; without it one finding stands for all its filings (四（四）)."""
    return sheets["letter_column"]


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
    advice="请改选有正式合作关系的机构，或说明理由待核。",
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
    advice="请改选名录中有正式合作关系的机构；机构名称填写有误的请更正，或说明理由待核。",
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
    advice="请恢复原机构；确因不可抗拒原因更改的，请说明待核。",
)
def institution_as_approved(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """An approved project, known by its 系统项目编号, keeps its institution (四（四）), by whichever of its names."""
    now, before = filings["institution"], filings["institution_last"]
    same = _plain(now).eq(_plain(before))
    return before.isna() | same


def _plain(names: pd.Series) -> pd.Series:
    return names.str.replace(r"[\s（）()·.,，-]", "", regex=True).str.lower()
