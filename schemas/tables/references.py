"""The reference workbooks as tables, and what is wrong in them; what each column holds is said in :mod:`schemas.columns`.

What a workbook leaves open (a cell that cannot be read, rows that contradict each other) is missing here.
"""

import numpy as np

from schemas.columns import COUNTRY, INSTITUTION, LAST_YEAR, QUOTA, UNIT
from schemas.tables.frame import Frame, Series, Text, Whole, key, optional


class Units(Frame, form=UNIT):
    """One row a unit of 单位名录."""


class Institutions(Frame, form=INSTITUTION):
    """One row an institution of 境外机构名录."""


class Countries(Frame, form=COUNTRY):
    """One row a country of 国家地区."""


class LastYearProjects(Frame, form=LAST_YEAR):
    """One row an approved project of 上年项目."""


class Quotas(Frame, form=QUOTA):
    """One row a number of people of 指标控制数 that the plan keeps to: ``scope`` one of ``QUOTA_SCOPES``, and the ``name`` of the
    市州, of the class or kind of classes, or of the unit in 单位名录 that it holds for."""


class CarriedOut(Frame):
    """One row a project of last year: its ``unit`` by the name of 单位名录, the people ``approved`` and ``executed`` (both missing
    where one of them is not known), and whether its summary is ``owing``, as of a project that nobody travelled for none is."""

    unit: Series[Text] = optional()
    title: Series[Text] = optional()
    approved: Series[Whole] = optional()
    executed: Series[Whole] = optional()
    owing: Series[bool]


class ReferenceProblems(Frame):
    """One row a thing that is wrong in a reference workbook, in the order of ``place`` (from 1).

    ``workbook`` its file's name, ``cell`` in A1 form, ``column`` the title on paper, ``value`` as written; ``message`` what is
    wrong, ``effect`` what comes of it, ``advice`` how to mend it, whole Chinese sentences.
    """

    problem_id: Series[Text] = key()
    place: Series[np.int64]
    workbook: Series[Text]
    sheet: Series[Text] = optional()
    cell: Series[Text] = optional()
    column: Series[Text] = optional()
    value: Series[Text] = optional()
    message: Series[Text]
    effect: Series[Text]
    advice: Series[Text]
