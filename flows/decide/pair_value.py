"""What a decision about a pair is about: the compared fields of its two filings, as lines that can be compared later."""

from collections.abc import Hashable
from datetime import date, datetime

import pandas as pd

from schemas.decisions import COMPARED

_SIDES = ("甲", "乙")
_GONE = "其中一项申报已不再有效"


def pair_value(filings: pd.DataFrame, left: Hashable, right: Hashable) -> str | None:
    """``甲·项目名称：…`` and so on, a line a filled field; None where a filing is not in the index of ``filings``."""
    if left not in filings.index or right not in filings.index:
        return None
    return "\n".join(
        f"{side}·{called}：{_text(filing[name])}"
        for side, filing in zip(_SIDES, (filings.loc[left], filings.loc[right]), strict=True)
        for name, called in COMPARED.items()
        if pd.notna(filing[name])
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def what_changed(then: str | None, now: str | None) -> str | None:
    """In Chinese, what differs between two values of a pair; None where nothing does."""
    if then == now:
        return None
    if then is None or now is None:
        return _GONE
    old, new = _fields(then), _fields(now)
    changes = [
        f"{name}由“{old.get(name, '空')}”变为“{new.get(name, '空')}”"
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]
    return "、".join(changes) or None


def _fields(value: str) -> dict[str, str]:
    return dict(line.partition("：")[::2] for line in value.split("\n"))
