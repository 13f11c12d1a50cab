"""A hidden sheet of workings: one row for each prepared row of a form, found by its place, so that rows which an office inserts,
deletes or sorts are those that are worked out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from flows.publish.template.formulas import NOTHING, ROW, either, every, number, text, when, without
from flows.publish.template.registers import Registers, called, define
from flows.publish.workbook import Book
from schemas.columns import Column

UNREAD = "#"
"""What a value is said to be that is not of its column's kind."""
_LONGEST = 8_192
"""Characters that a formula may have."""
_BEYOND_COUNTING = "1E+12"
_DAYS = (61, 2_958_465)
"""From the first day that every office program counts alike to the last."""


@dataclass
class Working:
    """The workings of one form: ``columns`` by key, each with the formula of its rows.

    ``short`` is what its names begin with. The form's rows stand in ``form``, ``columns_filed`` side by side, the first of
    ``rows`` prepared ones in row ``first`` (as Excel counts). Row n of the workings is of row n - 1 of these. The values of a
    form's columns have their names as keys: as check reads them, ``""`` where there is none, :data:`UNREAD` where it is not of
    the column's kind.
    """

    name: str
    short: str
    form: str
    columns_filed: tuple[Column, ...]
    first: int
    rows: int
    columns: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def put(self, key: str, formula: str) -> str:
        """Add a column; its cell in the same row."""
        if len(formula) > _LONGEST:
            raise ValueError(f"the formula of {key} has {len(formula)} characters, more than {_LONGEST}")
        self.columns[key] = formula
        return self[key]

    def __contains__(self, key: str) -> bool:
        return key in self.columns

    def __getitem__(self, key: str) -> str:
        """The cell of a column in the same row; of a column that the year's form does not have, nothing."""
        return f"${xl_col_to_name(list(self.columns).index(key))}{ROW}" if key in self.columns else NOTHING

    def all(self, key: str) -> str:
        """All cells of a column, by the name that the workbook has for them."""
        place = list(self.columns).index(key)
        return self._named("w", key, f"='{self.name}'!{xl_range_abs(1, place, self.rows, place)}")

    def all_filed(self, name: str) -> str:
        """All cells of a column of the form, by the name that the workbook has for them."""
        place = [column.name for column in self.columns_filed].index(name)
        return self.of_form(name, place)

    def of_form(self, name: str, place: int) -> str:
        """The cells of the form's prepared rows in the column of this ``place``."""
        cells = xl_range_abs(self.first - 1, place, self.first + self.rows - 2, place)
        return self._named("f", name, f"='{self.form}'!{cells}")

    def filed(self, name: str) -> str:
        """What the office wrote in a column of the form, in the row that these workings are of."""
        return f"INDEX({self.all_filed(name)},ROW()-1)"

    def _named(self, kind: str, key: str, cells: str) -> str:
        name = called(f"{self.short}{kind}", key)
        self.names[name] = cells
        return name

    def filled_beyond(self, rows: int) -> str:
        """Whether anything stands in a prepared row after so many."""
        return f"SUMPRODUCT(({self.all('filled')})*(ROW({self.all('filled')})>{rows + 1}))>0"

    def write(self, book: Book) -> None:
        """Write the sheet; the first row says which column is which."""
        sheet = book.filled_down(self.name)
        sheet.fill_down([(key, formula.replace(ROW, "2")) for key, formula in self.columns.items()], self.rows)
        sheet.hide()
        define(book, self.names)


def put_values(of: Working, lists: Registers, vocabularies: dict[str, tuple[str, ...]]) -> None:
    """The values of every column of the form, and ``filled``: whether anything stands in the row."""
    for column in of.columns_filed:
        of.put(column.name, _READ[column.kind](of.filed(column.name), column, lists, vocabularies))
    anything = either(*(f'{of[column.name]}<>""' for column in of.columns_filed))  # put together they may be too long
    rows = f"ROWS({of.all_filed(of.columns_filed[0].name)})"
    of.put("filled", every(f"ROW()-1<={rows}", anything))


def put_entry(of: Working, key: str, name: str, kind: str, lists: Registers) -> None:
    """``key``: the row in which the register has what the column ``name`` says, 1 where it does not know it."""
    if name in of:
        of.put(key, f"IFERROR(INDEX({lists.all(f'{kind}_of')},MATCH({of[name]},{lists.all(f'{kind}_names')},0)),1)")
    else:
        of.put(key, "1")


def _nothing(cell: str, lists: Registers) -> str:
    return f"ISNUMBER(MATCH(TRIM({cell}),{lists.all('nothing')},0))"


def _text(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    return _readable(when(_nothing(cell, lists), NOTHING, f"TRIM({cell})"))


def _name(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    return _readable(f"TRIM({cell})")


def _whole(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    typed, said = cell, f"VALUE(TRIM({cell}))"
    digits = every(f'TEXT({said},"0")=TRIM({cell})', f"{said}<{_BEYOND_COUNTING}")
    whole = every(f"{typed}>=0", f"INT({typed})={typed}", f"{typed}<{_BEYOND_COUNTING}")
    otherwise = when(_blank(cell, lists), NOTHING, when(digits, said, text(UNREAD)))
    return _readable(when(number(typed), when(whole, typed, text(UNREAD)), otherwise))


def _number(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    amount = every(f"{cell}>=0", f"{cell}<{_BEYOND_COUNTING}")
    otherwise = when(_blank(cell, lists), NOTHING, text(UNREAD))
    return _readable(when(number(cell), when(amount, cell, text(UNREAD)), otherwise))


def _date(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    said = f"DATE(LEFT(TRIM({cell}),4),MID(TRIM({cell}),6,2),MID(TRIM({cell}),9,2))"
    as_we_write = f'TEXT({said},"yyyy-mm-dd")=TRIM({cell})'
    otherwise = when(_blank(cell, lists), NOTHING, when(as_we_write, said, text(UNREAD)))
    countable = every(f"{cell}>={_DAYS[0]}", f"{cell}<={_DAYS[1]}")
    return _readable(when(number(cell), when(countable, f"INT({cell})", text(UNREAD)), otherwise))


def _flag(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    flag = either(f'TRIM({cell})="是"', f'TRIM({cell})="否"')
    return _readable(when(flag, f"TRIM({cell})", when(_blank(cell, lists), NOTHING, text(UNREAD))))


def _choice(cell: str, column: Column, lists: Registers, vocabularies: object) -> str:
    words = lists.all(f"words.{column.vocabulary}")
    chosen = f"INDEX({words},MATCH(TRIM({cell}),{words},0))"
    return _readable(when(_blank(cell, lists), NOTHING, f"IFERROR({chosen},{text(UNREAD)})"))


def _choices(cell: str, column: Column, lists: Registers, vocabularies: dict[str, tuple[str, ...]]) -> str:
    """Words of a vocabulary and what parts them: each but the last with what follows it taken away, one word is left."""
    words = without(f"TRIM({cell})", vocabularies[column.vocabulary or ""], "■")
    parted = f'SUBSTITUTE({without(words, "，,；; ", "、")},"■、","")="■"'
    return _readable(when(_blank(cell, lists), NOTHING, when(parted, f"TRIM({cell})", text(UNREAD))))


def _blank(cell: str, lists: Registers) -> str:
    return either(f'TRIM({cell})=""', _nothing(cell, lists))


def _readable(formula: str) -> str:
    """An error in a cell is no value."""
    return f"IFERROR({formula},{text(UNREAD)})"


_READ: dict[str, Callable[[str, Column, Registers, dict[str, tuple[str, ...]]], str]] = {
    "text": _text,
    "institution": _text,
    "unit": _name,
    "country": _name,
    "whole": _whole,
    "number": _number,
    "date": _date,
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
}
"""Kind of a column → the formula for its value."""
