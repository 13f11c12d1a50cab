"""The reviewer's loop with a real office program: LibreOffice types, sorts and saves; the next night does what was said."""

import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from flows.publish import write_submission
from flows.publish.template.selfcheck import CALLED, READY
from tests.frames import VALID
from tests.nights import night
from tests.reference_folder import registers_in
from tests.year import BOOK

PROJECT = Path(__file__).resolve().parents[2]
UNIT, OTHER_UNIT = "四川省农业农村厅", "四川省水利厅"
LARGE = {**VALID, "seq": 1, "headcount": 25}
LONG = {
    **VALID,
    "seq": 2,
    "title": "柑橘采后商品化处理技术培训",
    "otm_no": "OTM20200002",
    "letter_no": "YX2020-0002",
    "institution": "埃因霍温园艺学院",
    "days": 400,
    "start_date": date(2020, 3, 1),
    "end_date": date(2021, 4, 4),
}
AGAIN = {**VALID, "seq": 1, "title": "高原马铃薯脱毒种薯繁育技术专题培训", "headcount": 25}


class Season:
    """A small season: the submissions of two units, their nights and what the warehouse then says."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.outputs = folder / "inputs", folder / "outputs"
        self.published = self.outputs / "2020"
        self.submission = self.inputs / "2020" / "省直" / "农业厅申报表.xlsx"

    def begin(self) -> None:
        """Both units file, and the first night is done."""
        shutil.copytree(PROJECT / "inputs" / "reference", self.inputs / "reference")
        self.submission.parent.mkdir(parents=True)
        self.file(self.submission, UNIT, [LARGE, LONG])
        self.file(self.submission.with_name("水利厅申报表.xlsx"), OTHER_UNIT, [AGAIN])
        self.night()

    def file(self, path: Path, unit: str, rows: list[dict]) -> None:
        """Write a unit's submission."""
        write_submission(path, BOOK, registers_in(self.inputs / "reference"), unit=unit, filings=rows)

    def night(self):
        """One whole night."""
        return night(self.inputs, self.outputs, datetime.now())

    @property
    def workbook(self) -> Path:
        """The published exceptions workbook."""
        return self.published / "异常清单.xlsx"

    @property
    def copies(self) -> Path:
        """Where copies with decisions in them are dropped."""
        folder = self.inputs / "2020" / "处理意见"
        folder.mkdir(exist_ok=True)
        return folder

    def ask(self, question: str, *values: object) -> list[tuple]:
        """Rows of the warehouse."""
        with duckdb.connect(str(self.outputs / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(question, values).fetchall()

    def finding(self, column: str, unit: str = UNIT) -> tuple[str, str]:
        """Id and status of the finding of the current night about a column."""
        found = self.ask(
            "SELECT finding_id, status FROM current_finding WHERE \"column\" = ? AND unit = ? AND severity <> 'advise'",
            *(column, unit),
        )
        assert len(found) == 1, found
        return found[0]


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """The folder of a season after its first night."""
    folder = tmp_path_factory.mktemp("begun")
    Season(folder).begin()
    return folder


@pytest.fixture
def season(begun, tmp_path):
    """A season after its first night."""
    return Season(shutil.copytree(begun, tmp_path, dirs_exist_ok=True))


def decide(season, libreoffice, target: Path) -> tuple[str, str, str, str]:
    """Type a decision of each kind and save as ``target``; the ids they are about and the verdict on the pair."""
    large, _ = season.finding("申报人数")
    long, _ = season.finding("培训天数")
    ((pair, outcome),) = season.ask("SELECT pair_id, outcome FROM possible_duplicate")
    verdict = "不合并" if outcome == "merged" else "合并"
    libreoffice.work(
        season.workbook,
        [
            ["type", large, "同意", "需要更多人", "张三"],
            ["type", long, "剔除", None, "李四"],
            ["type", pair, verdict, "核对过", "张三"],
            ["delete", season.finding("申报人数", OTHER_UNIT)[0]],
            ["sort", "问题清单", "问题", True],
            ["widen", "问题清单"],
            ["filter", "问题清单", "级别", "提示"],
        ],
        target,
    )
    return large, long, pair, verdict


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_decisions_typed_in_an_office_program(season, libreoffice, suffix):
    """In a copy in another format, sorted, filtered, widened, with a row deleted."""
    done(season, decide(season, libreoffice, season.copies / f"张三{suffix}"))


def done(season, about: tuple[str, str, str, str]) -> None:
    """The next night does what was said."""
    large, long, pair, verdict = about
    season.night()
    assert season.finding("申报人数") == (large, "accepted")
    assert season.finding("申报人数", OTHER_UNIT)[1] == "open"
    assert season.finding("培训天数") == (long, "excluded")
    went = dict(season.ask("SELECT otm_no, disposition FROM current_filing WHERE unit = ?", UNIT))
    assert went["OTM20200002"] == "excluded"
    assert season.ask("SELECT verdict, outcome FROM current_pair WHERE pair_id = ?", pair) == [
        (verdict, "kept_apart" if verdict == "不合并" else "merged")
    ]
    assert set(season.ask("SELECT verdict, note, reviewer, applied FROM decision")) == {
        ("同意", "需要更多人", "张三", True),
        ("剔除", None, "李四", True),
        (verdict, "核对过", "张三", True),
    }


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_what_became_a_formula_is_kept_and_a_touched_title_loses_nothing(season, libreoffice, suffix):
    large, _ = season.finding("申报人数")
    long, _ = season.finding("培训天数")
    libreoffice.work(
        season.workbook,
        [
            ["key", large, "同意", "=请省厅核对", "张三"],
            ["key", long, "退回", '=HYPERLINK("http://a.cn";"见附件")', "=1/0"],
            ["retitle", "问题清单", "处理说明", "说明"],
            ["retitle", "问题清单", "处理人", "经办人"],
        ],
        season.inputs / "2020" / "省直" / f"我改的{suffix}",
    )
    season.night()
    (separator,) = {".xlsx": ",", ".ods": ";"}[suffix]
    assert set(season.ask("SELECT about, verdict, note, reviewer, applied FROM decision")) == {
        (large, "同意", "=请省厅核对", "张三", True),
        (long, "退回", f'见附件（公式：=HYPERLINK("http://a.cn"{separator}"见附件")）', "=1/0", True),
    }
    assert season.ask("SELECT status, filings FROM current_file WHERE path LIKE '%我改的%'") == [("skipped", 0)]


def test_a_decision_holds_until_the_value_changes(season, libreoffice):
    about = decide(season, libreoffice, season.workbook)
    done(season, about)
    kept = season.ask("SELECT decision_id, run_id FROM decision ORDER BY ALL")
    season.night()
    assert season.ask("SELECT decision_id, run_id FROM decision ORDER BY ALL") == kept, "the same words add nothing"
    assert season.ask("SELECT number FROM night_before") == [(1,)], (
        "what was typed was seen in the first night's workbook"
    )

    season.file(season.submission, UNIT, [{**LARGE, "headcount": 30}, LONG])
    season.night()
    assert season.finding("申报人数") == (about[0], "open")
    ((why,),) = season.ask("SELECT why_not FROM decision_state WHERE about = ?", about[0])
    assert why == "填报值由“25”变为“30”，重新列为待处理。"


def test_a_returned_copy_is_corrected_and_sent_again(season, libreoffice):
    copy = season.published / "退回修改" / UNIT / season.submission.name
    sheets, cell, value = libreoffice.work(
        copy, [["sheets"], ["get", "修改意见", "E6"], ["get", "修改意见", "I6"]], copy
    )[:3]
    assert sheets[:4] == ["修改意见", "项目申报", "参团单位", "填表说明"]
    marked = load_workbook(copy)["项目申报"]
    days = next(c.column for c in marked[3] if c.value == "培训天数")
    assert marked.cell(5, days).comment is not None, "comments survive being saved by another program"
    assert value
    assert cell

    again = season.submission.with_name("农业厅申报表（修改）.xlsx")
    place = marked.cell(5, days).coordinate
    end = marked.cell(5, next(c.column for c in marked[3] if c.value == "拟入境日期")).coordinate
    said = marked.cell(5, next(c.column for c in marked[3] if c.value == CALLED)).coordinate
    before, *_, after = libreoffice.work(
        copy,
        [
            ["get", "项目申报", said],
            ["set", "项目申报", place, 21],
            ["set", "项目申报", end, "2020-03-21"],
            ["recalculate"],
            ["get", "项目申报", said],
        ],
        again,
    )
    assert "培训天数" in before, "the copy still checks itself"
    assert after == READY
    season.night()
    assert season.ask("SELECT status, filings FROM current_file WHERE path LIKE '%修改%'") == [("read", 2)]
    went = season.ask("SELECT disposition FROM current_filing WHERE file LIKE '%农业厅申报表.xlsx'")
    assert went == [("superseded",), ("superseded",)]
    assert season.ask("SELECT count(*) FROM current_finding WHERE \"column\" = '培训天数'") == [(0,)]
    assert not copy.exists(), "the unit has nothing left to correct"


def test_two_people_at_once(season, libreoffice):
    """One types in the workbook while it is open, the other in a copy; the night runs in between; nothing is lost."""
    large, _ = season.finding("申报人数")
    long, _ = season.finding("培训天数")
    lock = season.published / "~$异常清单.xlsx"
    lock.write_bytes(b"\x06zhang")
    libreoffice.work(season.workbook, [["type", large, "同意", None, "李四"]], season.copies / "李四.xls")
    season.night()
    assert season.finding("申报人数") == (large, "accepted")
    libreoffice.work(season.workbook, [["type", long, "退回", "压缩天数", "张三"]])
    lock.unlink()
    season.night()
    assert season.finding("申报人数") == (large, "accepted")
    assert season.finding("培训天数") == (long, "returned")
    assert [path.name for path in season.published.glob("异常清单*")] == ["异常清单.xlsx"]
