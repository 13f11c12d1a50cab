"""Two years beside each other: each night is that of its year's form, titles and linking settings."""

from pathlib import Path

import openpyxl
import pytest

from flows.publish.template import write_submission
from tests.data_folder import Folder
from tests.frames import VALID
from tests.nights import INPUTS, night, view

pytestmark = pytest.mark.slow

TWICE = [
    {**VALID, "seq": 1, "green_channel": "基础研究"},
    {
        **VALID,
        "seq": 2,
        "title": "甜樱桃设施栽培技术培训",
        "otm_no": "OTM20200077",
        "letter_no": "YX2020-0077",
        "headcount": 26,
    },
]
AGAIN = [
    {
        **VALID,
        "seq": 1,
        "otm_no": "OTM20200099",
        "letter_no": None,
        "theme": None,
        "content": f"{VALID['content']}另有实训。",
    }
]


def inputs_of(folder: Path, data: Folder, *years: int) -> Path:
    """The reference workbooks, and of each year two workbooks made with its template; dates are the year's."""
    (folder / "inputs").mkdir()
    (folder / "inputs" / "reference").symlink_to(INPUTS / "reference")
    for year in years:
        book, season = data.load(year), folder / "inputs" / str(year)
        season.mkdir()
        for name, unit, rows in (("甲", "四川省农业农村厅", TWICE), ("乙", "绵阳市农业农村局", AGAIN)):
            of_year = [
                {**row, **{day: VALID[day].replace(year=year) for day in ("start_date", "end_date")}} for row in rows
            ]
            write_submission(season / f"{name}.xlsx", book, None, unit=unit, filings=of_year)
    return folder / "inputs"


def rows_of(outputs: Path, name: str, year: int) -> list[tuple]:
    """The rows of a table of the warehouse in one year, without the ids of its nights."""
    frame = view(outputs, name)
    frame = frame[frame["year"].eq(year)].drop(columns=["run_id", "first_seen", "started_at"], errors="ignore")
    return sorted(frame.astype(str).itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("data") / "data")
    folder.add_2021()
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory, data) -> Path:
    """Outputs of a night of 2021 and, after it, one of 2020."""
    folder = tmp_path_factory.mktemp("both")
    inputs = inputs_of(folder, data, 2020, 2021)
    night(inputs, folder / "outputs", book=data.load(2021))
    night(inputs, folder / "outputs", book=data.load(2020))
    return folder / "outputs"


@pytest.fixture(scope="module")
def alone(tmp_path_factory, data) -> Path:
    """Outputs of a night of 2020 where there is no other year."""
    folder = tmp_path_factory.mktemp("alone")
    night(inputs_of(folder, data, 2020), folder / "outputs", book=data.load(2020))
    return folder / "outputs"


@pytest.mark.parametrize("table", ["filing", "finding", "training_group", "pair"])
def test_an_old_year_runs_as_if_there_were_no_other(both, alone, table):
    assert rows_of(both, table, 2020) == rows_of(alone, table, 2020) != []


def test_a_template_has_the_years_columns(both, data):
    inputs = both.parent / "inputs"
    titles = {}
    for year in (2020, 2021):
        sheet = openpyxl.load_workbook(inputs / str(year) / "甲.xlsx")[data.load(year).form.filing_sheet]
        titles[year] = {cell.value for cell in sheet[3]}
    assert titles[2020] - titles[2021] == {"培训领域", "绿色通道依据"}
    assert titles[2021] - titles[2020] == {"培训主题方向"}


def test_what_is_read_and_told_is_of_the_years_form(both):
    filings, findings = view(both, "filing"), view(both, "finding")
    of_year = {year: filings[filings["year"].eq(year)] for year in (2020, 2021)}
    assert len(of_year[2020]) == len(of_year[2021]) == 3
    assert of_year[2020]["green_channel"].dropna().tolist() == ["基础研究"]
    assert of_year[2021]["green_channel"].dropna().empty
    empty = findings[findings["rule_id"].eq("empty-cell")].set_index("year")
    assert empty.loc[2020, "column"] == "培训领域"
    assert empty.loc[2021, "column"] == "培训主题方向"
    assert "“培训主题方向”" in empty.loc[2021, "message"]


def test_groups_are_recognised_by_the_years_settings(both):
    pairs = view(both, "pair")
    outcomes = {year: set(pairs.loc[pairs["year"].eq(year), "outcome"]) for year in (2020, 2021)}
    assert "merged" in outcomes[2020]
    assert "merged" not in outcomes[2021]


def test_workbooks_have_the_years_titles(both):
    shown = {}
    for year in (2020, 2021):
        sheet = openpyxl.load_workbook(both / str(year) / "异常清单.xlsx")["问题清单"]
        shown[year] = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "培训领域" in shown[2020]
    assert "培训主题方向" in shown[2021]
    assert "培训领域" not in shown[2021]
