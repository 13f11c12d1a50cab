"""Publish: the workbooks that officials see, made from the warehouse's views and nothing else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from flows.publish.exceptions import write_exceptions
from flows.publish.plan import write_plan
from flows.settings import Settings
from schemas.notice import Notice
from schemas.tables import TEXT

View = Callable[[str], pd.DataFrame]
"""Gives a view of the current night by its name."""

PLAN, EXCEPTIONS = "全省计划.xlsx", "异常清单.xlsx"


def publish(view: View, staging: Path, settings: Settings, notice: Notice) -> None:
    """Write the night's workbooks into the folder ``staging``, from where they are handed over to ``settings.published``."""
    texts = partial(_with_texts, view)
    write_plan(staging / PLAN, texts, notice)
    write_exceptions(staging / EXCEPTIONS, texts, settings, notice)


def _with_texts(view: View, name: str) -> pd.DataFrame:
    """The view with text columns as such also where there is no text in any row."""
    frame = view(name)
    return frame.astype(dict.fromkeys(frame.select_dtypes(object, exclude="str").columns, TEXT))
