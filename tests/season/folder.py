"""The folder ``inputs/`` of the sample season, written anew: reference workbooks, submissions and what else lies about."""

import json
import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.sample import PACKED
from tests.season import countries, institutions, last_year, offices
from tests.season.layouts import Submission, Written, write
from tests.season.projects import Office2020
from tests.season.submissions import submissions
from tests.season.truth import Truth, tell
from tests.season.workbooks import still, write_table
from tests.year import BOOK

SEED = "四川2020"
TRUTH = Path(__file__).with_name("truth.json")

COPY = "2020/省级部门/省级汇总/商务厅申报表.xlsx"
COPIED = "2020/省级部门/省商务厅/商务厅申报表.xlsx"
SCAN = "2020/巴中市/巴中市林草局申报表（盖章扫描件）.xlsx"
LETTER = "2020/雅安市/关于报送2020年培训项目的函.docx"
RUBBISH = "2020/成都市/Thumbs.db"

_REFERENCES = {
    "单位名录": (offices.TITLES, [office.row for office in offices.OFFICES]),
    "境外机构名录": (institutions.TITLES, [institution.row for institution in institutions.INSTITUTIONS]),
    "国家地区": (countries.TITLES, countries.rows()),
    "上年项目": (last_year.TITLES, last_year.rows()),
}
"""Name of a reference workbook and its one sheet → titles and rows."""

_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_THUMBS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OPC = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LETTER = "省科技厅：现将我市2020年因公出国（境）培训项目申报表报上，请审核。"
_WORD = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_OPC}/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{_WORDML}"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_OPC}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f"<w:body><w:p><w:r><w:t>{_LETTER}</w:t></w:r></w:p></w:body></w:document>",
}


def write_season(inputs: Path) -> Truth:
    """Write the whole season into ``inputs`` and return what is true of it; what an earlier season left goes first."""
    for path in _earlier():
        (inputs / path).unlink(missing_ok=True)
    _references(inputs / "reference")
    written = _submissions(inputs)
    _others(inputs)
    return tell(written, copies=[COPY], unreadable=[SCAN, LETTER], skipped=[RUBBISH])


def keep(truth: Truth, inputs: Path) -> None:
    """Write the truth beside the generator, a line a thing, and the season that lies in ``inputs`` beside the program."""
    TRUTH.write_text(truth.text(), "utf-8")
    with zipfile.ZipFile(PACKED, "w") as packed:
        for path in (
            inputs / path for path in (*(f"reference/{name}.xlsx" for name in _REFERENCES), *sorted(truth.files))
        ):
            packed.writestr(zipfile.ZipInfo(path.relative_to(inputs).as_posix()), path.read_bytes())


def _earlier() -> Sequence[str]:
    return list(json.loads(TRUTH.read_text("utf-8"))["files"]) if TRUTH.is_file() else []


def _references(folder: Path) -> None:
    for name, (titles, rows) in _REFERENCES.items():
        write_table(folder / f"{name}.xlsx", name, titles, rows)


def _submissions(inputs: Path) -> list[tuple[Submission, Written]]:
    made = Office2020(SEED)
    return [(submission, write(submission, inputs, BOOK)) for submission in submissions(made)]


def _others(inputs: Path) -> None:
    (inputs / COPY).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(inputs / COPIED, inputs / COPY)
    (inputs / SCAN).write_bytes(_PDF)
    (inputs / RUBBISH).write_bytes(_THUMBS)
    with zipfile.ZipFile(inputs / LETTER, "w") as letter:
        for name, part in _WORD.items():
            letter.writestr(name, part)
    still(inputs / LETTER, datetime(2019, 11, 18))
