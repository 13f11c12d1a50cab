"""The header of a table: which rows it takes, and which column below it is which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from flows.read.characters import fold
from flows.read.fits import Fits
from flows.read.sheet import Sheet
from flows.read.titles import FILINGS, LONGEST_TITLE, PARTICIPANTS, STRONG, Claim, Titles, money_unit, title_key
from schemas.columns import FILING, PARTICIPANT
from schemas.titles import COMBINED, LINKS

ROWS_AT_MOST = 3
SAMPLE_ROWS = 30
"""Rows below a header whose values help to tell what an unclear title means."""

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

_HINT = re.compile(
    r"^[(\[]?(?:必填|选填|非必填|可选|万元|元|人|天|是/否|是或否|文本|数字|日期|下拉|下拉选择|单位[:：]?(?:万元|元|人|天)|yyyy.*|年/?月/?日|格式.*|示例.*|如[:：].*|例[:：如].*|.*填.{0,12}|限.*字.*)[)\]]?$"
)


@dataclass(frozen=True)
class Title:
    """One column of a table: ``column`` counts from 0, ``row`` and ``text`` are those of its title.

    ``more`` are columns that the title spans besides; ``guessed`` where it was matched by likeness alone.
    """

    column: int
    row: int
    text: str
    more: tuple[int, ...] = ()
    guessed: bool = False


@dataclass
class Header:
    """The header in rows ``first`` to ``last``: ``fields`` by the column's name in code, ``twice`` for further columns
    that claim one of them, ``lines`` for columns of participants in a table of filings, ``unknown`` the rest."""

    table: str
    first: int
    last: int
    fields: dict[str, Title]
    twice: list[tuple[str, Title]] = field(default_factory=list)
    lines: dict[str, Title] = field(default_factory=dict)
    unknown: list[Title] = field(default_factory=list)

    @property
    def left(self) -> int:
        """The first column that has a title."""
        return min(title.column for title in (*self.titles.values(), *self.unknown))

    @property
    def titles(self) -> dict[str, Title]:
        """Every title that means something, by the column's name in code."""
        return self.fields | {name: title for name, title in self.lines.items() if name not in self.fields}

    def widen(self, other: "Header") -> None:
        """Add the columns of ``other``, a header of further columns for the same rows."""
        self.fields |= {name: title for name, title in other.fields.items() if name not in self.fields}
        self.twice += other.twice
        self.unknown += other.unknown

    @property
    def money(self) -> str | None:
        """The unit of money that the title of the budget names."""
        return money_unit(self.fields["budget"].text) if "budget" in self.fields else None

    def same_as(self, other: "Header") -> bool:
        """Whether ``other`` is this header printed again."""
        if self.table != other.table:
            return False
        ours, theirs = ({n: t.column for n, t in header.fields.items()} for header in (self, other))
        return ours == theirs or self._written == other._written

    @property
    def _written(self) -> set[tuple[int, str]]:
        titles = (*self.titles.values(), *self.unknown, *(title for _, title in self.twice))
        return {(title.column, title_key(title.text)) for title in titles}


@dataclass
class _Column:
    """A column of a header: its title from the top down, where the lowest stands, what it may mean."""

    column: int
    row: int
    parts: list[str]
    more: list[int] = field(default_factory=list)
    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)

    @property
    def title(self) -> Title:
        return Title(self.column, self.row, "".join(self.parts), tuple(self.more))


def header_at(sheet: Sheet, row: int, titles: Titles, fits: Fits, *, further: bool = False) -> list[Header]:
    """The header that begins at ``row`` or just above it; several where tables stand side by side, none where none does.

    ``further``: a table stands above, so that a row of titles may also head the rest of its columns.
    """
    if not _may_begin(sheet, row, titles):
        return []
    last = _extend_down(sheet, row, titles)
    first = _extend_up(sheet, row, last, titles)
    columns = _claiming(sheet, first, last, titles)
    last = _skip_hints(sheet, last, columns)
    headers = []
    for side in _side_by_side(columns):
        if header := _settled(sheet, first, last, side, titles, fits, further):
            headers.append(header)
    return headers


def known_cells(sheet: Sheet, row: int, titles: Titles) -> list[tuple[int, dict[str, tuple[Claim, ...]]]]:
    """The cells of ``row`` that are titles, by column."""
    known = []
    for place, value in enumerate(sheet.row(row)):
        if type(value) is str and 0 < len(value) <= LONGEST_TITLE and (claims := titles.claims(value)):
            known.append((sheet.left + place, claims))
    return known


def _may_begin(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` looks like titles side by side, not like labels with their values."""
    known = known_cells(sheet, row, titles)
    strong = sum(_is_strong(meant) for _, meant in known)
    if len(known) < 2 or not strong:
        return False
    cells = sheet.distinct(row)
    are_known = {column for column, _ in known}
    filled = [(first in are_known) for first, _, text in cells if text]
    pairs = sum(a[0] in are_known and b[0] in are_known for a, b in pairwise(cells))
    many = len(known) >= 7 or (len(known) >= 5 and pairs >= 2)
    return many or (pairs >= (len(known) - 1) / 2 and 2 * sum(filled) >= len(filled))


def _extend_down(sheet: Sheet, row: int, titles: Titles) -> int:
    """The last row of titles: rows of parts below group titles, and of units, belong to the header."""
    last = row
    while last - row + 1 < ROWS_AT_MOST and last < sheet.bottom:
        cells = [
            cell for cell in sheet.distinct(last + 1) if cell[2] and sheet.anchor(last + 1, cell[0])[0] == last + 1
        ]
        if not cells or not (_are_hints(cells) or _are_parts(sheet, row, last, cells, titles)):
            break
        last += 1
    return last


def _are_hints(cells: list[tuple[int, int, str]]) -> bool:
    return all(_HINT.match(fold(text)) for _, _, text in cells)


def _are_parts(sheet: Sheet, first: int, last: int, cells: list[tuple[int, int, str]], titles: Titles) -> bool:
    """Whether ``cells``, in the row after ``last``, are titles under the groups of rows ``first`` to ``last``."""
    if len(cells) < 2 or not all(_may_be_part(text) for _, _, text in cells) or _repeats(sheet, first, last + 1):
        return False
    if any(sum(bool(sheet.text(last, column)) for column in range(start, end + 1)) > 1 for start, end, _ in cells):
        return False
    known = 0
    for column, _, text in cells:
        group = _group_above(sheet, first, last, column)
        known += bool(titles.claims(text) or (group and (titles.claims(group + text) or titles.claims(text + group))))
    return known * 2 >= len(cells) and known >= 2


def _extend_up(sheet: Sheet, row: int, last: int, titles: Titles) -> int:
    """The first row of titles: a row of group titles above belongs to the header."""
    first = row
    while last - first + 1 < ROWS_AT_MOST and first > sheet.top and _are_groups(sheet, first, titles):
        first -= 1
    return first


def _are_groups(sheet: Sheet, first: int, titles: Titles) -> bool:
    """Whether the row above ``first`` belongs to the header: it holds titles that reach down, or groups that tell more."""
    cells = [cell for cell in sheet.distinct(first - 1) if cell[2]]
    if not cells or not all(_may_be_part(text) for _, _, text in cells):
        return False
    if any(":" in fold(text) or titles.is_unit_label(text) for _, _, text in cells):
        return False
    reaching = [
        column
        for column, _, text in cells
        if titles.claims(text) and (sheet.anchor(first, column)[0] < first or not sheet.text(first, column))
    ]
    if len(reaching) * 2 >= len(cells) or len(reaching) >= 3:
        return True
    return any(
        _is_strong(titles.claims(group + leaf)) and not _is_strong(titles.claims(leaf))
        for column, leaf in sheet.filled(first)
        if (group := _group_above(sheet, first - 1, first - 1, column))
    )


def _is_strong(meant: dict[str, tuple[Claim, ...]]) -> bool:
    return any(claim.strength == STRONG for claims in meant.values() for claim in claims)


def _may_be_part(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE and not re.search(r"\d{3,}|[。；;]$", text) and not text.replace(".", "").isdigit()
    )


def _repeats(sheet: Sheet, row: int, other: int) -> bool:
    """Whether ``other`` says again what ``row`` says: a header printed twice, not a header of two rows."""
    one, two = dict(sheet.filled(row)), dict(sheet.filled(other))
    return sum(two.get(column) == text for column, text in one.items()) * 2 > len(two)


def _group_above(sheet: Sheet, first: int, last: int, column: int) -> str:
    """The group title over ``column`` in rows ``first`` to ``last``, if its own column has no title there."""
    for row in range(last, first - 1, -1):
        anchor_row, anchor_column = sheet.anchor(row, column)
        text = sheet.text(anchor_row, anchor_column)
        if text:
            return text
        left = next((c for c in range(column - 1, sheet.left - 1, -1) if sheet.text(row, c)), None)
        if left is not None and sheet.end(row, left) == left and column - left <= 6:
            return sheet.text(row, left)
    return ""


def _claiming(sheet: Sheet, first: int, last: int, titles: Titles) -> list[_Column]:
    """The columns under a header, each with what it may mean. Offices copy their forms: a header seen is known again."""
    plain = first == last and not any((first, column) in sheet.areas for column in range(sheet.left, sheet.width))
    seen = (first, sheet.left, *sheet.row(first)) if plain else None
    if seen is not None and (known := titles.headers_seen.get(seen)):
        return known
    columns = _columns(sheet, first, last)
    for column in columns:
        column.claims = _meant(column.parts, titles)
    if seen is not None:
        titles.headers_seen.clear()
        titles.headers_seen[seen] = columns
    return columns


def _columns(sheet: Sheet, first: int, last: int) -> list[_Column]:
    """The columns under a header in rows ``first`` to ``last``, each with its title from the top down."""
    columns: list[_Column] = []
    by_anchor: dict[tuple[int, int], _Column] = {}
    lowest = {
        column: max((r for r in range(first, last + 1) if sheet.text(r, column)), default=0)
        for column in range(sheet.left, sheet.width)
    }
    for number in range(sheet.left, sheet.width):
        parts: list[str] = []
        place = (first, number)
        for row in range(first, last + 1):
            anchor = sheet.anchor(row, number)
            text = sheet.text(*anchor) if anchor[0] >= first else ""
            if not text and row < last and anchor == (row, number):
                text, anchor = _inherited(sheet, row, number, last, lowest), (row, number)
            if text:
                place = anchor if sheet.text(*anchor) else place
                if not parts or parts[-1] != text:
                    parts.append(text)
        if not parts:
            continue
        if place in by_anchor and place[1] < number:
            by_anchor[place].more.append(number)
            continue
        columns.append(_Column(number, place[0], parts))
        by_anchor[place] = columns[-1]
    return columns


def _inherited(sheet: Sheet, row: int, column: int, last: int, lowest: dict[int, int]) -> str:
    """The group title that stands, unmerged, over the first of its columns only."""
    if lowest[column] <= row:
        return ""
    for left in range(column - 1, sheet.left - 1, -1):
        if lowest.get(left, 0) <= row:
            return ""
        text = sheet.text(row, left)
        if text:
            return text if (row, left) not in sheet.areas else ""
    return ""


def _meant(parts: list[str], titles: Titles) -> dict[str, tuple[Claim, ...]]:
    """What a title may mean whose groups stand above it: read together where that is known, else by itself."""
    parts = [part for part in parts if not _HINT.match(fold(part))] or parts
    leaf = parts[-1]
    if len(parts) > 1:
        joined = ["".join(parts), *(parts[place] + leaf for place in range(len(parts) - 2, -1, -1))]
        for title in [*joined, leaf, leaf + parts[-2]]:
            meant = titles.claims(title)
            if _is_strong(meant):
                return meant
    by_itself = titles.claims(leaf)
    if by_itself or len(parts) == 1:
        return by_itself
    return titles.claims("".join(parts))


def _skip_hints(sheet: Sheet, last: int, columns: list[_Column]) -> int:
    """Past rows that number the columns or say how to fill them in."""
    while last < sheet.bottom:
        cells = [text for _, text in sheet.filled(last + 1)]
        if not (_count_on(cells) or (len(cells) >= max(2, len(columns) // 3) and _mostly_hints(cells))):
            break
        last += 1
    return last


def _count_on(cells: list[str]) -> bool:
    """Whether the cells count on from the first: 1, 2, 3 or A, B, C and so on."""
    if len(cells) < 5 or any(len(text) > 8 for text in cells[:5]):
        return False
    bare = [fold(text).strip("()栏列") for text in cells]
    if all(text.isdecimal() and len(text) < 4 for text in bare):
        return [int(text) for text in bare] == list(range(int(bare[0]), int(bare[0]) + len(bare)))
    letters = [ord(text) for text in bare[:5] if len(text) == 1]
    return len(letters) == 5 and letters == list(range(letters[0], letters[0] + 5))


def _mostly_hints(cells: list[str]) -> bool:
    if not any(_HINT.match(fold(text)) for text in cells[:6]):
        return False
    return 3 * sum(bool(_HINT.match(fold(text))) for text in cells) >= 2 * len(cells)


def _side_by_side(columns: list[_Column]) -> list[list[_Column]]:
    """The columns of each table, where one header row holds several tables side by side."""
    seen: dict[str, int] = {}
    for place, column in enumerate(columns):
        key = title_key("".join(column.parts))
        if key in seen and column.claims:
            period = place - seen[key]
            repeated = [
                title_key("".join(one.parts)) == title_key("".join(other.parts))
                for one, other in zip(columns[seen[key] :], columns[place:], strict=False)
            ]
            if seen[key] == 0 and sum(repeated) >= 3 and sum(repeated) * 2 >= len(repeated) and period >= 3:
                return [columns[:place], *_side_by_side(columns[place:])]
        if place and column.column > max(columns[place - 1].column, *columns[place - 1].more, 0) + 1:
            rest = _assign(columns[place:], PARTICIPANTS)
            if {"seq", "participant", "participants"} <= set(rest):
                return [columns[:place], columns[place:]]
        seen.setdefault(key, place)
    return [columns]


def _settled(
    sheet: Sheet, first: int, last: int, columns: list[_Column], titles: Titles, fits: Fits, further: bool
) -> Header | None:
    """The header of these columns as a table of filings or of participants; None where it is neither."""
    as_filings, as_participants = _assign(columns, FILINGS), _assign(columns, PARTICIPANTS)
    strong = {name for name, (_, strength) in as_filings.items() if strength == STRONG}
    of_filings = len(strong & ONLY_FILINGS)
    sure = {name for name, (_, strength) in as_participants.items() if strength == STRONG}
    if (
        of_filings < 2
        and "participant" in as_participants
        and len(sure & {"participant", "participants"}) >= 1
        and (len(as_participants) >= 2)
    ):
        return _header(sheet, PARTICIPANTS, first, last, columns, as_participants, titles, fits)
    if of_filings >= 2 and len(strong & CORE) >= 2 and len(as_filings) >= 4:
        return _header(sheet, FILINGS, first, last, columns, as_filings, titles, fits)
    if further and len(strong) >= 4 and 4 * len(strong) >= 3 * len(columns):
        return _header(sheet, FILINGS, first, last, columns, as_filings, titles, fits)
    return None


def _assign(columns: Iterable[_Column], table: str) -> dict[str, tuple[list[_Column], int]]:
    """Field → the columns that claim it at the greatest strength with which any does, and that strength."""
    claimed: dict[str, dict[int, list[_Column]]] = {}
    for column in columns:
        for claim in column.claims.get(table, ()):
            claimed.setdefault(claim.column, {}).setdefault(claim.strength, []).append(column)
    return {name: (by_strength[max(by_strength)], max(by_strength)) for name, by_strength in claimed.items()}


def _header(
    sheet: Sheet,
    table: str,
    first: int,
    last: int,
    columns: list[_Column],
    assigned: dict[str, tuple[list[_Column], int]],
    titles: Titles,
    fits: Fits,
) -> Header:
    header = Header(table, first, last, {})
    taken: set[int] = set()
    for name, (claimants, strength) in sorted(assigned.items(), key=lambda item: -item[1][1]):
        free = [column for column in claimants if column.column not in taken]
        if len(free) > 1:
            free = _own_first(free, table, name, titles)
        if not free or _needless(name, header.fields):
            continue
        chosen = (
            _best(sheet, last, name, free, fits, titles)
            if strength < STRONG or len(free[0].claims[table]) > 1
            else free[0]
        )
        if chosen is None:
            continue
        header.fields[name] = chosen.title
        taken.add(chosen.column)
        if strength == STRONG:
            exact = [column for column in free if column is not chosen]
            header.twice += [(name, column.title) for column in exact]
            taken |= {column.column for column in exact}
    rest = [column for column in columns if column.column not in taken]
    if table == FILINGS:
        for name, (claimants, _) in _assign(rest, PARTICIPANTS).items():
            if name in LINES:
                header.lines[name] = claimants[0].title
                taken.add(claimants[0].column)
    _guess(sheet, header, [column for column in columns if column.column not in taken], titles, fits)
    known = {title.column for title in (*header.fields.values(), *header.lines.values())} | {
        t.column for _, t in header.twice
    }
    header.unknown = [column.title for column in columns if column.column not in known]
    return header


def _own_first(columns: list[_Column], table: str, name: str, titles: Titles) -> list[_Column]:
    """The columns with the template's own title for ``name`` before the others."""
    return sorted(columns, key=lambda column: not titles.is_own(table, name, column.parts[-1]))


def _needless(name: str, fields: dict[str, Title]) -> bool:
    """Whether a combined column says only what columns of their own say already."""
    parts = [part for part in COMBINED.get(name, ()) if part != "days"]
    return bool(parts) and all(part in fields for part in parts)


def _best(sheet: Sheet, last: int, name: str, columns: list[_Column], fits: Fits, titles: Titles) -> _Column | None:
    """Of columns with a vague title the first whose values may be this field's."""
    for column in columns:
        share = _fit(sheet, last, name, column.column, fits, titles)
        if share is None or share >= 0.5:
            return column
    return None


def _fit(sheet: Sheet, last: int, name: str, column: int, fits: Fits, titles: Titles) -> float | None:
    """The share of the values below that may be of the column ``name``; None where that cannot be told."""
    told = []
    for row in range(last + 1, min(last + SAMPLE_ROWS, sheet.bottom) + 1):
        text = sheet.text(row, column)
        if text and titles.claims(text) and _may_begin(sheet, row, titles):
            break
        if text and (fit := fits(name, text)) is not None:
            told.append(fit)
    return sum(told) / len(told) if told else None


def _guess(sheet: Sheet, header: Header, columns: list[_Column], titles: Titles, fits: Fits) -> None:
    """Match unknown titles to like ones of columns that were not found."""
    ours = FILING if header.table == FILINGS else PARTICIPANT
    covered = {part for name in header.fields for part in COMBINED.get(name, ())}
    wanted = [c.name for c in ours if c.name not in header.fields and c.name not in covered]
    wanted += [name for name in LINKS if header.table == PARTICIPANTS and name not in header.fields]
    for column in columns:
        if any(column.claims.get(header.table, ())) or not wanted:
            continue
        name = titles.likest(header.table, column.parts[-1], wanted) or titles.likest(
            header.table, "".join(column.parts), wanted
        )
        share = _fit(sheet, header.last, name, column.column, fits, titles) if name else None
        if name and (share is None or share >= 0.6):
            header.fields[name] = Title(column.column, column.row, column.parts[-1], tuple(column.more), guessed=True)
            wanted.remove(name)
