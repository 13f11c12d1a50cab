"""What was checked, as a page, for programs and as a marked copy; several files as one season; the page onto which files are dropped."""

import base64
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from flows import cli
from flows.check import CLEAN, FOUND, UNREAD, examine, files_in, status_of
from flows.check.mark import marked
from flows.check.page import page
from flows.check.records import records
from flows.check.server import application
from flows.errors import SettingError
from flows.publish.returned import Marked
from flows.read import Failure
from flows.references import References
from flows.settings import ReadLimits
from tests.layouts.page import Book, write
from tests.layouts.usual import form
from tests.reference_folder import registers_in
from tests.year import BOOK

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def references() -> References:
    return registers_in()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A file with a wrong number and a hostile title, and one that is none."""
    folder = tmp_path_factory.mktemp("files")
    write(Book([form(written={"headcount": {2: "十余人"}, "title": {1: HOSTILE}})], "xlsx"), folder / "a.xlsx")
    (folder / "b.xlsx").write_bytes(b"%PDF-1.7")
    (folder / "~$a.xlsx").write_bytes(b"open")
    return folder


@pytest.fixture(scope="module")
def examined(folder, references):
    return examine(files_in([folder]), BOOK, references)


def test_a_folder_stands_for_its_files_without_what_office_programs_keep(folder, tmp_path):
    assert [path.name for path in files_in([folder])] == ["a.xlsx", "b.xlsx"]
    with pytest.raises(SettingError, match="没有文件"):
        files_in([tmp_path])


def test_for_other_programs(examined):
    good, bad = records(examined)
    assert (good["status"], good["filings"], bad["status"]) == ("findings", 4, "unreadable")
    assert "PDF" in bad["reason"]
    told = next(one for one in good["findings"] if one["value"] == "十余人")
    assert (told["severity"], told["cell"], told["clause"]) == ("return", "M5", "四（二）")
    assert json.loads(json.dumps(good)) == good
    assert status_of(examined) == UNREAD


def test_as_a_page_on_which_nothing_of_a_file_is_more_than_text(examined):
    html = page(examined, BOOK.form, BOOK.year)
    assert "十余人" in html
    assert HOSTILE not in html
    assert "<script" not in html
    assert "script-src &#39;none&#39;" in html or "script-src 'none'" in html


def test_with_its_cells_marked(examined):
    copy = marked(examined[0], BOOK.year)
    assert isinstance(copy, Marked)
    book = openpyxl.load_workbook(io.BytesIO(copy.data))
    assert "十余人" in book["项目申报"]["M5"].comment.text
    assert isinstance(marked(examined[1], BOOK.year), Failure)


def test_several_files_are_one_season(tmp_path, references):
    for name in ("a.xlsx", "b.xlsx"):
        write(Book([form()], "xlsx"), tmp_path / name)
    (alone,) = examine([tmp_path / "a.xlsx"], BOOK, references)
    both = examine([tmp_path / "a.xlsx", tmp_path / "b.xlsx"], BOOK, references)
    assert [len(file.readings.filings) for file in both] == [4, 4]
    told = sorted(len(file.findings) for file in both)
    assert told[0] < len(alone.findings) <= told[1] + 4, "the older version is not judged again"


def test_the_command(folder, tmp_path, capsys):
    out = tmp_path / "marked.xlsx"
    assert (
        cli.main(["check", str(folder / "a.xlsx"), "--json", "--mark", str(out), "--html", str(tmp_path / "a.html")])
        == FOUND
    )
    said = capsys.readouterr()
    assert json.loads(said.out)[0]["file"].endswith("a.xlsx")
    assert out.is_file()
    assert "十余人" in (tmp_path / "a.html").read_text("utf-8")
    assert cli.main(["check", str(folder), "--mark", str(tmp_path / "both.xlsx")]) == cli.WRONG
    assert "一次标注一份文件" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["check"])
    assert "缺少" in capsys.readouterr().err


@pytest.fixture(scope="module")
def desk(references, tmp_path_factory) -> TestClient:
    made = application(
        BOOK, references, ReadLimits(file_bytes=200_000), ["testserver"], tmp_path_factory.mktemp("here")
    )
    return TestClient(made)


OURS = {"X-Huizong": "check"}


def test_a_file_that_is_dropped_is_told_of_with_its_marked_copy(desk, folder):
    start = desk.get("/")
    nonce = re.search(r"nonce-([\w-]+)", start.text)
    assert nonce, start.text
    assert f'<script nonce="{nonce[1]}">' in start.text
    answer = desk.post("/check", params={"name": "我的.xlsx"}, content=(folder / "a.xlsx").read_bytes(), headers=OURS)
    assert answer.status_code == 200
    assert "十余人" in answer.text
    assert HOSTILE not in answer.text
    copy = re.search(r'download="([^"]+)" href="data:application/octet-stream;base64,([^"]+)"', answer.text)
    assert copy[1] == "我的.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(base64.b64decode(copy[2]))).sheetnames[0] == "修改意见"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "..", "a" * 500 + ".xlsx", "\x00\n.xlsx", "C:\\x\\y.xlsx", "/abs.xlsx"]
)
def test_a_name_leads_nowhere_else(desk, name, tmp_path_factory):
    answer = desk.post("/check", params={"name": name}, content=b"%PDF-1.7", headers=OURS)
    assert answer.status_code == 200
    assert "无法读取" in answer.text


def test_what_is_too_large_is_refused_and_other_sites_too(desk):
    assert desk.post("/check", params={"name": "a.xlsx"}, content=b"x" * 300_000, headers=OURS).status_code == 413
    assert desk.post("/check", params={"name": "a.xlsx"}, content=b"x").status_code == 403
    assert desk.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_clean_status_is_that_of_a_clean_file():
    assert status_of([]) == CLEAN


@pytest.mark.parametrize("way", ["--html", "--mark"])
def test_what_was_submitted_and_what_is_there_stay_as_they_are(folder, tmp_path, capsys, way):
    suffix = ".html" if way == "--html" else ".xlsx"
    (tmp_path / "inputs").mkdir()
    there = tmp_path / f"已有{suffix}"
    there.write_text("mine", "utf-8")
    file, before = folder / "a.xlsx", (folder / "a.xlsx").read_bytes()
    for target in (file, there, tmp_path / "inputs" / f"b{suffix}", tmp_path / "warehouse.duckdb"):
        asked = ["check", "--inputs", str(tmp_path / "inputs"), str(file), way, str(target)]
        assert cli.main(asked) == cli.WRONG
        (said,) = capsys.readouterr().err.splitlines()
        assert way in said
    assert file.read_bytes() == before
    assert there.read_text("utf-8") == "mine"
    assert [*(tmp_path / "inputs").iterdir()] == []
