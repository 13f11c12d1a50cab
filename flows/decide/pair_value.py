"""What a decision about a pair is about: the compared fields of its two filings, as lines that can be compared later."""

from collections.abc import Hashable
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from schemas.decisions import COMPARED

_SIDES = ("甲", "乙")
_GONE = "其中一项申报已不再有效"


class PairValues:
    """What decisions about pairs of ``filings``, by their index, are about."""

    def __init__(self, filings: pd.DataFrame) -> None:
        self._filings = filings
        self._told: dict[Hashable, list[str]] = {}

    def of(self, left: Hashable, right: Hashable) -> str | None:
        """``甲·项目名称：…`` and so on, a line a filled field; None where one of the two is not there."""
        if left not in self._places or right not in self._places:
            return None
        return "\n".join(
            f"{side}·{told}"
            for side, filing in zip(_SIDES, (left, right), strict=True)
            for told in self._fields_of(filing)
        )

    @cached_property
    def _places(self) -> dict[Hashable, int]:
        return {filing: place for place, filing in enumerate(self._filings.index)}

    @cached_property
    def _columns(self) -> dict[str, list[object]]:
        """What each compared field is called → its values, None where there is none."""
        compared = {called: self._filings[name].astype(object) for name, called in COMPARED.items()}
        return {called: values.where(values.notna(), None).tolist() for called, values in compared.items()}

    def _fields_of(self, filing: Hashable) -> list[str]:
        if filing not in self._told:
            place = self._places[filing]
            filled = ((called, values[place]) for called, values in self._columns.items())
            self._told[filing] = [f"{called}：{_text(value)}" for called, value in filled if value is not None]
        return self._told[filing]


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
