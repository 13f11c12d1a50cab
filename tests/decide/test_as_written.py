"""What the night knows of its own workbook is what reading it back finds, whatever reviewers had it show."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from flows.cache import Cache
from flows.decide.layout import LAYOUT
from flows.decide.workbooks import key_of
from flows.decide.written_rows import Reader, Taken, Written
from flows.read import FoundFile
from flows.settings import Settings
from tests.decide.test_reviewer import Season

TYPED = {
    "问题清单": [("同意", " 已报主管厅\n领导同意", "张三"), ("退回", "=1+1", "李四 "), ("ok", None, None), (None, "只有说明" * 40, None)],
    "疑似重复": [("合并", "同一团组", "王五")],
}  # fmt: skip


@pytest.mark.slow
def test_a_workbook_as_written_says_what_reading_it_finds(tmp_path, quick):
    season = Season(tmp_path)
    season.begin()
    assert kept(season).rows == () == read(season.workbook).rows
    assert kept(season) == read(season.workbook)
    type_in(season.workbook)
    assert kept(season) is None
    season.night()
    assert len(kept(season).rows) > 5
    assert {row.told for row in kept(season).rows} == {True, False}
    assert kept(season) == read(season.workbook)


def kept(season: Season) -> Written | None:
    """What the cache has of the workbook as it is."""
    settings = Settings(2020, season.inputs, season.outputs, season.outputs / ".state")
    cache = Cache.of(settings)
    found = cache.get(key_of(cache, settings, taken(season.workbook).sha256, season.workbook))
    return found and found[0].said


def read(workbook: Path) -> Written:
    """What is found in the workbook."""
    return taken(workbook).said


def taken(workbook: Path) -> Taken:
    """The workbook, read."""
    reader = Reader(LAYOUT)
    return reader.read(reader.open(FoundFile(workbook), Settings(2020, workbook, workbook, workbook).limits))


def type_in(workbook: Path) -> None:
    """Fill in the first rows of the two sheets."""
    book = load_workbook(workbook)
    for name, entries in TYPED.items():
        sheet = book[name]
        head = next(row for row in sheet.iter_rows(max_row=9) if LAYOUT.identity in [cell.value for cell in row])
        first = next(cell.column for cell in head if cell.value == LAYOUT.verdict)
        for row, words in enumerate(entries, head[0].row + 1):
            for column, word in enumerate(words, first):
                sheet.cell(row, column).value = word
                sheet.cell(row, column).data_type = "s"
    book.save(workbook)
