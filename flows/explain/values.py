"""How a value is shown, in the terminal and on the page alike."""

import math
from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd

from flows.passwords import hidden
from flows.screen import harmless, unsteering

_DIGEST_SHOWN = 12


def shown(value: object) -> str:
    """A value as an official reads it, without passwords; 缺 where there is none."""
    return hidden(as_read(value))


def as_read(value: object) -> str:
    """:func:`shown` for what is published, which no environment may change."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return "缺"
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:g}"
    return unsteering(str(value), lines=True)


def plain(value: object) -> str:
    """Text without the characters that would steer a terminal; what offices typed is not to be trusted."""
    return harmless(value, lines=True)


def moment(value: object) -> str:
    """A point in time to the minute."""
    return "缺" if value is None or value is pd.NaT else f"{value:%Y-%m-%d %H:%M}"


def missing(value: object) -> bool:
    """Whether there is no value."""
    return as_read(value) == "缺"


def place(filing: pd.Series) -> str:
    """Where a filing stands."""
    return plain(f"{filing['file']} 第 {filing['row']} 行")


def digest(sha256: object) -> str:
    """The beginning of a file's digest: the same where the file is the same."""
    return shown(sha256)[:_DIGEST_SHOWN]


def percent(probability: float) -> str:
    """A probability as an official reads it: never a round 100 or 0 that it is not."""
    if probability > 0.9999:
        return "大于 99.99%"
    if probability < 0.0001:
        return "小于 0.01%"
    return f"{probability:.2%}"


def differ(values: Iterable[object]) -> bool:
    """Whether the filings do not all say the same."""
    return len({shown(value) for value in values}) > 1
