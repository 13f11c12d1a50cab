"""Which column is which: of all that the titles of a header may mean, the meaning that holds for each column."""

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise

from flows.read.tables.heads.header import HeadColumn, Header, Title
from flows.read.tables.heads.values import fit, sample
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, PARTICIPANTS, STRONG, Titles, title_key
from schemas.titles import COMBINED, LINKS

MOST, MANY = 0.6, 0.5
"""The share of values that must be of a field's kind where its title is only like the field's, or vague."""

_NUMBERED = 4
"""Digits that the number of a project in a table has not."""

BY_VALUES = ("country", "funding_source", "priority_class", "training_type")
"""Fields of filings whose values tell them from others."""

CORE = {
    "title", "organiser", "institution", "headcount", "days", "start_date", "end_date", "content", "necessity",
    "budget", "period", "headcount_days", "country_institution",
}  # fmt: skip
"""Columns of which a table of filings has several, and a list of codes has not."""

ONLY_FILINGS = {
    "institution", "country", "days", "start_date", "end_date", "period", "content", "necessity", "budget", "theme",
    "priority_class", "training_type", "cross_region", "funding_source", "degree_study", "charges_fees", "expert_review",
    "green_channel", "headcount_days", "country_institution",
}  # fmt: skip
"""Columns that a table of participants never has."""

LINES = {"participant", "participants", "region", "system"}
"""Columns of participants that stand in a table of filings."""

Assigned = dict[str, tuple[list[HeadColumn], int]]
"""Field → the columns that may mean it, those that say so most plainly, and how plainly, and that strength."""


class HeaderColumns:
    """Settles what the columns under the header in rows ``first`` to ``last`` mean.

    ``begins`` tells where the next header begins, at which looking at values ends. ``looked`` says afterwards whether any
    values were looked at: if not, the titles alone decided.
    """

    def __init__(
        self,
        sheet: Sheet,
        first: int,
        last: int,
        known: Knowledge,
        begins: Callable[[Sheet, int, Titles], bool],
        width: int,
    ) -> None:
        """Know the sheet, the rows of the header, how many columns it has, and the titles that offices use."""
        self._sheet, self._first, self._last = sheet, first, last
        self._titles, self._plausible, self._begins = known.titles, known.plausible, begins
        self._form = known.form
        self._width = width
        self.looked = False

    def settled(self, columns: list[HeadColumn], *, further: bool) -> Header | None:
        """The header of ``columns`` as a table of filings or of participants; None where it is neither.

        ``further``: a table stands above, so that a row of titles may also head the rest of its columns.
        """
        as_filings, as_participants = _assign(columns, FILINGS), _assign(columns, PARTICIPANTS)
        strong = {name for name, (_, strength) in as_filings.items() if strength == STRONG}
        of_filings = len(strong & ONLY_FILINGS)
        sure = {name for name, (_, strength) in as_participants.items() if strength == STRONG}
        names_participants = "participant" in as_participants and bool(sure & {"participant", "participants"})
        if of_filings < 2 and names_participants and len(as_participants) >= 2:
            return self._header(PARTICIPANTS, columns, as_participants)
        if of_filings >= 2 and len(strong & CORE) >= 2 and len(as_filings) >= 4:
            return self._header(FILINGS, columns, as_filings)
        if further and len(strong) >= 4 and 4 * len(strong) >= 3 * len(columns):
            return self._header(FILINGS, columns, as_filings)
        return None

    def _header(self, table: str, columns: list[HeadColumn], assigned: Assigned) -> Header:
        header = Header(table, self._first, self._last, {})
        taken: set[int] = set()
        for name, (candidates, strength) in sorted(assigned.items(), key=lambda item: -item[1][1]):
            free = self._visible([column for column in candidates if column.column not in taken])
            if not free or _needless(name, header.fields):
                continue
            chosen = self._chosen(table, name, free, strength)
            if chosen is None:
                continue
            header.fields[name] = chosen.title
            others = [column for column in free if column is not chosen and strength == STRONG]
            header.twice += [(name, column.title) for column in others]
            taken |= {column.column for column in (chosen, *others)}
        if table == FILINGS:
            for name, (candidates, strength) in _assign(_free(columns, taken), PARTICIPANTS).items():
                # 名称 by itself is nobody who takes part.
                if name in LINES and (strength == STRONG or name != "participant"):
                    header.lines[name] = candidates[0].title
                    taken.add(candidates[0].column)
        self._guess(header, _free(columns, taken))
        known = {title.column for title in header.titles.values()} | {title.column for _, title in header.twice}
        header.unknown = [column.title for column in _free(columns, known)]
        return header

    def _visible(self, columns: list[HeadColumn]) -> list[HeadColumn]:
        """Of columns that mean the same those that can be seen, if any can."""
        hidden = self._sheet.grid.hidden_columns
        return [column for column in columns if column.column not in hidden] or columns

    def _chosen(self, table: str, name: str, columns: list[HeadColumn], strength: int) -> HeadColumn | None:
        """Of the columns that may mean ``name``: the template's own title, else the first; of vague ones the first whose
        values may be this field's."""
        if strength == STRONG and len(columns[0].meanings[table]) == 1:
            own = [column for column in columns if self._titles.is_own(table, name, column.parts[-1])]
            return (own or columns)[0] if len(columns) > 1 else columns[0]
        return next((column for column in columns if self.fit(name, column.column) >= MANY), None)

    def fit(self, name: str, column: int) -> float:
        """The share of the values below that may be of the field ``name``; 1 where that cannot be told."""
        self.looked = True
        return fit(self._sheet, self._sample, name, column, self._plausible)

    @cached_property
    def _sample(self) -> list[int]:
        return sample(self._sheet, self._last, self._width, self._begins_again)

    def _begins_again(self, row: int) -> bool:
        """Whether the next header begins at ``row``, or this one is printed again."""
        if self._begins(self._sheet, row, self._titles):
            return True
        return any(self._texts(row) == self._texts(own) for own in range(self._first, self._last + 1))

    def _texts(self, row: int) -> list[str]:
        return [text for _, text in self._sheet.filled(row)]

    def _guess(self, header: Header, columns: list[HeadColumn]) -> None:
        """Match unknown titles to like ones of fields that were not found."""
        ours = self._form.filing if header.table == FILINGS else self._form.participant
        covered = {part for name in header.fields for part in COMBINED.get(name, ())}
        wanted = [c.name for c in ours if c.name not in header.fields and c.name not in covered]
        wanted += [name for name in LINKS if header.table == PARTICIPANTS and name not in header.fields]
        for column in columns:
            if column.meanings.get(header.table) or not wanted:
                continue
            whole = "".join(column.parts)
            name = self._titles.likest(header.table, column.parts[-1], wanted)
            name = name or self._titles.likest(header.table, whole, wanted)
            if name and self.fit(name, column.column) >= MOST:
                header.fields[name] = Title(
                    column.column, column.row, column.parts[-1], tuple(column.more), guessed=True
                )
                wanted.remove(name)
        if header.table == FILINGS:
            self._guess_by_values(header, _free(columns, {title.column for title in header.titles.values()}), wanted)

    def _guess_by_values(self, header: Header, columns: list[HeadColumn], wanted: list[str]) -> None:
        """Match unknown titles to fields that were not found and whose values hardly anything else has."""
        unknown = [
            column
            for column in columns
            if not column.meanings.get(header.table) and not self._titles.is_foreign(column.parts[-1])
        ]
        found = {
            name: [one for one in unknown if self._all_fit(name, one.column)] for name in BY_VALUES if name in wanted
        }
        if "seq" in wanted and unknown and unknown[0].column <= header.left and self._counts_on(unknown[0].column):
            found["seq"] = unknown[:1]
        for name, fitting in found.items():
            one = fitting[0] if len(fitting) == 1 else None
            if one and one.column not in {title.column for title in header.fields.values()}:
                header.fields[name] = Title(one.column, one.row, one.parts[-1], tuple(one.more), guessed=True)

    def _counts_on(self, column: int) -> bool:
        """Whether the values beneath are whole numbers, each one more than the one above."""
        self.looked = True
        texts = [text for row in self._sample if (text := self._sheet.text(row, column))]
        if not texts or not all(text.isdecimal() and len(text) < _NUMBERED for text in texts):
            return False
        return all(int(below) - int(above) == 1 for above, below in pairwise(texts))

    def _all_fit(self, name: str, column: int) -> bool:
        """Whether there are values beneath, and each may be of the field ``name`` and is told to be."""
        self.looked = True
        texts = [text for row in self._sample if (text := self._sheet.text(row, column))]
        return bool(texts) and all(self._plausible(name, text) for text in texts)


def side_by_side(columns: list[HeadColumn]) -> list[list[HeadColumn]]:
    """The columns of each table, where one header row holds several tables side by side."""
    seen: dict[str, int] = {}
    for place, column in enumerate(columns):
        key = title_key("".join(column.parts))
        if key in seen and column.meanings:
            period = place - seen[key]
            repeated = [
                title_key("".join(one.parts)) == title_key("".join(other.parts))
                for one, other in zip(columns[seen[key] :], columns[place:], strict=False)
            ]
            if seen[key] == 0 and sum(repeated) >= 3 and sum(repeated) * 2 >= len(repeated) and period >= 3:
                return [columns[:place], *side_by_side(columns[place:])]
        if place and column.column > max(columns[place - 1].column, *columns[place - 1].more, 0) + 1:
            rest = _assign(columns[place:], PARTICIPANTS)
            if {"seq", "participant", "participants"} <= set(rest):
                return [columns[:place], columns[place:]]
        seen.setdefault(key, place)
    return [columns]


def _assign(columns: Iterable[HeadColumn], table: str) -> Assigned:
    meant: dict[str, dict[int, list[HeadColumn]]] = {}
    for column in columns:
        for meaning in column.meanings.get(table, ()):
            meant.setdefault(meaning.column, {}).setdefault(meaning.strength, []).append(column)
    return {name: (by_strength[max(by_strength)], max(by_strength)) for name, by_strength in meant.items()}


def _free(columns: list[HeadColumn], taken: set[int]) -> list[HeadColumn]:
    return [column for column in columns if column.column not in taken]


def _needless(name: str, fields: dict[str, Title]) -> bool:
    """Whether a combined column says only what columns of their own say already."""
    parts = [part for part in COMBINED.get(name, ()) if part != "days"]
    return bool(parts) and all(part in fields for part in parts)
