"""What 自查 says is what check says: of rows that just pass and just fail, and of any rows."""

import random
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish import write_submission
from flows.publish.template import checks
from flows.publish.template.left_out import LEFT_OUT
from flows.publish.template.selfcheck import FILINGS, NO_PROBLEM, PARTICIPANTS, PREPARED, READY
from flows.references import References
from flows.validate import RULES
from schemas.cells import column_letters
from schemas.words import GRAVITY, SEVERITIES
from tests.data_folder import Folder
from tests.examples import examples
from tests.publish.template.filled_in import FIRST, FIRST_JOINING, differences, fill_in, found_in
from tests.publish.template.rows import CASES, CHANGES, JOINING, random_rows
from tests.reference_folder import registers_in
from tests.year import BOOK, FILING, FILING_SHEET, NOTICE, PARTICIPANT, PARTICIPANT_SHEET

CHECKED = {*checks.FILING, *checks.PARTICIPANT}
SINCE_2010 = re.compile(
    r"\b(LET|LAMBDA|IFS|SWITCH|TEXTJOIN|CONCAT|XLOOKUP|XMATCH|FILTER|UNIQUE|SORT|SORTBY|SEQUENCE|MAXIFS|MINIFS|TEXTSPLIT|_xlfn\w*)\("
)


def test_every_rule_is_in_the_form_or_it_is_said_why_not():
    assert CHECKED | {*LEFT_OUT} == {*RULES}
    assert not CHECKED & {*LEFT_OUT}


def test_each_row_says_what_check_says_of_it(cases):
    assert differences(cases.told, cases.found).empty, differences(cases.told, cases.found).to_string()
    assert differences(cases.told_joining, cases.found_joining).empty


def test_every_row_that_is_filled_in_is_read_and_none_of_the_workings(cases):
    assert sorted(cases.found) == [FIRST + place for place in range(len(CASES))]


OWN_WORDS = {"empty-cell", "unread-cell", "unknown-organiser", "unknown-country", "otm-twice", "cross-region-declared"}
"""What the form says in words of its own: of many cells at once, with a hint at its lists, of rows and not of files."""


def test_each_row_says_it_in_the_words_of_check(cases):
    told = {key: pair for key, pair in cases.sentences.items() if key[1] not in OWN_WORDS}
    assert {rule for _, rule in told} >= {*checks.FILING} - OWN_WORDS - {*_OF_UNITS_AND_ERRORS}
    assert {key: pair for key, pair in told.items() if pair[0] != pair[1]} == {}


_OF_UNITS_AND_ERRORS = ("execution-rate", "summary-outstanding", "error-cell")


def test_each_rule_of_the_form_is_broken_by_some_row_and_kept_by_another(tmp_path):
    write_submission(tmp_path / "a.xlsx", BOOK, None, "四川省农业农村厅", CASES, JOINING)
    found, found_joining, _ = found_in(tmp_path / "a.xlsx")
    for rules, of_rows in ((checks.FILING, found), (checks.PARTICIPANT, found_joining)):
        assert {*rules} - set().union(*of_rows.values()) <= {
            "error-cell"
        }  # an error is what a formula shows: see below
        assert not set.intersection(*of_rows.values())


def test_a_row_says_the_gravest_that_it_breaks(cases):
    grave = [rank for severity, rank in GRAVITY.items() if severity != "advise"]
    for row, rules in cases.found.items():
        worst = min((GRAVITY[NOTICE.severities[rule]] for rule in rules), default=len(GRAVITY))
        joining = any(said["seq"] == CASES[row - FIRST]["seq"] for said in JOINING)
        if worst not in grave and not joining:
            assert cases.said[row].startswith(READY), cases.said[row]
        elif not joining:
            assert cases.said[row].startswith(f"【{list(SEVERITIES.values())[worst]}】"), cases.said[row]


def test_a_clean_row_says_nothing_but_that_it_may_be_filed(cases):
    assert CHANGES[0] == {}
    assert cases.said[FIRST] == READY


def test_a_row_whose_participants_break_a_rule_says_where_to_look(cases):
    broken = {row for row, rules in cases.found_joining.items() if rules}
    seqs = {said["seq"]: place for place, said in enumerate(CASES)}
    of_filings = {JOINING[row - FIRST_JOINING]["seq"] for row in broken} & set(seqs)
    assert of_filings
    for seq in of_filings:
        assert f"“{PARTICIPANT_SHEET}”中有 " in cases.said[FIRST + seqs[seq]]


def test_a_participants_row_says_what_is_wrong_with_it(cases):
    for row, rules in cases.found_joining.items():
        assert (cases.said_joining[row] == NO_PROBLEM) == (not rules), cases.said_joining[row]


def test_the_head_counts_the_rows(cases):
    told = re.search(r"共 (\d+) 项", cases.head)
    assert int(told[1]) == len(CASES)
    counts = {kind: int(count) for kind, count in re.findall(r"，(\S+?) (\d+) 项", cases.head)}
    assert sum(counts.values()) == len(CASES)
    assert counts[READY] == sum(said.startswith(READY) for said in cases.said.values())


@examples(1)
@given(st.integers(0, 2**32))
def test_any_rows_say_what_check_says_of_them(libreoffice, blank, tmp_path_factory, seed):
    rows, joining = random_rows(random.Random(seed))
    filled = fill_in(libreoffice, blank, tmp_path_factory.mktemp("any") / "申报表.xlsx", rows, joining)
    assert differences(filled.told, filled.found).empty, differences(filled.told, filled.found).to_string()
    assert differences(filled.told_joining, filled.found_joining).empty


@pytest.fixture(scope="module")
def handled(libreoffice, blank, tmp_path_factory):
    """What the form says after an office has typed errors, inserted a row and written below the prepared ones."""
    row = {column.name: place for place, column in enumerate(FILING)}
    error = openpyxl.utils.get_column_letter(row["title"] + 1)
    last, said_in = FIRST + PREPARED, column_letters(len(FILING))
    steps = [
        ["table", FILING_SHEET, f"A{FIRST}:B{FIRST}", [[1, "脱毒种薯繁育技术培训"]]],
        ["formula", FILING_SHEET, f"{error}{FIRST + 1}", "=1/0"],
        ["fill", FILING_SHEET, {f"A{FIRST + 1}": 2}],
        ["insert", FILING_SHEET, FIRST + 1],
        ["table", FILING_SHEET, f"A{FIRST + 1}:B{FIRST + 1}", [[3, "甜樱桃设施栽培技术培训"]]],
        ["fill", FILING_SHEET, {f"B{last + 5}": "太靠下的项目"}],
        ["recalculate"],
        ["read", FILING_SHEET, f"{said_in}{FIRST}:{said_in}{FIRST + 3}"],
        ["read", FILING_SHEET, "E2:E2"],
    ]
    *_, said, head = libreoffice.work(blank, steps, save_as=tmp_path_factory.mktemp("handled") / "申报表.xlsx")
    return [row[0] for row in said], head[0][0]


def test_an_error_in_a_cell_is_told(handled):
    said, _ = handled
    assert "出错值" in said[2]


def test_an_inserted_row_is_told_above_and_leaves_the_others_theirs(handled):
    said, head = handled
    assert [bool(one) for one in said] == [True, False, True, False]
    assert f"第 {FIRST + 1} 行是插入的" in head
    assert "共 3 项" in head


def test_rows_beyond_the_prepared_ones_are_told(handled):
    _, head = handled
    assert f"超出 {PREPARED} 行" in head


def formulas_in(path: Path) -> list[str]:
    """The formulas of a form, each once or a few times."""
    book = openpyxl.load_workbook(path)
    return [
        cell.value
        for name in (FILING_SHEET, PARTICIPANT_SHEET, FILINGS, PARTICIPANTS)
        for row in book[name].iter_rows(max_row=4)
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]


@pytest.fixture(scope="module")
def formulas(blank: Path) -> list[str]:
    return formulas_in(blank)


class TestFormulas:
    """What every office program of the last fifteen years can compute."""

    def test_no_function_is_newer_than_2010(self, formulas):
        assert len(formulas) > len(CHECKED)
        assert not [formula for formula in formulas if SINCE_2010.search(formula)]

    def test_none_is_too_long_or_too_deep(self, formulas):
        assert max(map(len, formulas)) <= 8192
        assert max(map(_depth, formulas)) <= 64

    def test_no_text_in_one_is_too_long(self, formulas):
        assert max(len(said) for formula in formulas for said in re.findall(r'"((?:[^"]|"")*)"', formula)) <= 255


def test_another_years_data_make_another_years_form(tmp_path):
    """A limit, a column less: nothing of the program is changed."""
    data = Folder(tmp_path / "data")
    data.add_2021()
    data.change("notices/2021.toml", ("headcount = 20 ", "headcount = 18 "))
    path = tmp_path / "2021.xlsx"
    write_submission(path, data.load(2021), registers_in(), "四川省农业农村厅")
    said = formulas_in(path)
    assert any(">18)" in formula and "超过每团 18 人的原则上限" in formula for formula in said)
    assert not any("绿色通道" in formula or "超过每团 20 人" in formula for formula in said)
    error = next(
        r.error
        for r in openpyxl.load_workbook(path)[FILING_SHEET].data_validations.dataValidation
        if "申报人数" in (r.error or "")
    )
    assert "不超过 18 人" in error


def test_registers_that_know_little_make_a_form_all_the_same(tmp_path):
    known = registers_in()
    units = known.units.copy()
    units.loc[units.index[:3], [name for name in units if name not in ("unit", "aliases")]] = None
    little = References(units, known.institutions.head(0), known.countries, known.last_year.head(0))
    write_submission(tmp_path / "a.xlsx", BOOK, little, None, CASES[:1])
    assert len(found_in(tmp_path / "a.xlsx")[0]) == 1


def _depth(formula: str) -> int:
    deepest = depth = 0
    for character in re.sub(r'"(?:[^"]|"")*"', "", formula):
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def test_the_workings_are_hidden_and_their_names_are_no_cells(blank):
    book = openpyxl.load_workbook(blank)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        FILING_SHEET,
        PARTICIPANT_SHEET,
        "填表说明",
    ]
    assert not [name for name in book.defined_names if re.fullmatch(r"[A-Z]{1,3}\d+", name, re.IGNORECASE)]
    assert len(PARTICIPANT) + 1 == book[PARTICIPANT_SHEET].max_column
