"""``huizong check``: what was understood, what is wrong, and the exit status."""

import io
import os
from pathlib import Path

import pytest

from flows.check import CLEAN, FOUND, UNREAD, check, reference_folder
from flows.errors import SettingError
from flows.references import References
from flows.settings import PROJECT, ReadLimits
from tests.layouts.page import Book, Page, write
from tests.layouts.places import two_row_head
from tests.layouts.truth import FILINGS
from tests.layouts.usual import form, taking_part_page
from tests.reference_folder import registers_in
from tests.year import BOOK

GOOD = dict(FILINGS[1]) | {
    "seq": 1, "days": 14, "end_date": FILINGS[1]["start_date"].replace(day=24), "letter_no": "YX2020-0102",
}  # fmt: skip


@pytest.fixture(scope="module")
def references() -> References:
    return registers_in()


def said(path: Path, references: References, *pages: Page, kind: str = "xlsx", **more: object) -> tuple[int, str]:
    """Exit status and what was printed about one file made of ``pages``."""
    write(Book(pages, kind), path)
    out = io.StringIO()
    return check([path], BOOK, references, out, **more), out.getvalue()


@pytest.mark.slow
def test_a_good_file(tmp_path, references):
    status, text = said(
        tmp_path / "a.xlsx",
        references,
        form(
            filings=[GOOD],
        ),
    )
    assert "申报项目 1 项" in text
    assert "退回修改" not in text
    assert "不予受理" not in text
    assert status == CLEAN, text


@pytest.mark.slow
def test_what_was_understood_is_shown(tmp_path, references):
    _, text = said(tmp_path / "a.xlsx", references, two_row_head(), taking_part_page())
    assert "填报单位：四川省水利厅；申报项目 4 项，参团单位 2 个" in text
    assert "工作表“项目申报”：表头第 3–4 行，申报项目 4 个（第 5–8 行）" in text
    assert "培训时间出境→拟出境日期" in text
    assert "工作表“参团单位”：表头第 1 行，参团单位 2 个（第 2–3 行）" in text


@pytest.mark.slow
def test_what_was_normalised_is_shown_with_its_cells(tmp_path, references):
    written = {"country": {1: "荷兰（鹿特丹）"}, "headcount": {2: "约15人"}, "budgeted": {3: "√"}}
    _, text = said(tmp_path / "a.xlsx", references, form(written=written))
    assert "国家（地区）：“荷兰（鹿特丹）”→“荷兰”（H4）" in text
    assert "申报人数：“约15人”→“15”（M5）" in text
    assert "已列入因公出国（境）经费预算：“√”→“是”（V6）" in text


@pytest.mark.slow
def test_findings_name_the_cell_and_say_what_to_do(tmp_path, references):
    status, text = said(tmp_path / "a.xlsx", references, form(written={"headcount": {2: "十余人"}}))
    assert status == FOUND
    line = next(line for line in text.splitlines() if "十余人" in line)
    assert line.strip().startswith("〔退回修改〕“项目申报”M5 ")
    assert "（四（二））" in line


@pytest.mark.slow
def test_unknown_columns_and_guesses_are_shown(tmp_path, references):
    page = form(titles={"institution": "境外培训机够"})
    page.put(3, 28, "预期成果")
    _, text = said(tmp_path / "a.xlsx", references, page)
    assert "未用的列：AC 预期成果" in text
    assert "境外培训机够→境外培训机构（按相近字判断）" in text


@pytest.mark.slow
def test_the_layout_alone(tmp_path, references):
    write(Book([two_row_head()]), tmp_path / "a.xlsx")
    out = io.StringIO()
    assert check([tmp_path / "a.xlsx"], BOOK, references, out, layout=True) == CLEAN
    lines = out.getvalue().splitlines()
    assert "表头第 3–4 行" in lines[1]
    assert any(line.endswith("→　拟出境日期") and "培训时间出境" in line for line in lines)
    assert "发现问题" not in out.getvalue()


@pytest.mark.parametrize("kind", ["xls", "ods", "csv", "html"])
def test_any_kind_from_anywhere(tmp_path, references, kind):
    folder = tmp_path / "桌面 上的"
    folder.mkdir()
    _, text = said(folder / f"表.{kind}", references, form(), kind=kind)
    assert "申报项目 4 项" in text


def test_a_file_that_cannot_be_read(tmp_path, references):
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    out = io.StringIO()
    assert check([tmp_path / "a.xlsx", tmp_path / "没有.xlsx"], BOOK, references, out) == UNREAD
    assert "PDF" in out.getvalue()
    assert "找不到文件" in out.getvalue()


def test_a_file_beyond_the_limits(tmp_path, references):
    status, text = said(tmp_path / "a.xlsx", references, form(), limits=ReadLimits(file_bytes=100))
    assert status == UNREAD
    assert "无法读取" in text


def test_a_file_without_filings_is_not_clean(tmp_path, references):
    status, text = said(tmp_path / "a.xlsx", references, Page().put(1, 0, "工资表"))
    assert status == FOUND
    assert "没有找到申报项目" in text


@pytest.mark.slow
def test_the_worst_of_several_files_counts(tmp_path, references):
    write(Book([form(filings=[GOOD])]), tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"")
    assert check([tmp_path / "a.xlsx", tmp_path / "b.xlsx"], BOOK, references, io.StringIO()) == UNREAD


class TestReferences:
    """Where the reference workbooks are looked for: the file that is checked may lie anywhere."""

    def test_in_the_inputs_that_are_named(self, tmp_path):
        (tmp_path / "reference").mkdir()
        assert reference_folder(tmp_path) == tmp_path / "reference"

    def test_in_the_programs_own_where_none_are_named_and_none_are_here(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert reference_folder(Path("inputs")) == PROJECT / "inputs" / "reference"

    def test_here_before_the_programs_own(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "inputs" / "reference").mkdir(parents=True)
        assert reference_folder(Path("inputs")) == Path("inputs/reference")

    def test_named_inputs_without_them_are_told(self, tmp_path):
        with pytest.raises(SettingError, match="--inputs"):
            reference_folder(tmp_path / "别处")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="limits of processes")
def test_what_a_file_does_to_its_reader_is_told_and_the_next_is_read(tmp_path, references):
    """The same wall as at night, the limits too."""
    write(Book([form(filings=[GOOD])]), tmp_path / "好.xlsx")
    rows = "".join(f"{number},甲,乙,丙\n" for number in range(400_000))
    (tmp_path / "大.csv").write_text(rows, "utf-8")
    (tmp_path / "空.xlsx").touch()
    files = [tmp_path / name for name in ("大.csv", "没有.xlsx", "空.xlsx", "好.xlsx")]
    out = io.StringIO()
    assert check(files, BOOK, references, out, ReadLimits(seconds=0.4)) == UNREAD
    told = dict(zip([file.name for file in files], out.getvalue().split("【")[1:], strict=True))
    assert "读取超过 0.4 秒" in told["大.csv"]
    assert "找不到文件" in told["没有.xlsx"]
    assert "0 字节" in told["空.xlsx"]
    assert "申报项目 1 项" in told["好.xlsx"]
