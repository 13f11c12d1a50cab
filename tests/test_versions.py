"""Versions: which filings have a newer version, which are withdrawn, and which stay the same tomorrow."""

import os
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from flows.lineage import Lineage
from flows.read import FoundFile, take
from flows.read import identify as identify_bytes
from flows.read.formats import saved_at
from flows.settings import ReadLimits
from flows.versions import current, identify
from schemas.tables import Ages, DataFrame, Files, Filings, Readings, Remarks
from schemas.words import NO_CELL
from tests.examples import examples
from tests.frames import readings

UNIT = "成都市科学技术局"
FIRST, REVISED = "2020/成都市/成都市科技局申报表.xlsx", "2020/成都市/成都市科技局申报表（修改版）.xlsx"


def project(number: int, file: str, **more: object) -> dict[str, object]:
    """A filing of the unit in ``file``; ``number`` makes its 系统项目编号 and its title."""
    return {
        "filing_id": f"{file}#{number}",
        "file": file,
        "unit": UNIT,
        "row": 3 + number,
        "seq": number,
        "otm_no": f"OTM20205101{number:02}",
        "title": f"第{'零甲乙丙丁戊己庚辛'[number]}类作物繁育技术培训",
        **more,
    }


def identified(rows: Sequence[Mapping[str, object]], inputs: Path) -> Readings:
    """What is made of these filings."""
    return identify(readings(rows, ages=ages_of(inputs, {str(row["file"]) for row in rows})))


def ages_of(inputs: Path, paths: Collection[str]) -> DataFrame[Ages]:
    """How old the files are of these that are there."""
    found = []
    for path in sorted(path for path in paths if (inputs / path).is_file()):
        contents = take(FoundFile(inputs / path), ReadLimits())
        found.append((path, saved_at(identify_bytes(contents.data, ReadLimits())) or None, contents.modified))
    return Ages.validate(pd.DataFrame(found, columns=Ages.names()).astype(Ages.dtypes()))


def old(read: Readings) -> set[str]:
    """Titles of the filings that no longer count, with their files."""
    gone = read.filings[read.filings["superseded_by"].notna()]
    return set(gone["file"] + " " + gone["title"])


def saved(inputs: Path, path: str, at: str | None, file_time: float = 0.0) -> None:
    """Put a file at ``path`` that says it was last saved ``at``; ``file_time`` is when it was copied."""
    place = inputs / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w") as archive:
        if at:
            archive.writestr("docProps/core.xml", f"<dcterms:modified xsi:type='x'>{at}</dcterms:modified>")
        archive.writestr("xl/workbook.xml", path)
    os.utime(place, (file_time, file_time))


def test_revised_version_replaces_one_by_one_by_number(tmp_path):
    rows = [project(1, FIRST), project(2, FIRST), project(1, REVISED, headcount=12), project(2, REVISED)]
    read = identified(rows, tmp_path)
    assert old(read) == {f"{FIRST} {rows[0]['title']}", f"{FIRST} {rows[1]['title']}"}
    why = read.filings.set_index("file")["superseded_by"]
    assert f"已由新版“{REVISED}”第 4 行替代" in why[FIRST].iloc[0]


def test_a_corrected_title_under_the_same_number_is_the_same_project(tmp_path):
    rows = [project(1, FIRST), project(1, REVISED, title="第甲类作物良种繁育技术培训")]
    assert len(old(identified(rows, tmp_path))) == 1


def test_without_a_number_organiser_and_title_decide(tmp_path):
    rows = [project(1, FIRST, otm_no=None), project(1, REVISED, otm_no=None), project(2, REVISED)]
    assert old(identified(rows, tmp_path)) == {f"{FIRST} {rows[0]['title']}"}


def test_a_number_given_only_later_is_no_other_project(tmp_path):
    rows = [project(1, FIRST, otm_no=None), project(1, REVISED)]
    assert len(old(identified(rows, tmp_path))) == 1


def test_dropped_filing_is_withdrawn_and_said_so(tmp_path):
    rows = [project(n, FIRST) for n in (1, 2, 3)] + [project(n, REVISED) for n in (1, 2)]
    read = identified(rows, tmp_path)
    third = read.filings[read.filings["title"] == rows[2]["title"]].iloc[0]
    assert third["superseded_by"] == f"新版“{REVISED}”未再列入，按撤回处理。"
    said = Remarks.validate(read.remarks)
    assert said[["kind", "file", "value", "detail"]].values.tolist() == [
        ["withdrawn", FIRST, rows[2]["title"], REVISED]
    ]
    assert len(current(read).remarks) == 1


def test_a_supplement_takes_nothing_away(tmp_path):
    more = "2020/成都市/成都市科技局补充申报表.xlsx"
    rows = [project(n, FIRST) for n in (1, 2)] + [project(3, more)]
    assert old(identified(rows, tmp_path)) == set()


def test_a_file_with_the_two_corrected_rows_leaves_the_other_eight(tmp_path):
    corrected = "2020/成都市/更正.xlsx"
    rows = [project(n, FIRST) for n in range(1, 9)] + [project(n, corrected) for n in (1, 2)]
    read = identified(rows, tmp_path)
    assert len(old(read)) == 2
    assert read.remarks.empty


def test_another_units_filing_is_never_replaced(tmp_path):
    rows = [project(1, FIRST), project(1, "2020/绵阳市/修改版.xlsx", unit="绵阳市科学技术局")]
    assert old(identified(rows, tmp_path)) == set()


def test_one_number_on_two_different_projects_replaces_nothing(tmp_path):
    rows = [project(1, FIRST), project(1, "2020/成都市/另一批.xlsx", title="航空发动机叶片精密加工研修")]
    assert old(identified(rows, tmp_path)) == set()


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("申报表", "申报表（修改版）"),
        ("申报表", "申报表-修改意见"),
        ("申报表v1", "申报表v2"),
        ("申报表v2.1", "申报表v2.3"),
        ("申报表第九稿", "申报表第十一稿"),
        ("申报表第三稿", "申报表（终稿）"),
        ("申报表2019.11.20", "申报表2019.12.01"),
        ("申报表20191120", "申报表20191201"),
        ("申报表（11月20日）", "申报表（1月5日）"),
        ("申报表2019年11月5日", "申报表2019年11月20日"),
        ("2019年11月5日报", "2019年11月20日报"),
        ("申报表2019年1月15日", "申报表2019年11月5日"),
        ("申报表2019-11-05", "申报表2019-11-20"),
        ("申报表２０１９．１２．９", "申报表２０１９．１２．２０"),
        ("申报表2019_12_01", "申报表2019 12 20"),
        ("申报表19.11.5", "申报表19.11.20"),
        ("申报表11.5", "申报表11.20"),
        ("申报表11.20", "申报表1.5"),
        ("申报表", "新-申报表"),
        ("申报表", "申报表（新）"),
        ("申报表", "申报表-最新"),
        ("申报表", "申报表改"),
        ("申报表定稿", "申报表定稿（改）"),
        ("申报表", "重新报送申报表"),
    ],
)
def test_names_tell_the_newer_whatever_the_copying(tmp_path, older, newer):
    older, newer = f"2020/成都市/{older}.xlsx", f"2020/成都市/{newer}.xlsx"
    saved(tmp_path, older, "2019-12-30T08:00:00Z" if "v" in older or "稿" in older else None, file_time=2e9)
    saved(tmp_path, newer, None, file_time=1e9)
    read = identified([project(1, older), project(1, newer)], tmp_path)
    assert read.filings.loc[read.filings["superseded_by"].notna(), "file"].tolist() == [older]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("申报表2019年11月5日", "申报表2019年11月20日"),
        ("2019-11-05申报表", "申报表20191120"),
        ("申报表19.11.5", "申报表（11月20日）"),
        ("申报表11.5", "申报表11.20（新）"),
        ("申报表", "新-申报表（改）"),
    ],
)
def test_days_and_words_for_newer_are_no_part_of_a_files_own_name(one, two, tmp_path):
    one, two = f"2020/成都市/{one}.xlsx", f"2020/成都市/{two}.xlsx"
    rows = [project(n, one) for n in (1, 2, 3)] + [project(n, two) for n in (1, 2)]
    saved(tmp_path, one, None, file_time=1e9)
    saved(tmp_path, two, None, file_time=2e9)
    assert identified(rows, tmp_path).remarks["kind"].tolist() == ["withdrawn"]


@pytest.mark.parametrize("name", ["新都区申报表", "高新", "整改"])
def test_words_that_only_sound_like_newer_say_nothing(name, tmp_path):
    plain, other = "2020/成都市/x/申报表.xlsx", f"2020/成都市/{name}.xlsx"
    saved(tmp_path, plain, None, file_time=2e9)
    saved(tmp_path, other, None, file_time=1e9)
    read = identified([project(1, plain), project(1, other)], tmp_path)
    assert read.filings.loc[read.filings["superseded_by"].notna(), "file"].tolist() == [other]


def test_two_numbers_that_differ_are_two_projects_even_under_one_name(tmp_path):
    one, two = "2020/成都市/一批/申报表.xlsx", "2020/成都市/二批/申报表.xlsx"
    title = "航空发动机叶片精密加工研修"
    assert old(identified([project(1, one, title=title), project(2, two, title=title)], tmp_path)) == set()
    missing = [project(1, one, title=title), project(2, two, title=title, otm_no=None)]
    assert len(old(identified(missing, tmp_path))) == 1


def test_the_workbooks_own_time_of_saving_decides_before_the_files(tmp_path):
    one, two = "2020/成都市/a/申报表.xlsx", "2020/成都市/b/申报表.xlsx"
    saved(tmp_path, one, "2019-11-20T08:00:00Z", file_time=1e9)
    saved(tmp_path, two, "2019-11-18T08:00:00Z", file_time=2e9)
    read = identified([project(1, one), project(1, two)], tmp_path)
    assert read.filings.loc[read.filings["superseded_by"].notna(), "file"].tolist() == [two]


def test_a_day_in_the_name_is_weighed_against_a_day_of_saving(tmp_path):
    named, unnamed = "2020/成都市/申报表20191120.xlsx", "2020/成都市/申报表.xlsx"
    saved(tmp_path, named, "2019-11-20T08:00:00Z", file_time=2e9)
    saved(tmp_path, unnamed, "2019-12-02T08:00:00Z", file_time=1e9)
    read = identified([project(1, named), project(1, unnamed)], tmp_path)
    assert read.filings.loc[read.filings["superseded_by"].notna(), "file"].tolist() == [named]


def test_old_binary_workbooks_say_nothing_of_saving_and_still_are_ordered(tmp_path):
    one, two = "2020/成都市/a.xls", "2020/成都市/b.xls"
    for path, time in ((one, 2e9), (two, 1e9)):
        book = xlwt.Workbook()
        book.add_sheet("s")
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        book.save(str(tmp_path / path))
        os.utime(tmp_path / path, (time, time))
    read = identified([project(1, one), project(1, two)], tmp_path)
    assert read.filings.loc[read.filings["superseded_by"].notna(), "file"].tolist() == [two]


def test_three_versions_leave_the_last(tmp_path):
    third = "2020/成都市/成都市科技局申报表（第三稿）.xlsx"
    rows = [project(n, file) for file in (FIRST, REVISED, third) for n in (1, 2)]
    read = identified(rows, tmp_path)
    assert set(read.filings.loc[read.filings["superseded_by"].isna(), "file"]) == {third}
    assert all(third in why for why in read.filings["superseded_by"].dropna())


def test_files_say_that_they_have_a_newer_version(tmp_path):
    rows = [project(1, FIRST), project(2, FIRST), project(1, REVISED), project(2, REVISED)]
    files = Files.validate(identified(rows, tmp_path).files).set_index("path")
    assert files.loc[FIRST, "status"] == "superseded"
    assert REVISED in files.loc[FIRST, "reason"]
    assert files.loc[REVISED, "status"] == "read"


def test_a_file_replaced_in_part_says_how_much(tmp_path):
    corrected = "2020/成都市/更正.xlsx"
    rows = [project(n, FIRST) for n in range(1, 5)] + [project(1, corrected)]
    told = identified(rows, tmp_path).files.set_index("path").loc[FIRST]
    assert told["status"] == "read"
    assert told["reason"] == f"其中 1 项已有新版“{corrected}”。"


def test_what_does_not_count_is_left_out_with_all_that_was_said_of_it(tmp_path):
    read = readings(
        [project(1, FIRST), project(1, REVISED)], [{"filing_id": f"{FIRST}#1"}, {"filing_id": f"{REVISED}#1"}]
    )
    kept = current(identify(read))
    assert kept.filings["file"].tolist() == [REVISED]
    assert kept.participants["filing_id"].tolist() == kept.filings["filing_id"].tolist()


def test_ids_are_unique_and_follow_to_participants(tmp_path):
    read = identify(readings([project(1, FIRST), project(2, FIRST)], [{"filing_id": f"{FIRST}#2"}]))
    Filings.validate(read.filings)
    assert read.participants["filing_id"].tolist() == [read.filings["filing_id"].iloc[1]]


def test_cells_follow_their_records(tmp_path):
    rows = [project(1, FIRST), project(2, FIRST, headcount_filed="十二"), project(2, REVISED)]
    taking_part = [
        {"filing_id": f"{FIRST}#1", "file": FIRST, "participant": f"{name}水利局"} for name in ("绵阳", "宜宾")
    ]
    read = identify(readings(rows, taking_part))
    lineage = Lineage(read.cells)
    assert lineage.of(read.filings["filing_id"]).filed("headcount").tolist() == ["15", "十二", "15"]
    of_participants = lineage.of(read.participants["participant_id"])
    assert of_participants.filed("participant").tolist() == ["绵阳水利局", "宜宾水利局"]
    assert of_participants.cell("participant").ne(NO_CELL).all()
    kept = Lineage(current(read).cells)
    assert kept.of(read.filings["filing_id"]).filed("headcount").isna().tolist() == [True, True, False]


def test_a_participant_keeps_its_id_when_another_is_added(tmp_path):
    def ids(*names: str) -> dict[str, str]:
        taking_part = [{"filing_id": f"{FIRST}#1", "file": FIRST, "participant": name} for name in names]
        found = identify(readings([project(1, FIRST)], taking_part)).participants
        assert found["participant_id"].is_unique
        return dict(zip(found["participant"], found["participant_id"], strict=True))

    assert ids("绵阳市水利局", "宜宾市水利局").items() >= ids("宜宾市水利局").items()


def test_an_id_stays_when_rows_move_and_values_are_corrected(tmp_path):
    today = identified([project(1, FIRST), project(2, FIRST)], tmp_path).filings
    tomorrow = identified(
        [project(2, FIRST, row=4, headcount=9), project(1, FIRST, row=5, title="另一个名称")], tmp_path
    ).filings
    assert today["filing_id"].tolist() == tomorrow["filing_id"].tolist()[::-1]


def test_the_newer_version_inherits_the_id(tmp_path):
    today = identified([project(1, FIRST)], tmp_path).filings
    both = identified([project(1, FIRST), project(1, REVISED)], tmp_path).filings
    kept = both[both["superseded_by"].isna()]
    assert kept["filing_id"].tolist() == today["filing_id"].tolist()
    assert both["filing_id"].is_unique


def test_the_same_row_twice_has_two_ids(tmp_path):
    twice = identified([project(1, FIRST), project(1, FIRST, row=9, filing_id="again")], tmp_path).filings
    assert twice["filing_id"].is_unique
    assert twice["superseded_by"].isna().all()


@pytest.mark.slow
@examples(3)
@given(order=st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [project(n, file) for file in (FIRST, REVISED) for n in (1, 2, 3)]
    inputs = Path("nowhere")
    one = identified(rows, inputs).filings.set_index(["file", "row"])[["filing_id", "superseded_by"]]
    two = identified([rows[n] for n in order], inputs).filings.set_index(["file", "row"])[
        ["filing_id", "superseded_by"]
    ]
    pd.testing.assert_frame_equal(one.sort_index(), two.sort_index())
