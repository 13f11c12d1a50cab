"""What the text rules share: how they judge, and who may do what they ask about."""

import pandas as pd

from flows.validate.tables.themes import among
from schemas.notice import Notice

WEIGHED = "按用词权衡，分值见通知文件的 [[weighed]]"
"""What an official reads of how such a rule judges."""


def department_in_charge(rows: pd.DataFrame, systems: pd.Series, notice: Notice) -> pd.Series:
    """Whether the organiser is an administrative organ of provincial level and of one of the systems, joined by 、: a
    provincial hospital or institute is none."""
    meanings = notice.meanings
    return (
        rows["organiser_level"].isin(meanings.provincial_levels)
        & rows["organiser_nature"].isin(meanings.organs)
        & among(rows["organiser_system"], systems)
    )


def of_own_discipline(rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """Whether a university trains specialists, which it does in its own disciplines."""
    universities, types = notice.meanings.universities, notice.meanings.specialist_types
    return rows["organiser_nature"].isin(universities) & rows["training_type"].isin(types)
