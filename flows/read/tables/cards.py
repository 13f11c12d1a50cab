"""Cards: forms of labels with their values instead of a table; one project a card, or one a column."""

from dataclasses import dataclass, field

from flows.read.tables.card_labels import Label, row_labels
from flows.read.tables.heads.columns import CORE, ONLY_FILINGS
from flows.read.tables.heads.header import Title
from flows.read.tables.knowledge import Knowledge
from flows.read.tables.records import Records
from flows.read.tables.sheet import Sheet
from flows.read.tables.synonyms import FILINGS, LONGEST_TITLE, STRONG, WEAK, Titles
from flows.read.values.characters import fold
from schemas.cells import cell_code
from schemas.titles import COMBINED

LABELS_AT_LEAST = 5
_TELLING = ONLY_FILINGS | {"title", "organiser"}


@dataclass
class Card:
    """One project as labels and values, by the column's name in code; ``twice`` further labels that mean one of them."""

    labels: dict[str, Label] = field(default_factory=dict)
    twice: list[Label] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The row of the first label."""
        return min(label.title.row for label in self.labels.values())


@dataclass(frozen=True)
class CardRecords:
    """A card as records: one, or several where the projects stand side by side in columns."""

    records: Records
    card: Card


def card_rows(sheet: Sheet, rows: range, titles: Titles) -> bool:
    """Whether ``rows`` hold labels with values: enough different fields, in several rows."""
    cells = (sheet.row(row) for row in rows)
    if sum(len(line) - line.count(None) for line in cells) < LABELS_AT_LEAST:
        return False
    fields: set[str] = set()
    lines = 0
    for row in rows:
        found = [label.field for label in row_labels(sheet, row, titles)]
        fields |= set(found)
        lines += bool(found)
    return len(fields) >= LABELS_AT_LEAST and lines >= 2 and len(fields & CORE) >= 3


def has_labels(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` holds a plain label with its value."""
    return any(label.strength == STRONG for label in row_labels(sheet, row, titles))


def begins_card(sheet: Sheet, row: int, titles: Titles) -> bool:
    """Whether ``row`` holds a label that only a project has."""
    return any(label.strength == STRONG and label.field in _TELLING for label in row_labels(sheet, row, titles))


def cards(sheet: Sheet, rows: range, known: Knowledge) -> list[CardRecords]:
    """The projects on the cards in ``rows``, each column of cards from the top down."""
    labels = [label for row in rows for label in row_labels(sheet, row, known.titles)]
    if begins := _side_by_side(labels):
        spans = zip([sheet.left, *begins], [*(begin - 1 for begin in begins), sheet.width - 1], strict=True)
        return [card for span in spans for card in cards(sheet.within(*span), rows, known)]
    found = []
    for card in _split(labels):
        _guess(sheet, card, rows, known)
        columns = _value_columns(sheet, card)
        records = _in_columns(sheet, card, columns, known) if len(columns) >= 2 else _one(sheet, card, known)
        if records:
            found.append(CardRecords(records, card))
    return found


def _side_by_side(labels: list[Label]) -> list[int]:
    """Where the second card and further ones begin that stand side by side: the same labels again in the same rows."""
    columns: dict[tuple[int, str], list[int]] = {}
    for label in labels:
        if label.strength == STRONG:
            columns.setdefault((label.title.row, label.field), []).append(label.title.column)
    repeated = [places for places in columns.values() if len(places) > 1]
    number = max(map(len, repeated), default=0)
    again = [places for places in repeated if len(places) == number]
    if len(again) < LABELS_AT_LEAST or 2 * len(again) < len(columns):
        return []
    begins = [min(places[card] for places in again) for card in range(number)]
    ends = [max(places[card] for places in again) for card in range(number)]
    apart = all(end < begin for end, begin in zip(ends, begins[1:], strict=False))
    return begins[1:] if apart else []


def _split(labels: list[Label]) -> list[Card]:
    """One card a project: a label that the card has already begins the next one."""
    found: list[Card] = []
    card = Card()
    for label in labels:
        known = card.labels.get(label.field)
        if known is None:
            card.labels[label.field] = label
        elif label.strength < known.strength:
            continue
        elif known.strength < label.strength:
            card.labels[label.field] = label
        elif label.field in ("seq", "title", next(iter(card.labels))):
            found.append(card)
            card = Card({label.field: label})
        else:
            card.twice.append(label)
    found.append(card)
    return [card for card in found if len(card.labels) >= LABELS_AT_LEAST]


def _guess(sheet: Sheet, card: Card, rows: range, known: Knowledge) -> None:
    """Match unknown labels, in the columns of known ones, to like titles of fields that were not found."""
    covered = {part for name in card.labels for part in COMBINED.get(name, ())}
    wanted = [c.name for c in known.form.filing if c.name not in card.labels and c.name not in covered]
    columns = {label.title.column for label in card.labels.values() if label.inline is None}
    last = max(label.title.row for label in card.labels.values())
    values = {place for label in card.labels.values() for place in label.places[:1]}
    for row in range(card.first, min(last + 3, rows.stop)):
        cells = sheet.own_cells(row)
        for number, (first, end, text) in enumerate(cells):
            if first not in columns or (row, first) in values or len(text) > LONGEST_TITLE or not wanted:
                continue
            name = known.titles.likest(FILINGS, text, wanted)
            if name and not known.titles.meanings(text):
                beside = cells[number + 1 : number + 2]
                places = tuple((row, start) for start, _, _ in beside if not known.titles.meanings(beside[0][2]))
                card.labels[name] = Label(name, WEAK, Title(first, row, text, guessed=True), places, end + 1)
                wanted.remove(name)


def _value_columns(sheet: Sheet, card: Card) -> list[int]:
    """The columns of a card whose labels stand in one column and whose projects stand side by side."""
    labels = [label for label in card.labels.values() if label.inline is None]
    if len({label.title.column for label in labels}) != 1 or len(labels) < LABELS_AT_LEAST:
        return []
    filled: dict[int, int] = {}
    for label in labels:
        for _, column in label.places:
            filled[column] = filled.get(column, 0) + 1
    return sorted(column for column, times in filled.items() if times >= max(3, len(labels) * 0.3))


def _in_columns(sheet: Sheet, card: Card, columns: list[int], known: Knowledge) -> Records | None:
    records = Records(FILINGS, sheet.name, [], {name: [] for name in card.labels}, {})
    for column in columns:
        head = next(
            (sheet.text(row, column) for row in range(card.first - 1, sheet.top - 1, -1) if sheet.text(row, column)), ""
        )
        texts = {name: sheet.text(label.title.row, column) for name, label in card.labels.items()}
        if (head and len(head) <= 12 and known.patterns.no_project.search(head)) or not _is_project(texts, known):
            continue
        record = len(records)
        records.rows.append(card.labels.get("title", next(iter(card.labels.values()))).title.row)
        for name, label in card.labels.items():
            records.texts[name].append(texts[name])
            records.moved[name, record] = cell_code(label.title.row, column)
    return records if len(records) else None


def _one(sheet: Sheet, card: Card, known: Knowledge) -> Records | None:
    texts, moved = {}, {}
    for name, label in card.labels.items():
        text, place = _value(sheet, label, name, known)
        texts[name], moved[name, 0] = text, cell_code(*place)
    said = {(name, 0): label.inline for name, label in card.labels.items() if label.inline}
    if not _is_project({name: said.get((name, 0), text) for name, text in texts.items()}, known):
        return None
    row = card.labels["title"].row if "title" in card.labels else card.first
    return Records(FILINGS, sheet.name, [row], {name: [text] for name, text in texts.items()}, {}, moved, said)


def _value(sheet: Sheet, label: Label, name: str, known: Knowledge) -> tuple[str, tuple[int, int]]:
    """The text of a label's value and the cell that holds it: the first cell beside, or several read together."""
    if label.inline is not None:
        place = (label.title.row, label.title.column)
        return (sheet.text(*place) if label.inline else "", place)
    if not label.places:
        return "", (label.title.row, label.beside)
    first = label.places[0]
    text = sheet.text(*first)
    if known.patterns.bare_unit.match(fold(text)):
        return "", (label.title.row, label.beside)
    if len(label.places) > 1 and known.plausible(name, text) is False:
        together = "".join(sheet.text(*place) for place in label.places)
        if known.plausible(name, together):
            return together, first
        fitting = next((place for place in label.places if known.plausible(name, sheet.text(*place))), None)
        if fitting:
            return sheet.text(*fitting), fitting
    return text, first


def _is_project(texts: dict[str, str], known: Knowledge) -> bool:
    """Whether the values are those of a project, not blanks and not what is to be filled in."""
    filled = {name: text for name, text in texts.items() if text}
    told = [fit for name, text in filled.items() if (fit := known.plausible(name, text)) is not None]
    substance = [name for name in filled if name not in ("seq", "contact", "phone", "remarks")]
    if sum(told) < 2 or sum(told) * 2 < len(told):
        return False
    return ("title" in filled and len(substance) >= 2) or len(substance) >= 3
