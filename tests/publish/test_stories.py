"""``说明页/``: where the links lead, what a page tells, that hostile names cannot do anything, and what is not written again."""

import re
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

import sql
from flows.publish import STORIES, publish
from flows.publish.stories import write_stories
from tests import looks
from tests.looks import Night
from tests.publish.test_briefing import HOSTILE, Tags
from tests.year import BOOK

pytestmark = pytest.mark.slow

EVIDENCE = (
    '[{"name": "prior", "title": "起点", "verdict": "missing", "says": "任意两条", "weight": -6.7},'
    '{"name": "dates", "title": "日期", "verdict": "agree", "says": "日期相同", "weight": 4.9},'
    '{"name": "batch", "title": "期次", "verdict": "missing", "says": "没有写期次", "weight": 0.0}]'
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a night in which everything that an office names is hostile."""
    filings = [
        {**row, "title": f"{row.get('title', '')}{HOSTILE}", "country": HOSTILE, "unit": HOSTILE, "content": HOSTILE}
        for row in looks.FILINGS
    ]
    findings = [{**row, "message": HOSTILE, "advice": HOSTILE, "note": HOSTILE} for row in looks.FINDINGS]
    pairs = [{**row, "reasons": HOSTILE, "evidence": EVIDENCE} for row in looks.PAIRS_FOUND]
    said = [{**row, "note": HOSTILE, "reviewer": HOSTILE} for row in looks.DECIDED]
    night = Night(filings, findings, looks.ODD_FILES, pairs, decisions=said, standings=looks.STANDING)
    return looks.write(tmp_path_factory.mktemp("stories"), [looks.NIGHTS[0], night])


def text_of(published: Path, page: str) -> str:
    return (published / STORIES / f"{page}.html").read_text("utf-8")


def led_to(published: Path, target: str) -> str:
    """The text of the page that a link leads to; its place on it must be there."""
    file, _, place = unquote(target).replace("\\", "/").partition("#")
    text = (published / file).read_text("utf-8")
    assert not place or f'id="{place}"' in text
    return text


def test_every_finding_and_pair_leads_to_the_place_that_tells_of_it(published):
    book = openpyxl.load_workbook(published / "异常清单.xlsx")
    for name, ids in (("问题清单", looks.FINDINGS), ("疑似重复", looks.PAIRS_FOUND)):
        rows = [[*row] for row in book[name].iter_rows()]
        top = next(place for place, row in enumerate(rows) if row[-1].value == "编号")
        story = [cell.value for cell in rows[top]].index("说明页")
        links = {row[-1].value: row[story].hyperlink for row in rows[top + 1 :]}
        assert set(links) == {next(iter(row.values())) for row in ids}
        for about, link in links.items():
            assert link.location == about
            assert f'id="{about}"' in led_to(published, link.target)


def test_every_block_of_what_waits_leads_to_its_page(published):
    sheet = openpyxl.load_workbook(published / "异常清单.xlsx")["待办"]
    blocks = [row[0] for row in sheet.iter_rows(min_row=5) if re.match(r"\d+\. ", str(row[0].value or ""))]
    assert len(blocks) > 2
    for block in blocks:
        assert led_to(published, f"{block.hyperlink.target}#{block.hyperlink.location}")


def test_the_briefing_leads_to_the_pages_of_what_waits(published):
    found = [given["href"] for tag, given in Tags((published / "简报.html").read_text("utf-8")).tags if "href" in given]
    led = [target for target in found if target.startswith(STORIES)]
    assert len(led) == sum(row.get("status") is None and row["severity"] == "hold" for row in looks.FINDINGS[:6]) + 1
    assert all(led_to(published, target) for target in led)


def test_nothing_that_an_office_names_becomes_a_part_of_a_page_and_nothing_runs(published):
    pages = [*(published / STORIES).iterdir()]
    assert len(pages) > 5
    for page in pages:
        assert re.fullmatch(r"[A-Za-z0-9-]+\.html", page.name)
        found = Tags(page.read_text("utf-8"))
        assert not {tag for tag, _ in found.tags} & {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "form",
        }
        assert not [name for _, given in found.tags for name in given if name.startswith("on")]
        policy = next(g["content"] for _, g in found.tags if g.get("http-equiv") == "Content-Security-Policy")
        assert policy == "default-src 'none'; style-src 'unsafe-inline'"
        led = {given["href"] for _, given in found.tags if "href" in given}
        assert all(target == "../异常清单.xlsx" or target.startswith("#") for target in led)
    assert any("<script>alert(1)</script>" in cell for row in Tags(text_of(published, "g-f-a1")).rows for cell in row)


def test_a_page_tells_where_what_and_why(published):
    rows = Tags(text_of(published, "g-f-a1")).rows
    assert [rows[1][0], rows[1][2]] == ["甲（牵头）", looks.A]
    assert [rows[2][0], rows[2][2]] == ["乙", looks.B]
    finding = next(row for row in rows if "二（五）1" in row[2])
    assert finding[3] == "项目申报 B4"
    assert finding[5] == "考察培训"
    assert "同意" in finding[-1]
    decision = next(row for row in rows if row[2:3] == ["同意"])
    assert "有效" in decision
    assert ["日期", "日期相同", "+4.90"] in rows
    assert ["合计", "", "+14.20"] in rows
    assert not any(row[0] == "期次" for row in rows), "what nothing can be said of moves nothing"
    title = next(row for row in rows if row[0] == "项目名称")
    assert title[2].startswith("赴荷兰马铃薯种薯繁育技术培训"), "as filed"
    assert re.search(r"[A-Z]+4$", title[2]), "and its cell"


def test_two_filings_of_different_groups_stand_side_by_side_on_a_page_of_their_own(published):
    rows = Tags(text_of(published, "p2")).rows
    assert [row[0] for row in rows[1:3]] == ["甲", "乙"]
    assert "是否同一团组" in text_of(published, "p2")


def test_what_is_as_it_was_is_the_same_file_and_what_is_gone_has_no_page(tmp_path):
    with looks.loaded(tmp_path, looks.NIGHTS[1:]) as (view, settings):
        publish(view, settings.published, settings, BOOK)
    pages = {page.name for page in (settings.published / STORIES).iterdir()}
    changed = [
        {**row, "message": "另一句话。"} if row.get("filing_id") == "f-a2" else row for row in looks.FINDINGS[1:]
    ]
    later = Night(looks.FILINGS, changed, looks.ODD_FILES, looks.PAIRS_FOUND)
    with looks.loaded(tmp_path / "later", [looks.NIGHTS[1], later]) as (view, _):
        staging = tmp_path / "staging"
        staging.mkdir()
        write_stories(staging, settings.published, view, BOOK.notice, BOOK.form)
    now = {page.name: page for page in (staging / STORIES).iterdir()}
    assert pages - set(now) == {"g-f-c1.html"}
    same = {name for name, page in now.items() if page.samefile(settings.published / STORIES / name)}
    assert "g-f-b2.html" in same
    assert "g-f-a2.html" in set(now) - same


def test_what_a_page_tells_does_not_depend_on_what_the_environment_holds(tmp_path, monkeypatch):
    usual = looks.write(tmp_path / "usual")
    held = "高原特色马铃薯"
    assert held in "".join(row[-1] for row in Tags(text_of(usual, "g-f-a1")).rows if row[0] == "项目名称"), "as merged"
    monkeypatch.setenv("PREFECT_API_KEY", held)
    other = looks.write(tmp_path / "other")
    assert {page.name: page.read_bytes() for page in (other / STORIES).iterdir()} == {
        page.name: page.read_bytes() for page in (usual / STORIES).iterdir()
    }


def test_there_are_no_more_pages_than_somebody_opens(tmp_path, monkeypatch):
    text = sql.statement("views", "story_link")
    assert "LIMIT 1000" in text
    findings = [{"finding_id": f"x{n}", "filing_id": f"f{n}", "severity": "return"} for n in range(3)]
    findings += [{"finding_id": "wait", "filing_id": "f3", "severity": "hold"}]
    filings = [{"filing_id": f"f{n}", "row": 4 + n} for n in range(4)]
    with looks.loaded(tmp_path, [Night(filings, findings)]) as (view, settings):
        view.args[0].execute(text.replace("LIMIT 1000", "LIMIT 2"))
        publish(view, settings.published, settings, BOOK)
    assert {page.name for page in (settings.published / STORIES).iterdir()} == {"g-f3.html", "g-f0.html"}
    sheet = openpyxl.load_workbook(settings.published / "异常清单.xlsx")["问题清单"]
    linked = [
        row[-1].value
        for row in sheet.iter_rows()
        if any(c.hyperlink and c.hyperlink.location == row[-1].value for c in row)
    ]
    assert linked == ["x0", "wait"]
