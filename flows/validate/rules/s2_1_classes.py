"""二（一）, 二（二）: the priority and key classes. What each asks is data of the year (``[[classes]]``)."""

from collections.abc import Iterator

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import CellRows, FilingRows
from flows.validate.words import numbered_class
from schemas.notice import ClassCondition, Notice, Words
from schemas.tables import DataFrame


def classes_with_types(notice: Notice) -> Iterator[ClassCondition]:
    """The classes that ask for training types."""
    return (condition for condition in notice.classes if condition.types)


def classes_with_levels(notice: Notice) -> Iterator[ClassCondition]:
    """The classes that ask for a level of the organiser."""
    return (condition for condition in notice.classes if condition.levels)


def long_term_classes(notice: Notice) -> Iterator[ClassCondition]:
    """The classes that ask for mid-to-long-term training."""
    return (condition for condition in notice.classes if condition.long_term)


@rule(
    "priority-class-exists",
    clause="二（一）",
    severity="return",
    over="cells",
    looks_at="立项类别",
    message="立项类别填报为“{value}”，通知{clause}没有这一类优先项目；现有类别：{notice.class_names}。",
    advice="请改填通知所列的类别；都不符合的填“一般”。",
)
def priority_class_exists(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """What calls itself a priority class is one of the notice's (二（一）). Any other word is a badly filled cell (四（二）)."""
    return ~_unread_class(cells, notice.meanings.priority_called, notice)


@rule(
    "key-class-exists",
    clause="二（二）",
    severity="return",
    over="cells",
    looks_at="立项类别",
    message="立项类别填报为“{value}”，通知{clause}没有这一类重点项目；现有类别：{notice.class_names}。",
    advice="请改填通知所列的类别；都不符合的填“一般”。",
)
def key_class_exists(cells: DataFrame[CellRows], notice: Notice) -> pd.Series:
    """What calls itself a key class is one of the notice's (二（二）). Any other word is a badly filled cell (四（二）)."""
    return ~_unread_class(cells, notice.meanings.key_called, notice)


def _unread_class(cells: DataFrame[CellRows], called: Words, notice: Notice) -> pd.Series:
    """Cells of a numbered class that could not be read, and that call themselves first by one of ``called``."""
    unread = cells["column"].eq("priority_class") & ~cells["blank"] & cells["remark"].isna()
    first = cells["value"].str.extract(f"({numbered_class(notice)})", expand=False)
    return unread & first.str.replace(r"\s", "", regex=True).isin(called)


@rule(
    "class-type",
    clause="二（一）",
    severity="return",
    about="priority_class",
    each=classes_with_types,
    looks_at="立项类别、培训类型",
    message="立项类别为{priority_class}（{item.says}），培训类型填报为“{training_type}”，应为{item.type_names}。",
    advice="请改填立项类别，或更正培训类型。",
)
def class_of_its_type(filings: DataFrame[FilingRows], notice: Notice, item: ClassCondition) -> pd.Series:
    """A class for specialists trains specialists (二（一）1, 二（一）2)."""
    kind = filings["training_type"]
    return filings["priority_class"].ne(item.name) | kind.isna() | kind.isin(item.types)


@rule(
    "class-long-term",
    clause="二（一）",
    severity="return",
    about="priority_class",
    each=long_term_classes,
    looks_at="立项类别、培训天数",
    message="立项类别为{priority_class}（{item.says}），培训天数 {days} 天，未超过 {notice.limits.long_term_over} 天，不是中长期培训。",
    advice="请改填立项类别，或按中长期培训安排天数。",
)
def class_of_long_term(filings: DataFrame[FilingRows], notice: Notice, item: ClassCondition) -> pd.Series:
    """A class for mid-to-long-term training lasts more than 90 days (二（一）1); 90 days are not more than 90."""
    return filings["priority_class"].ne(item.name) | filings["days"].gt(notice.limits.long_term_over)


@rule(
    "class-level",
    clause="二（一）",
    severity="return",
    about="priority_class",
    each=classes_with_levels,
    looks_at="立项类别、组团单位的层级（单位名录）",
    message="立项类别为{priority_class}（{item.says}），组团单位{organiser}是{organiser_level}单位，不属于这一类。",
    advice="请改填立项类别。",
)
def class_of_its_level(filings: DataFrame[FilingRows], notice: Notice, item: ClassCondition) -> pd.Series:
    """A class for talent of provincial or national level is organised by no city or county unit (二（一）4)."""
    level = filings["organiser_level"]
    return filings["priority_class"].ne(item.name) | level.isna() | level.isin(item.levels)
