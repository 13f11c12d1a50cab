"""Marking is done behind the wall: what a workbook does to who marks it costs its own copy and nothing else."""

import io
import os
import struct
from collections.abc import Callable
from dataclasses import replace

import pytest
import xlsxwriter
from openpyxl import load_workbook

from flows.publish.returned.letter import AUTHOR
from schemas.sheets import LETTER
from tests.formats import package, parts
from tests.publish.cases import PIXEL, UNIT

GOOD, BAD = "2020/成都市/好.xlsx", "2020/成都市/坏.xlsx"
PICTURE = "xl/media/image1.png"
DEFLATE64, BZIP2, LZMA, ZSTANDARD, UNHEARD_OF = 9, 12, 14, 93, 99


@pytest.fixture(scope="module")
def pictured() -> bytes:
    """A submission with a picture in it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("项目申报")
        sheet.write_column("C1", range(20))
        sheet.insert_image("D2", "pixel.png", {"image_data": io.BytesIO(PIXEL)})
    return package(parts(stream.getvalue()) | {PICTURE: PIXEL * 50})


def torn(archive: bytes) -> bytes:
    """The archive with the packed bytes of its picture overwritten."""
    at = archive.index(PICTURE.encode()) + len(PICTURE)
    return archive[:at] + b"\xff" * 8 + archive[at + 8 :]


def packed_by(method: int) -> Callable[[bytes], bytes]:
    """The archive with its picture said to be packed by ``method``, before its bytes and in the directory."""

    def said(archive: bytes) -> bytes:
        data = bytearray(archive)
        for name, back in ((archive.index(PICTURE.encode()), 22), (archive.rindex(PICTURE.encode()), 36)):
            struct.pack_into("<H", data, name - back, method)
        return bytes(data)

    return said


def letter(path) -> str:
    return "\n".join(str(cell.value) for row in load_workbook(path)[LETTER.name] for cell in row if cell.value)


@pytest.mark.parametrize(
    "harm", [torn, *map(packed_by, (DEFLATE64, BZIP2, LZMA, ZSTANDARD, UNHEARD_OF))], ids=lambda harm: harm.__name__
)
def test_a_damaged_picture_costs_the_marks_in_the_original_alone(office, pictured, rich, harm):
    office.file(BAD, harm(pictured))
    office.file(GOOD, rich)
    office.find(BAD)
    office.find(GOOD)
    back = office.back()
    assert set(back) == {f"{UNIT}/坏.xlsx", f"{UNIT}/好.xlsx"}
    assert "不能在原件上批注" in letter(back[f"{UNIT}/坏.xlsx"])
    laid_out = load_workbook(back[f"{UNIT}/坏.xlsx"])["项目申报"]
    assert laid_out["C5"].value == 4
    assert AUTHOR in laid_out["C4"].comment.text
    assert "不能在原件上批注" not in letter(back[f"{UNIT}/好.xlsx"])


@pytest.mark.slow
@pytest.mark.parametrize("limit", [{"memory_bytes": 120 * 2**20}, {"seconds": 0.2}], ids=["memory", "time"])
@pytest.mark.skipif(os.name != "posix", reason="limits of processes")
def test_a_workbook_that_costs_too_much_to_mark_gets_its_letter_alone(office, rich, limit):
    office.settings = replace(office.settings, limits=replace(office.settings.limits, **limit))
    office.file(BAD, large())
    office.file(GOOD, rich)
    office.find(BAD, message="人数超过上限。")
    office.find(GOOD)
    back = office.back()
    assert set(back) == {f"{UNIT}/坏-修改意见.xlsx", f"{UNIT}/好.xlsx"}
    alone = back[f"{UNIT}/坏-修改意见.xlsx"]
    assert load_workbook(alone).sheetnames == [LETTER.name]
    assert "不能在原件上批注" in letter(alone)
    assert "人数超过上限。" in letter(alone)
    assert "点“单元格”" not in letter(alone)
    (unmarked,) = [copy for copy in office.written if copy.unmarked]
    assert unmarked.path == BAD


def large() -> bytes:
    """A small file with a large sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("项目申报")
        for row in range(80_000):
            sheet.write_row(row, 0, [1] * 12)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "长" * 83 + ".xlsx",
        "😀" * 62 + ".xls",
        "a." + "x" * 250,
        "é" * 125 + ".XLSX",
        "甲" * 83,
        ".." + "乙" * 80 + ".csv",
    ],
)
@pytest.mark.parametrize("status", ["read", "unreadable"])
def test_the_longest_names_can_be_sent_back(office, rich, name, status):
    assert len(name.encode()) <= 255
    path = f"2020/{'市' * 85}/{name}"
    office.file(path, rich, unit="😀" * 63, status=status, reason="坏了。" if status == "unreadable" else None)
    if status == "read":
        office.find(path)
    (copy,) = office.back()
    assert all(len(part.encode()) <= 200 for part in copy.split("/"))


def test_a_letter_alone_never_takes_the_place_of_a_copy(office, rich):
    office.file("2020/成都市/申报表.xlsx", b"%PDF-1.4", status="unreadable", reason="这是 PDF。")
    office.file("2020/成都市/申报表-修改意见.xlsx", rich)
    office.find("2020/成都市/申报表-修改意见.xlsx")
    assert len(office.back()) == 2
