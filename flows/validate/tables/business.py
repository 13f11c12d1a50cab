"""Whose business a filing is, by its 培训领域 and its title, weighed against what its organiser's system does (一（三）).

A theme is known for certain by its name or another of its names, or by one of these with an ending that tells no other
business; else by the words in it. A season has few themes and few titles: each is looked into once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from flows.validate.weighing import joined
from schemas.notice import Notice, Theme
from schemas.tables import TEXT, LastYearProjects
from schemas.tables.frame import DataFrame

_SEPARATORS = "[、,，;；/]"
_BEGINS = 2
_COLUMNS = ["place", "points", "column", "words", "evidence", "against", "businesses"]

Index = dict[str, list[tuple[str, Theme]]]
"""Words of themes by their first characters, the longest first."""


@dataclass(frozen=True)
class _Told:
    """What a text tells of whose business it is: ``words`` known in it (none: it says nothing, nor does the title then), the
    ``systems`` of these (none: everyone's), those that it ``fits`` in any case, and whether it is known for ``certain``."""

    words: tuple[str, ...] = ()
    systems: frozenset[str] = frozenset()
    fits: frozenset[str] = frozenset()
    certain: bool = False


def of_others_business(filings: pd.DataFrame, last_year: DataFrame[LastYearProjects], notice: Notice) -> pd.DataFrame:
    """The filings that seem to be other systems' business, one row each: ``place`` in ``filings``, ``points``, ``column``,
    ``words`` that tell it as a finding keeps them, ``evidence`` and ``against`` as a sentence names them, ``businesses`` the
    systems, joined by 、."""
    known = _Themes(notice)
    themes = {theme: known.theme(theme) for theme in filings["theme"].dropna().unique()}
    rows = filings[["theme", "title", "organiser", "organiser_system"]].dropna(subset=["organiser_system"])
    own = pd.Series(
        [system in themes.get(theme, _Told()).fits for theme, system in _pairs(rows)], index=rows.index, dtype=bool
    )
    rows = rows[~own]
    titles = {title: known.words(title) for title in rows["title"].dropna().unique()}
    approved = _approved(rows["organiser"].dropna().unique(), last_year, known)
    found = []
    for place, theme, title, organiser, system in rows.itertuples():
        one = _weighed(themes.get(theme), titles.get(title), approved.get(organiser, frozenset()), system, notice)
        if one is not None:
            found.append((place, *one))
    table = pd.DataFrame(found, columns=_COLUMNS)
    types = dict.fromkeys(("column", "words", "evidence", "against", "businesses"), TEXT)
    return table.astype({"place": "int64", "points": "int64", **types})


def _pairs(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    return zip(rows["theme"].tolist(), rows["organiser_system"].tolist(), strict=True)


def _weighed(
    theme: _Told | None, title: _Told | None, approved: frozenset[str], system: str, notice: Notice
) -> tuple[int, str, str, str, str, str] | None:
    points, by_theme, by_title = notice.business, 0, 0
    theme, title = theme or _Told(), title or _Told()
    against = []
    if theme.systems:
        by_theme = points.theme if theme.certain else points.theme_words
    if title.systems and theme.words:
        by_title = points.own_title if system in title.systems else points.title
    if by_title < 0:
        against.append(f"项目名称有“{title.words[0]}”")
    total = by_theme + by_title
    others = (theme.systems if by_theme > 0 else frozenset()) | (title.systems if by_title > 0 else frozenset())
    if approved & others:
        total += points.last_year
    if total < points.advise:
        return None
    told: list[str] = []
    words: list[str] = []
    if by_theme > 0:
        told.append(f"培训领域“{'、'.join(theme.words)}”")
        words += theme.words
    if by_title > 0:
        told.append(f"项目名称中的“{title.words[0]}”")
        words.append(title.words[0])
    ordered = sorted(others, key=list(notice.systems).index)
    column = "theme" if by_theme > 0 else "title"
    return total, column, joined(dict.fromkeys(words)), "和".join(told), "，".join(against), "、".join(ordered)


def _approved(
    organisers: Iterable[str], last_year: DataFrame[LastYearProjects], known: "_Themes"
) -> dict[str, frozenset[str]]:
    """The systems whose business each organiser's projects of last year were: what was approved is its business too."""
    mine = last_year[last_year["organiser"].isin(list(organisers))]
    systems: dict[str, frozenset[str]] = defaultdict(frozenset)
    for organiser, title in zip(mine["organiser"].tolist(), mine["title"].tolist(), strict=True):
        if isinstance(title, str):
            systems[organiser] |= known.words(title).systems
    return dict(systems)


class _Themes:
    """The year's themes, by name and by the words in which they are seen."""

    def __init__(self, notice: Notice) -> None:
        self._by_name = {name: theme for theme in notice.themes for name in (*theme.also, theme.name)}
        self._endings = notice.theme_endings
        self._called = notice.system_names
        self._index: Index = defaultdict(list)
        words = {word: theme for theme in notice.themes for word in (*theme.words, *theme.also, theme.name)}
        for word in sorted(words, key=len, reverse=True):
            self._index[word[:_BEGINS]].append((word, words[word]))

    def theme(self, text: str) -> _Told:
        """What a 培训领域 tells: for certain where each of its parts is a theme's name."""
        parts = [part.strip() for part in pd.Series([text]).str.split(_SEPARATORS, regex=True).iloc[0]]
        named = [self._named(part) for part in parts]
        if all(named):
            return self._told((text,), [theme for theme in named if theme], certain=True)
        seen = self.words(text)
        return replace(seen, words=(text,)) if seen.words else seen

    def words(self, text: str) -> _Told:
        """What the words in a text tell, the longest first wherever one begins."""
        found: dict[str, Theme] = {}
        place = 0
        while place < len(text):
            fits = (one for one in self._index.get(text[place : place + _BEGINS], ()) if text.startswith(one[0], place))
            word, theme = next(fits, (text[place], None))
            if theme is not None:
                found[word] = theme
            place += len(word)
        telling = {word: theme for word, theme in found.items() if not theme.shared} or found
        return self._told(tuple(telling), list(telling.values()))

    def _named(self, part: str) -> Theme | None:
        while part not in self._by_name:
            ending = next((ending for ending in self._endings if part.endswith(ending)), None)
            if ending is None:
                return None
            part = part.removesuffix(ending)
        return self._by_name[part]

    def _told(self, words: tuple[str, ...], themes: Sequence[Theme], certain: bool = False) -> _Told:
        fits = frozenset(self._called.get(system, system) for theme in themes for system in theme.systems)
        return _Told(words, frozenset() if any(theme.shared for theme in themes) else fits, fits, certain)
