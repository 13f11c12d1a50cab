"""``简报.html``: its numbers, what hostile names cannot do, and what a browser makes of it without a network."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from flows.publish import STORIES
from flows.publish.briefing import write_briefing
from flows.publish.briefing.figures import _countries, regions
from flows.publish.briefing.pictures import COLOURS
from flows.publish.briefing.tiles import SHADES, TILES, tiles
from schemas.words import DISPOSITIONS, REGIONS
from tests import looks
from tests.conftest import program
from tests.year import NOTICE

HOSTILE = "</script></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u2028\x07]]><!--"
MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a night in which everything that an office names is hostile."""
    filings = [
        {
            **row,
            "title": f"{row.get('title', '')}{HOSTILE}",
            "country": HOSTILE,
            "unit": HOSTILE,
            "file": f"2020/{HOSTILE}.xlsx",
        }
        for row in looks.FILINGS
    ]
    findings = [{**row, "unit": HOSTILE, "message": HOSTILE, "advice": HOSTILE} for row in looks.FINDINGS]
    night = looks.Night(filings, findings, pairs=looks.PAIRS_FOUND)
    folder = tmp_path_factory.mktemp("briefing")
    with looks.loaded(folder, [looks.NIGHTS[0], night]) as (view, _):
        summary = write_briefing(folder / "简报.html", view, NOTICE)
        again = folder / "again.html"
        write_briefing(again, view, NOTICE)
        (folder / "summary.md").write_text(summary, "utf-8")
    assert again.read_bytes() == (folder / "简报.html").read_bytes()
    return folder / "简报.html"


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of table cells row by row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self._cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def test_nothing_that_an_office_names_becomes_a_part_of_the_page(page):
    found = Tags(page.read_text("utf-8"))
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for _, given in found.tags for name in given if name.startswith("on")]
    assert any("<script>alert(1)</script>" in cell for row in found.rows for cell in row), (
        "it is shown as it was written"
    )


def test_the_page_asks_for_nothing_and_lets_nothing_run(page):
    text = page.read_text("utf-8")
    found = Tags(text)
    policy = next(given["content"] for tag, given in found.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    led = {
        value
        for _, given in found.tags
        for name, value in given.items()
        if name in ("href", "src", "xlink:href", "data")
    }
    beside = {target for target in led if target and not target.startswith(("#", f"{STORIES}/"))}
    assert beside <= {"异常清单.xlsx"}
    assert not re.search(r"url\(|@import", text)
    assert len(page.read_bytes()) < MOST_BYTES


def test_the_tables_say_what_the_warehouse_says(page):
    rows = {row[0]: row[-1] for row in Tags(page.read_text("utf-8")).rows if row}
    assert [rows[title] for title in DISPOSITIONS.values()] == ["3", "1", "1", "1", "1", "0", "0"]


def test_a_country_of_last_year_alone_is_not_one_of_the_plan():
    sums = pd.DataFrame(
        [("国家（地区）", "荷兰", 2, 30), ("国家（地区）", "日本", 0, 0), ("所在市州", "成都市", 2, 30)],
        columns=["dimension", "word", "groups", "people"],
    )
    views = {"plan_sum": sums, "plan": pd.DataFrame(index=range(2))}
    countries = _countries(SimpleNamespace(view=views.__getitem__))
    assert countries.rows == ["荷兰"]
    assert countries.told == "计划 2 个团组，30 人，去 1 个国家（地区）。"


def test_a_summary_in_markdown_has_the_same_numbers_and_no_markup_of_offices(page):
    told = page.with_name("summary.md").read_text("utf-8")
    assert "| 纳入计划 | 3 |" in told
    assert "<script>" not in told


def test_every_prefecture_has_a_tile_of_its_own_place():
    assert {*TILES} == {*REGIONS[1:]}
    assert len({place[1:] for place in TILES.values()}) == len(TILES) == 21
    drawn = {tile.name: tile for tile in tiles(["成都市", "绵阳市", "省级"], [100, 1, 500])}
    assert (drawn["成都"].shade, drawn["绵阳"].shade, drawn["自贡"].shade) == (4, 1, 0)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    light = sorted((_light(one), _light(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def test_places_are_counted_without_the_province_and_without_empty_ones():
    rows = pd.DataFrame({"region": ["省级", "成都市", "未填或不在名录"], "people": [9, 5, 1], "groups": [2, 1, 1]})
    assert "21 个市州中 1 个有团组" in regions(SimpleNamespace(view={"plan_region": rows}.__getitem__)).told


def test_what_is_to_be_read_stands_out():
    assert all(contrast(*shade) >= 4.5 for shade in SHADES)
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour in COLOURS)
    for ink in ("#222222", "#595959", "#1F4E79"):
        assert contrast(ink, "#FFFFFF") >= 4.5
    assert contrast("#222222", "#DDEBF7") >= 4.5


QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture
def chromium(tmp_path):
    """Runs Chromium on a page with a profile of its own; skips the test loudly where it is absent."""
    found = program("chromium", "Chromium")

    def run(*arguments: str) -> str:
        command = [found, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *arguments]
        for _ in range(2):  # on a busy machine the browser itself crashes now and then
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
            if done.returncode >= 0:
                break
        done.check_returncode()
        return done.stdout

    return run


@pytest.mark.slow
def test_a_browser_draws_it_and_prints_it_on_two_pages(page, chromium, tmp_path):
    address = page.as_uri()
    log = tmp_path / "net.json"
    drawn = chromium("--window-size=1366,768", f"--log-net-log={log}", "--dump-dom", address)
    assert drawn.count("<svg") == 3
    assert "alert(1)" in drawn
    assert not re.search(r"<script|<img", drawn)
    asked = set(re.findall(r'"url":"(?:https?|wss?)://([^/"]+)', log.read_text("utf-8")))
    assert not {host for host in asked if not host.endswith((".google.com", ".googleapis.com", ".gvt1.com"))}, (
        "beside its own"
    )
    paper = tmp_path / "page.pdf"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={paper}", address)
    told = subprocess.run([program("pdfinfo", "poppler"), paper], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages:\s+2$", told, re.MULTILINE)
    assert "A4" in told
