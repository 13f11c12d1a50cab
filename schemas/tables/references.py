"""The reference workbooks as tables; what each column holds is said in :mod:`schemas.columns`."""

from schemas.columns import COUNTRY, INSTITUTION, LAST_YEAR, UNIT
from schemas.tables.frame import Frame


class Units(Frame, form=UNIT, required=True):
    """One row a unit of 单位名录."""


class Institutions(Frame, form=INSTITUTION, required=True):
    """One row an institution of 境外机构名录."""


class Countries(Frame, form=COUNTRY, required=True):
    """One row a country of 国家地区."""


class LastYearProjects(Frame, form=LAST_YEAR, required=True):
    """One row an approved project of 上年项目."""
