"""What a file is, by content; what is no table is told apart and named."""

import errno
import os
import re
from pathlib import Path

import pytest

from flows.read.failures import Failure
from flows.read.formats.detect import identify, recognise
from flows.read.formats.open import READERS, open_grids
from flows.read.formats.refusal import Unreadable
from flows.read.formats.signatures import Kind
from flows.settings import ReadLimits
from tests.formats import compound, excel_95, package, parts, single_file_page, strict, xlsb
from tests.hostile import NOT_TABLES, READABLE, bomb, ods, workbook, write
from tests.read.deeds import Opening, walled

LIMITS = ReadLimits()

OFFICE_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
SPACES = " ".join(f'xmlns:{x}="urn:oasis:names:tc:opendocument:xmlns:{x}:1.0"' for x in ("office", "table", "text"))
OPEN_DOCUMENT = (
    f'<office:document {SPACES}><office:body><office:spreadsheet><table:table table:name="甲"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>序号</text:p></table:table-cell></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document>"
)

TABLES: dict[str, tuple[bytes, Kind]] = {
    "xlsx": (workbook(), Kind.XLSX),
    "strict": (strict(workbook()), Kind.XLSX),
    "backslashes": (package({name.replace("/", "\\"): data for name, data in parts(workbook()).items()}), Kind.XLSX),
    "xlsb": (xlsb([["甲", 1]]), Kind.XLSB),
    "excel 95": (compound({"Book": excel_95({"甲": [["乙"]]})}), Kind.XLS),
    "bare biff": (excel_95({"甲": [["乙"]]}), Kind.XLS),
    "ods": (ods(OPEN_DOCUMENT), Kind.ODS),
    "fods": (f'<?xml version="1.0"?>{OPEN_DOCUMENT}'.encode(), Kind.FODS),
    "csv": ("序号,项目名称\r\n1,培训\r\n".encode(), Kind.TEXT),
    "html": ("<table><tr><td>序号</td></tr></table>".encode("gb18030"), Kind.HTML),
    "html with a document type": (
        b'<!DOCTYPE html PUBLIC "x" "y">\n<html><table><tr><td>1</td></tr></table></html>',
        Kind.HTML,
    ),
    "xml 2003": (
        f'<?xml version="1.0"?><Workbook xmlns="{OFFICE_2003}" xmlns:ss="{OFFICE_2003}"><Worksheet ss:Name="甲"><Table>'
        '<Row><Cell><Data ss:Type="String">序号</Data></Cell></Row></Table></Worksheet></Workbook>'.encode(),
        Kind.XML_2003,
    ),
    "mht": (single_file_page({"甲": "<table><tr><td>1</td></tr></table>"}), Kind.MHT),
}


def test_every_kind_is_tried_here_and_has_a_reader() -> None:
    assert {kind for _, kind in TABLES.values()} == set(Kind)
    assert set(READERS) == set(Kind)


def test_what_every_kind_gives_has_tests_of_its_own() -> None:
    others = [
        path.read_text("utf-8")
        for path in Path(__file__).parent.glob("test_formats_*.py")
        if path.name != Path(__file__).name
    ]
    assert [kind for kind in Kind if not any(re.search(rf"\b{kind}\b", text) for text in others)] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_every_kind_opens(name: str, tmp_path: Path) -> None:
    path = tmp_path / "甲"
    path.write_bytes(TABLES[name][0])
    assert any(value is not None for grid in open_grids(path, LIMITS) for row in grid.rows for value in row)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_known_by_their_content(name: str, tmp_path: Path) -> None:
    data, kind = TABLES[name]
    path = tmp_path / "申报表.docx"
    path.write_bytes(data)
    assert recognise(path, LIMITS) is kind


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table_is_told_apart(name: str, tmp_path: Path) -> None:
    make, says = NOT_TABLES[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(Unreadable) as refused:
        open_grids(path, LIMITS)
    assert says in str(refused.value)
    assert str(refused.value).endswith("。")


@pytest.mark.slow
def test_hostile_files_harm_neither_the_good_ones_nor_the_reader(tmp_path: Path) -> None:
    bad = write(tmp_path, {name: make for name, (make, _) in NOT_TABLES.items()})
    good = write(tmp_path / "good", READABLE)
    results = walled(Opening(open_grids), [*bad, *good], LIMITS, 2)
    assert all(isinstance(result, Failure) and not result.detail for result in results[: len(bad)])
    for path, grids in zip(good, results[len(bad) :], strict=True):
        assert not isinstance(grids, Failure), path.name
        assert grids[0].rows[0][0] in ("项目0", 1), path.name
    assert not (tmp_path / "爬出").exists()


def test_unpacking_stops_at_the_limit_whatever_the_zip_declares() -> None:
    small = ReadLimits(unpacked_bytes=2**20)
    with pytest.raises(Unreadable, match="解压后超过 1 MB"):
        identify(bomb(8 * 2**20), small)
    assert identify(workbook(), small).kind is Kind.XLSX


def test_a_file_may_have_the_limit_and_not_a_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 1000)
    assert recognise(path, ReadLimits(file_bytes=4000)) is Kind.TEXT
    with pytest.raises(Unreadable, match="文件超过"):
        recognise(path, ReadLimits(file_bytes=3999))


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_links_pipes_and_folders_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "本体.xlsx").write_bytes(workbook())
    (tmp_path / "链接.xlsx").symlink_to(tmp_path / "本体.xlsx")
    (tmp_path / "自环.xlsx").symlink_to(tmp_path / "自环.xlsx")
    (tmp_path / "设备.xlsx").symlink_to("/dev/zero")
    (tmp_path / "文件夹.xlsx").mkdir()
    os.mkfifo(tmp_path / "管道.xlsx")
    for name, says in [
        ("链接", "链接"),
        ("自环", "链接"),
        ("设备", "链接"),
        ("文件夹", "普通文件"),
        ("管道", "普通文件"),
    ]:
        with pytest.raises(Unreadable, match=says):
            recognise(tmp_path / f"{name}.xlsx", LIMITS)
    with pytest.raises(Unreadable, match="移走"):
        recognise(tmp_path / "没有.xlsx", LIMITS)


def test_a_file_without_permission_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(path: Path, flags: int) -> int:
        raise PermissionError(errno.EACCES, "denied", str(path))

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(Unreadable, match="权限"):
        recognise(Path("a.xlsx"), LIMITS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "utf-32"]
)
def test_texts_are_read_in_the_encoding_they_are_in(encoding: str, tmp_path: Path) -> None:
    lines = ["序號,計畫名稱,國家", "1,農業技術人員培訓計畫與管理,日本", "2,醫院管理與護理技術研修,韓國"]
    if encoding != "big5":
        lines = ["序号,项目名称,国家", "1,高原特色马铃薯脱毒种薯繁育技术,荷兰", "2,医院管理与护理技术研修,德国"]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert open_grids(path, LIMITS)[0].rows == [line.split(",") for line in lines]


def test_text_in_no_encoding_is_refused_and_not_guessed() -> None:
    torn = "序号,项目名称\r\n1,培训\r\n".encode() * 50 + "完整".encode("gb18030")[:1]
    with pytest.raises(Unreadable):
        identify(torn, LIMITS)
