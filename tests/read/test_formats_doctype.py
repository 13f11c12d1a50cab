"""A document type is refused wherever in a part it stands, in whatever encoding; HTML's own is none."""

import io
import tracemalloc
from pathlib import Path

import pytest
from openpyxl import Workbook

from flows.read.formats.detect import identify
from flows.read.formats.open import grids_of
from flows.read.formats.refusal import Unreadable
from flows.read.formats.safe_xml import refuse_doctype_within
from flows.settings import ReadLimits
from tests.formats import package, parts
from tests.hostile import ods, workbook

LIMITS = ReadLimits()
DECLARED = b'<!DOCTYPE x [<!ENTITY a "b">]>'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BEFORE = {
    "at its beginning": b"",
    "behind a comment": b"<!--" + b" " * 10_000 + b"-->",
    "behind an instruction": b"<?x " + b"y" * 10_000 + b"?>",
    "behind megabytes of blanks": b"\n" * (3 * 2**20),
}


def read(data: bytes):
    return grids_of(identify(data, LIMITS), Path("表.xlsx"), LIMITS)


def behind(xml: bytes, before: bytes) -> bytes:
    """``xml`` with a document type after its declaration and ``before``."""
    declaration, _, rest = xml.rpartition(b"?>")
    return declaration + b"?>" * bool(declaration) + before + DECLARED + rest


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"]
)
def test_in_any_part_of_a_workbook(part, before):
    held = parts(workbook())
    held[part] = behind(held[part], before)
    with pytest.raises(Unreadable, match="DTD"):
        read(package(held))


@pytest.mark.parametrize("code", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_in_other_encodings(part, code):
    held = parts(workbook())
    xml = behind(held[part], BEFORE["behind a comment"]).decode().replace("UTF-8", code)
    held[part] = ("" if code != "utf-16-be" else "\ufeff").encode(code) + xml.encode(code)
    with pytest.raises(Unreadable, match="DTD"):
        read(package(held))


@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_what_no_office_program_writes_is_refused_at_any_rate(part):
    held = parts(workbook())
    held[part] = behind(held[part], b"").decode().replace("UTF-8", "utf-32").encode("utf-32")
    with pytest.raises(Unreadable):
        read(package(held))


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_in_open_documents(before):
    with pytest.raises(Unreadable, match="DTD"):
        read(ods(before.decode() + DECLARED.decode() + "<x/>"))


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("declaration", [b"", b'<?xml version="1.0"?>'])
def test_in_a_workbook_of_one_file(before, declaration):
    root = b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'
    with pytest.raises(Unreadable):
        read(declaration + before + DECLARED + root)


def test_a_web_page_has_its_usual_one_and_no_other():
    page = "{}<html><body><table><tr><td>甲</td></tr></table></body></html>"
    usual = (
        "<!DOCTYPE html>",
        '<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
    )
    for one in usual:
        assert read(page.format(one).encode())[0].rows == [["甲"]]
    for other in ('<!DOCTYPE html [<!ENTITY a "b">]>', "<!DOCTYPE x>", '<!DOCTYPE html><!ENTITY a "b">'):
        with pytest.raises(Unreadable, match="DTD"):
            read(page.format(other).encode())


def test_a_declaration_cut_in_two_is_found():
    word = b"<!DOCTYPE"
    for cut in range(len(word) + 1):
        with pytest.raises(Unreadable, match="DTD"):
            refuse_doctype_within([b"x" * 50 + word[:cut], word[cut:] + b"y" * 50])
    refuse_doctype_within([b"<!DOC", b"TYP", b"<!DOCTYP", b""])
    for size in (1, 3, 8):
        data = b" " * 40 + word + b" " * 40
        with pytest.raises(Unreadable, match="DTD"):
            refuse_doctype_within(data[at : at + size] for at in range(0, len(data), size))


def test_a_huge_part_is_not_held_twice():
    held = parts(workbook())
    held[STRINGS] = behind(held[STRINGS], b" " * (64 * 2**20))
    data = package(held)
    tracemalloc.start()
    with pytest.raises(Unreadable, match="DTD"):
        read(data)
    assert tracemalloc.get_traced_memory()[1] < 96 * 2**20
    tracemalloc.stop()


def test_what_is_written_about_one_is_read():
    memory = io.BytesIO()
    book = Workbook()
    book.active.append(["<!DOCTYPE html>", "甲"])
    book.save(memory)
    assert read(memory.getvalue())[0].rows == [["<!DOCTYPE html>", "甲"]]
