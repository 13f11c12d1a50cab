"""One form for each unit, under names that every system takes."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest

from flows.publish import form_name, write_for_every_unit, write_submission
from flows.references import References
from tests.reference_folder import registers_in
from tests.year import BOOK, FILING_SHEET, UNIT_LABEL

ODD = ["甲局", "甲/局", "乙：厅<&>", "CON", "某" * 90, "某" * 91, " 丙局. "]


def registers() -> References:
    """Registers whose units are called oddly."""
    real = registers_in()
    units = real.units.head(len(ODD)).assign(unit=pd.Series(ODD, dtype="str"))
    return References(units, real.institutions, real.countries, real.last_year)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("all")
    written, there = write_for_every_unit(folder, BOOK, registers())
    assert len(written) == len(ODD)
    assert not there
    return folder


def test_each_form_has_its_units_name(folder):
    texts = [contents(path)["xl/sharedStrings.xml"].decode() for path in folder.iterdir()]
    for unit in ODD:
        assert sum(f"{UNIT_LABEL}{escape(unit)}</t>" in text for text in texts) == 1
    sheet = openpyxl.load_workbook(folder / form_name("乙：厅<&>", BOOK.year), read_only=True)[FILING_SHEET]
    assert sheet["A2"].value == f"{UNIT_LABEL}乙：厅<&>"


def test_names_are_different_and_safe_on_every_system(folder):
    names = [path.name for path in folder.iterdir()]
    assert len({name.casefold() for name in names}) == len(ODD)
    assert not [name for name in names if set(name) & set('\\/:*?"<>|') or len(name.encode()) > 255]
    assert {
        "甲局2020年申报表.xlsx",
        "甲局（2）2020年申报表.xlsx",
        "_CON2020年申报表.xlsx",
        "丙局2020年申报表.xlsx",
    } <= {*names}


def test_a_form_of_many_is_the_form_of_one(folder, tmp_path):
    write_submission(tmp_path / "one.xlsx", BOOK, registers(), "乙：厅<&>")
    assert contents(tmp_path / "one.xlsx") == contents(folder / form_name("乙：厅<&>", BOOK.year))


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_what_an_office_may_have_filled_in_stays(folder):
    (first,) = [path for path in folder.iterdir() if path.name.startswith("_CON")]
    first.write_bytes(b"filled in")
    written, there = write_for_every_unit(folder, BOOK, registers())
    assert not written
    assert len(there) == len(ODD)
    assert first.read_bytes() == b"filled in"
