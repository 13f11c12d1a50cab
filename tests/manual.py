"""The pictures of the manual: ``python -m tests.manual`` runs two nights over the sample season, decides between them as a
reviewer does, and writes what is then seen into ``docs/manual/``."""

import re
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import openpyxl

from flows.publish import BRIEFING, EXCEPTIONS, PLAN, write_submission
from tests import browser
from tests.command import Command
from tests.documents import DOCS
from tests.frames import VALID
from tests.nights import INPUTS, STARTED, night
from tests.office import Office, python_with_uno
from tests.reference_folder import registers_in
from tests.year import BOOK

PICTURES = DOCS / "manual"
DOTS = "64"
"""Dots an inch: small pictures in which what is written can be read."""

SHEETS = {
    "待办": (EXCEPTIONS, "待办"),
    "待办中的疑似重复": (EXCEPTIONS, "待办"),
    "本夜变化": (EXCEPTIONS, "本夜变化"),
    "计划总表": (PLAN, "计划总表"),
    "例外放行": (PLAN, "例外放行"),
}
"""Picture → workbook and sheet that it shows, as printed; the first after the first night, the others after the second."""

OTHERS = ("简报", "修改意见", "申报表", "自查网页")
"""Pictures of the briefing, of a copy to send back, of the form, and of the page onto which files are dropped."""

_NIGHTS = 2
_HIGH = {"例外放行": "110", "修改意见": "320", "申报表": "230", "待办": "430", "待办中的疑似重复": "350"}
"""Where a page holds little, so many dots of it are shown."""

_UNIT = "四川省农业农村厅"


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        outputs = folder / "outputs"
        published = outputs / str(BOOK.year)
        for number, (picture, (workbook, sheet)) in enumerate(SHEETS.items()):
            if number < _NIGHTS:
                night(INPUTS, outputs, STARTED + number * timedelta(days=1))
            _print(published / workbook, f"{sheet}第1页", folder / str(min(number, _NIGHTS - 1)), picture)
            if number == 0:
                _review(published / EXCEPTIONS)
        (copy,) = (published / "退回修改" / _UNIT).iterdir()
        _print(copy, "修改意见", folder, "修改意见")
        _print(_filled_in(folder), "可以报送", folder, "申报表")
        _browse(published / BRIEFING, next((INPUTS / "2020").rglob("林草局*.xlsx")), folder)


def _review(path: Path) -> None:
    """Let one project in, tell a unit something and keep a pair apart."""
    book = openpyxl.load_workbook(path)
    _decide(book["待办"], {"处理意见": "同意", "处理说明": "省委组织部批准", "处理人": "张三"})
    _decide(book["待办"], {"给单位的话": "请补充名录外机构的资质说明", "处理人": "张三"})
    _decide(book["疑似重复"], {"处理意见": "不合并", "处理说明": "是两个团组", "处理人": "李四"})
    book.save(path)


def _decide(sheet: openpyxl.worksheet.worksheet.Worksheet, said: Mapping[str, str]) -> None:
    """Fill in the first row that nobody has filled in."""
    head = next(row for row in sheet.iter_rows() if {"处理意见", "编号"} <= {cell.value for cell in row})
    columns = {cell.value: cell.column for cell in head}
    row = next(
        number
        for number in range(head[0].row + 1, sheet.max_row + 1)
        if sheet.cell(number, columns["编号"]).value and not sheet.cell(number, columns["处理人"]).value
    )
    for title, word in said.items():
        sheet.cell(row, columns[title]).value = word


def _filled_in(folder: Path) -> Path:
    """The form with a good row and one that is not, worked out by an office program."""
    form = folder / "申报表.xlsx"
    good = {**VALID, "seq": 1}
    other = {"title": "柑橘采后商品化处理技术培训", "otm_no": "OTM20200002", "letter_no": "YX2020-0002"}
    wrong = {**VALID, **other, "seq": 2, "headcount": 25, "start_date": date(2020, 9, 1), "end_date": date(2020, 9, 9)}
    write_submission(form, BOOK, registers_in(), unit=_UNIT, filings=[good, wrong])
    soffice = which("soffice") or "soffice"
    office = Office(soffice, python_with_uno(soffice) or "python3")
    office.work(form, [["recalculate"]])
    office.close()
    return form


def _print(workbook: Path, marked: str, folder: Path, picture: str) -> None:
    """The first page of the printed workbook on which ``marked`` stands; each sheet says its name and page at the foot."""
    paper = folder / f"{workbook.stem}.pdf"
    if not paper.exists():
        command = [
            "soffice",
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", str(folder), str(workbook)], check=True, capture_output=True)
    pages = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout.split(
        "\f"
    )
    number = next(number for number, page in enumerate(pages, 1) if marked in re.sub(r"\s", "", page))
    at = ["-f", str(number), "-l", str(number), "-r", DOTS, "-H", _HIGH.get(picture, "0"), "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *at, str(paper), str(PICTURES / picture)], check=True)


def _browse(briefing: Path, submission: Path, folder: Path) -> None:
    """The briefing and the page of checked files, as a browser shows them."""
    desk = Command(folder / "state").start("check", "--serve", "--port", "0")
    assert desk.stdout is not None
    address = next(line.strip().partition("：")[2] for line in desk.stdout if "http" in line)
    try:
        with browser.page(which("chromium") or "chromium", folder / "browser") as page:
            page.open(briefing.as_uri())
            page.picture(PICTURES / "简报.png")
            page.open(address)
            page.pick("#pick", [submission])
            page.wait("document.querySelectorAll('.state').length === 1")
            page.picture(PICTURES / "自查网页.png")
    finally:
        desk.terminate()
        desk.wait(30)


if __name__ == "__main__":
    main()
