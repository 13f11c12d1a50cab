"""What a text in a reference workbook means, by its column, and what a column may hold at all."""

from collections.abc import Iterable

from flows.read import name_key, one_line
from schemas.columns import Column
from schemas.words import LEVELS, NATURES, QUOTA_SCOPES, REGIONS

NO_WORD = object()
"""What a text that means nothing in its column is read as."""

_FLAGS = {"是": True, "有": True, "否": False, "无": False}
_WORDS = {"level": LEVELS, "region": REGIONS, "nature": NATURES, "scope": (*QUOTA_SCOPES.values(),)}
"""Column → its words."""
_WHOLE_AT_MOST = 1_000_000


def as_name(text: str) -> str:
    """A name as it is meant: plain characters in one line."""
    return one_line(text)


def read(column: Column, text: str) -> object:
    """The value of a filled cell; :data:`NO_WORD` where it has none of its column's."""
    meant = one_line(text)
    if column.kind == "flag":
        return _FLAGS.get(meant, NO_WORD)
    if column.kind == "whole":
        return int(meant) if meant.isdecimal() and int(meant) <= _WHOLE_AT_MOST else NO_WORD
    if column.name in _WORDS:
        return meant if meant in _WORDS[column.name] else NO_WORD
    return meant if name_key(meant) else NO_WORD


def options(column: Column, entry: str, said: Iterable[str]) -> tuple[object, ...]:
    """What a value of ``entry`` that cannot be read may be: each of the column's words; of a column of any text what others
    have there (``said``). None of a name or a figure: there is no telling.

    Of 所在市州 and 所属系统 it is asked whether another unit has the same: so it may also be unknown, or like nobody else's.
    """
    like_nobodys = f"（{entry}的{column.title}不明）"
    if column.kind == "flag":
        return (True, False)
    if column.name == "region":
        return (None, like_nobodys)
    if column.name == "system":
        return (None, like_nobodys, *sorted({one_line(text) for text in said}))
    return _WORDS.get(column.name, ())


def expected(column: Column) -> str:
    """What a cell of the column should hold, in Chinese, as the end of “不是…”."""
    if column.kind == "flag":
        return "“是”或“否”"
    if column.kind == "whole":
        return "不小于 0 的整数"
    if column.name == "region":
        return "本省的市（州）全称，也不是“省级”"
    return f"规定的词（{'、'.join(_WORDS[column.name])}）" if column.name in _WORDS else "可用的文字"
