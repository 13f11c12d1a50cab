from datetime import date

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from flows.publish import write_submission
from flows.publish.template.admit import LAST_ROW
from flows.publish.template.form import BLANK_ROWS
from flows.publish.template.selfcheck import CALLED
from flows.read import FileReader, FoundFile, gather, words_of
from flows.settings import ReadLimits
from schemas.cells import column_letters
from schemas.columns import FILING as REGISTERED
from schemas.columns import PARTICIPANT as REGISTERED_OF_PARTICIPANTS
from schemas.yearbook import load_yearbook, years_with_notice
from tests.frames import VALID, VALID_PARTICIPANT
from tests.reference_folder import registers_in
from tests.year import BOOK, FILING, FILING_SHEET, NOTICE, PARTICIPANT, PARTICIPANT_SHEET, UNIT_LABEL

REFERENCES = registers_in()
UNITS, COUNTRIES = REFERENCES.units["unit"].tolist(), REFERENCES.countries["country"].tolist()
SAID = column_letters(len(FILING))
"""The column of 自查."""
ROWS = [
    {**VALID, "seq": 1},
    {**VALID, "seq": 2, "title": "=1+1", "headcount": "25人", "start_date": "五月", "budget": None},
]
TAKING_PART = [{"seq": 1, "participant": "绵阳市农业农村局", "region": "绵阳市", "participants": 3, "budgeted": True}]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "filled.xlsx"
    write_submission(path, BOOK, REFERENCES, "四川省农业农村厅", ROWS, TAKING_PART)
    return path


@pytest.fixture(scope="module")
def book(filled):
    return openpyxl.load_workbook(filled)


def header(sheet, row):
    return [cell.value for cell in sheet[row]]


def offered(book, sheet, cell):
    """The words of the drop-down of a cell, wherever they stand."""
    for rule in sheet.data_validations.dataValidation:
        if cell in rule.sqref and rule.type == "list":
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            name, _, cells = rule.formula1.partition("!")
            return [row[0].value for row in book[name.strip("'=")][cells.replace("$", "")]]
    return None


def test_the_sheets_have_title_unit_and_exactly_the_titles_of_the_columns(book):
    assert book.sheetnames[:3] == [FILING_SHEET, PARTICIPANT_SHEET, "填表说明"]
    sheet = book[FILING_SHEET]
    assert NOTICE.title in sheet["A1"].value
    assert sheet["A2"].value == f"{UNIT_LABEL}四川省农业农村厅"
    assert header(sheet, 3) == [*(column.title for column in FILING), CALLED]
    assert header(book[PARTICIPANT_SHEET], 2) == [*(column.title for column in PARTICIPANT), CALLED]


def test_a_blank_form_asks_for_the_unit(tmp_path):
    write_submission(tmp_path / "blank.xlsx", BOOK, None)
    sheet = openpyxl.load_workbook(tmp_path / "blank.xlsx")[FILING_SHEET]
    assert sheet["A2"].value == UNIT_LABEL
    assert sheet.max_row == 3 + BLANK_ROWS
    assert all(cell.value is None for row in sheet.iter_rows(min_row=4) for cell in row)


def test_required_columns_look_different_and_every_title_has_a_note(book):
    sheet = book[FILING_SHEET]
    fills = {column.required: set() for column in FILING}
    for column, cell in zip(FILING, sheet[3][: len(FILING)], strict=True):
        fills[column.required or bool(column.required_for)].add(cell.fill.fgColor.rgb)
        assert column.doc in cell.comment.text
    assert len(fills[True]) == len(fills[False]) == 1
    assert fills[True] != fills[False]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((name, list(NOTICE.vocabularies[name])) for name in ("priority_class", "training_type", "funding_source")),
        ("cross_region", ["是", "否"]),
        ("organiser", UNITS),
        ("country", COUNTRIES),
    ],
)
def test_what_may_be_chosen_is_offered_down_to_the_last_row(book, name, words):
    place = [column.name for column in FILING].index(name) + 1
    for row in (4, LAST_ROW):
        assert offered(book, book[FILING_SHEET], f"{openpyxl.utils.get_column_letter(place)}{row}") == words


def test_long_lists_stand_in_a_hidden_sheet_without_titles(book):
    words = book["选项"]
    assert words.sheet_state == "hidden"
    titles = {column.title for column in (*FILING, *PARTICIPANT)}
    assert not titles & {cell.value for row in words.iter_rows() for cell in row}


def test_filled_rows_are_read_back_as_they_were_given(filled):
    rows = CalamineWorkbook.from_path(filled).get_sheet_by_name(FILING_SHEET).to_python(skip_empty_area=False)
    first, second = (dict(zip([c.name for c in FILING], row[: len(FILING)], strict=True)) for row in rows[3:5])
    assert (first["headcount"], first["start_date"], first["budget"]) == (15, date(2020, 5, 11), 60)
    assert (first["cross_region"], first["budgeted"]) == ("否", "是")
    assert (second["title"], second["headcount"], second["start_date"]) == ("=1+1", "25人", "五月")
    assert second["budget"] == second["remarks"] == ""
    taking = CalamineWorkbook.from_path(filled).get_sheet_by_name(PARTICIPANT_SHEET).to_python(skip_empty_area=False)
    (one,) = (dict(zip([c.name for c in PARTICIPANT], row[: len(PARTICIPANT)], strict=True)) for row in taking[2:3])
    told = [one[name] for name in ("seq", "participant", "region", "system", "participants", "budgeted")]
    assert told == [1, "绵阳市农业农村局", "绵阳市", "", 3, "是"]


@pytest.mark.parametrize(
    ("registered", "valid"),
    [(REGISTERED, VALID), (REGISTERED_OF_PARTICIPANTS, VALID_PARTICIPANT)],
    ids=["VALID", "VALID_PARTICIPANT"],
)
def test_a_valid_row_tells_of_every_column_that_any_form_has(registered, valid):
    assert {column.name for column in registered} == {"seq", *valid}, "tests/frames.py"


@pytest.mark.parametrize("registers", [None, REFERENCES], ids=["plain", "checks itself"])
@pytest.mark.parametrize("year", years_with_notice())
def test_every_column_of_a_filled_form_means_what_was_filled_in(year, registers, tmp_path):
    of_year, path = load_yearbook(year), tmp_path / "filled.xlsx"
    filing, participant = {**VALID, "seq": 1}, {**VALID_PARTICIPANT, "seq": 1}
    write_submission(path, of_year, registers, "四川省农业农村厅", [filing], [participant])
    readings = read_in(path, of_year)
    for columns, given, read in (
        (of_year.form.filing, filing, readings.filings),
        (of_year.form.participant, participant, readings.participants),
    ):
        (first,) = read.to_dict("records")
        for column in columns:
            value = given[column.name]
            if column.vocabulary and value and value not in of_year.notice.vocabularies[column.vocabulary]:
                continue  # no word of that year
            assert pd.isna(first[column.name]) if value is None else first[column.name] == as_read(value), column.name


def read_in(path, book=BOOK):
    """What reading finds in one file."""
    reader = FileReader(words_of(book))
    return gather([path.name], [reader.read(reader.open(FoundFile(path), ReadLimits()))], book, registers_in())


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    write_submission(path, BOOK, REFERENCES, "四川省农业农村厅")
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    "kept", [(), (FILING_SHEET,), ("填表说明",), ("自查计算", "参团自查计算"), ("名录",), ("选项",)], ids=str
)
def test_a_blank_form_and_each_of_its_sheets_holds_no_filing(blank, tmp_path, monkeypatch, kept):
    """Neither its formulas nor the worked example, also where an office sends a part of it, hidden sheets shown."""
    with monkeypatch.context() as patch:
        for sheet in blank.worksheets if kept else ():
            patch.setattr(sheet, "sheet_state", "visible")
        if kept:
            patch.setattr(blank, "_sheets", [sheet for sheet in blank.worksheets if sheet.title in kept])
            patch.setattr(blank, "_active_sheet_index", 0)
        blank.save(tmp_path / "a.xlsx")
    readings = read_in(tmp_path / "a.xlsx")
    assert readings.filings.empty
    assert readings.participants.empty


def test_the_column_of_the_self_check_is_no_column_of_a_filing(filled):
    readings = read_in(filled)
    assert len(readings.filings) == len(ROWS)
    assert readings.remarks.empty, readings.remarks.to_string()
    assert readings.files["unit"].tolist() == ["四川省农业农村厅"]


def test_the_head_of_a_form_without_a_unit_is_not_taken_for_one(tmp_path):
    write_submission(tmp_path / "a.xlsx", BOOK, REFERENCES, None, [{**VALID, "seq": 1}])
    assert read_in(tmp_path / "a.xlsx").files["unit"].isna().all()


def test_what_is_filled_in_may_be_changed_and_what_is_computed_may_not(book):
    sheet = book[FILING_SHEET]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.insertRows  # False is allowed
    unlocked = {(cell.row, cell.column) for row in sheet[f"A1:{SAID}203"] for cell in row if not cell.protection.locked}
    assert {(row, column) for row in (4, 5, 23) for column in range(1, len(FILING) + 1)} <= unlocked
    assert not sheet.column_dimensions["B"].protection.locked  # the rows below
    assert not {(3, 1), *((row, len(FILING) + 1) for row in (3, 4, 203))} & unlocked
    assert not sheet["A2"].protection.locked


def test_limits_are_refused_or_asked_about_as_grave_as_their_rule_and_name_its_clause(book):
    of = {}
    for rule in book[FILING_SHEET].data_validations.dataValidation:
        for name, column in zip("MNO", ("headcount", "days", "start_date"), strict=True):
            if f"{name}4" in rule.sqref:
                of[column] = rule
    limits = NOTICE.limits
    assert (of["days"].formula1, of["days"].formula2) == (str(limits.days_least), str(limits.days_most))
    assert of["days"].errorStyle in (None, "stop")
    assert of["headcount"].errorStyle == "warning"
    assert all(
        f"通知四（{clause}）" in of[name].error
        for name, clause in (("days", "三"), ("headcount", "三"), ("start_date", "二"))
    )
    assert all(rule.prompt for rule in of.values())


def as_read(value):
    return pd.Timestamp(value) if isinstance(value, date) else value


def test_text_never_becomes_a_formula(book):
    cell = book[FILING_SHEET]["B5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_identifiers_are_text_and_dates_and_money_have_their_formats(book):
    cells = zip(FILING, book[FILING_SHEET][4][: len(FILING)], strict=True)
    formats = {column.name: cell.number_format for column, cell in cells}
    assert formats["phone"] == formats["otm_no"] == "@"
    assert formats["start_date"] == "yyyy-mm-dd"
    assert formats["budget"] == "#,##0.00"


def test_the_form_is_set_up_for_print(book):
    sheet = book[FILING_SHEET]
    assert sheet.print_area == f"'{FILING_SHEET}'!$A$1:${column_letters(len(FILING) - 1)}$63"
    assert sheet.freeze_panes == "C4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$3", "$A:$B")
    assert sheet.page_setup.fitToWidth == 3
    assert "&P" in sheet.oddFooter.center.text


def test_the_same_rows_give_the_same_bytes(filled, tmp_path):
    write_submission(tmp_path / "again.xlsx", BOOK, REFERENCES, "四川省农业农村厅", ROWS, TAKING_PART)
    assert (tmp_path / "again.xlsx").read_bytes() == filled.read_bytes()


def test_more_rows_than_the_form_has_are_all_written(tmp_path):
    rows = [{**VALID, "seq": number} for number in range(1, 301)]
    write_submission(tmp_path / "long.xlsx", BOOK, REFERENCES, filings=rows)
    sheet = openpyxl.load_workbook(tmp_path / "long.xlsx")[FILING_SHEET]
    assert [cell.value for cell in sheet["A"][3:303]] == list(range(1, 301))
