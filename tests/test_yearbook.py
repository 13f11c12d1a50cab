"""A year's data files: which file holds for which year, and what is wrong in one, told with its file and line."""

import ast
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli
from flows.validate import rule_book
from schemas.columns import FILING as REGISTERED
from schemas.columns import Field
from schemas.data_file import years
from schemas.errors import DataFileError
from schemas.form import TABLES
from schemas.yearbook import DATA, load_yearbook, years_with_notice
from tests.data_folder import Folder
from tests.year import BOOK, FILING, PARTICIPANT


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


@pytest.fixture
def two_years(folder: Folder) -> Folder:
    folder.add_2021()
    return folder


class TestYears:
    def test_the_files_are_those_of_the_program(self, folder):
        assert folder.load() == BOOK

    @pytest.mark.parametrize("year", years_with_notice())
    def test_the_files_of_every_year_are_whole(self, year):
        book = load_yearbook(year)
        assert rule_book(book.notice)
        assert str(year) in book.notice.title

    @pytest.mark.parametrize("kind", ["forms", "titles", "linkage"])
    def test_a_year_with_files_of_its_own_has_a_notice(self, kind):
        assert set(years(DATA / kind)) <= set(years_with_notice()), "copy schemas/notices of the year before"

    def test_every_registered_column_stands_in_the_form_of_2020(self):
        assert {column.name for column in BOOK.form.filing} == {column.name for column in FILING}
        assert {column.name for column in BOOK.form.participant} == {column.name for column in PARTICIPANT}

    def test_a_year_has_its_own_form_titles_and_linking_settings(self, two_years):
        book = two_years.load(2021)
        assert "green_channel" not in {column.name for column in book.form.filing}
        assert book.form.filing_titles["theme"] == "培训主题方向"
        assert "研修日数" in book.titles.filing["days"].names
        assert book.linkage.merge == 0.9999999

    def test_an_old_year_is_as_it_was(self, two_years):
        assert two_years.load(2020) == BOOK

    def test_a_column_that_the_form_has_no_more_is_called_as_another_year_did(self, two_years):
        book = two_years.load(2021)
        assert [column.name for column in book.form.other_filing] == ["green_channel"]
        assert book.form.filing_titles["green_channel"] == "绿色通道依据"
        assert "green_channel" not in book.titles.filing
        assert "绿色通道依据" in book.titles.foreign

    def test_a_column_may_come_in_a_later_year(self, two_years):
        two_years.change("forms/2020.toml", to="forms/2021.toml")
        two_years.without("forms/2020.toml", "filing.phone")
        assert "phone" not in {column.name for column in two_years.load(2020).form.filing}
        assert "phone" in {column.name for column in two_years.load(2021).form.filing}

    def test_the_forms_order_is_the_files(self, folder):
        folder.without("forms/2020.toml", "filing.theme")
        theme = '\n[filing.theme]\ntitle = "培训领域"\ndoc = "例"\nrequired = true\nwidth = 12\n'
        folder.change("forms/2020.toml", ("\n[filing.title]", f"{theme}\n[filing.title]"))
        assert [column.name for column in folder.load().form.filing][:3] == ["seq", "theme", "title"]

    def test_a_year_without_files_of_its_own_has_those_of_the_newest_earlier_year(self, two_years):
        two_years.change("notices/2020.toml", ("year = 2020", "year = 2023"), to="notices/2023.toml")
        book, earlier = two_years.load(2023), two_years.load(2021)
        assert (book.form, book.titles, book.linkage) == (earlier.form, earlier.titles, earlier.linkage)

    def test_each_year_needs_a_notice_of_its_own(self, two_years):
        assert years_with_notice(two_years.path) == [2020, 2021]
        with pytest.raises(DataFileError, match=r"没有 2022 年的通知规则文件 2022\.toml；现有年份：2020、2021"):
            two_years.load(2022)

    def test_a_year_before_the_first_form_is_told(self, two_years):
        two_years.change("notices/2020.toml", ("year = 2020", "year = 2019"), to="notices/2019.toml")
        with pytest.raises(
            DataFileError, match=r"没有 2019 年或更早年份的申报表栏目文件（forms 文件夹）；现有年份：2020、2021"
        ):
            two_years.load(2019)

    def test_a_later_years_form_that_is_being_worked_on_stops_no_earlier_year(self, two_years):
        (two_years.path / "forms" / "2022.toml").write_text("[filing", "utf-8")
        (two_years.path / "notices" / "2022.toml").write_text("year = ", "utf-8")
        assert two_years.load(2020) == BOOK
        assert two_years.load(2021).form.filing_titles["green_channel"] == "绿色通道依据"

    def test_what_the_workers_get_needs_no_pydantic(self, tmp_path):
        packed = tmp_path / "packed"
        packed.write_bytes(pickle.dumps((BOOK.form, BOOK.titles, BOOK.spellings)))
        code = f"import pickle, sys; pickle.load(open({str(packed)!r}, 'rb')); assert 'pydantic' not in sys.modules"
        subprocess.run([sys.executable, "-c", code], cwd=DATA.parent, check=True)


FORM, TITLES, SPELLINGS, LINKAGE = "forms/2020.toml", "titles/2020.toml", "spellings.toml", "linkage/2020.toml"
SLIPS = [
    # the form
    (FORM, ("[filing.days]", "[filing.day]"), "[filing.day]", "[filing.day] 不是登记过的栏目"),
    (FORM, ("[filing.days]", "[filing.seq]"), None, "同一部分写了两次"),
    (FORM, ('title = "培训天数"\n', ""), "[filing.days]", "filing.days.title：缺少这一项"),
    (FORM, ('title = "培训天数"', 'title = ""'), 'title = ""', "栏名不能为空"),
    (FORM, ('title = "培训天数"', 'title = "申报人数"'), None, "栏名“申报人数”写了两次，[filing.headcount] 也叫这个"),
    (FORM, ("required = true", "obligatory = true"), "obligatory", "filing.seq.obligatory：不认得这一项"),
    (FORM, ("required = true", 'required = "必填"'), 'required = "必填"', "应为 true 或 false，现为“必填”"),
    (FORM, ("required = true\n", ""), "[filing.seq]", "filing.seq.required：缺少这一项"),
    (FORM, ("width = 6", "width = 0"), "width = 0", "宽度应大于 0"),
    (FORM, ("width = 6", 'width = "宽"'), 'width = "宽"', "应为数字，现为“宽”"),
    (FORM, ('unit_label = "填报单位："\n', ""), None, "unit_label：缺少这一项"),
    (FORM, ('participant = "参团单位"\n', ""), "[sheets]", "sheets.participant：缺少这一项"),
    (FORM, ("[filing.days]", "[filings.days]"), "[filings.days]", "filings：不认得这一项"),
    (FORM, ('title = "培训天数"', 'title = "境外天数'), 'title = "境外天数', "文字后面缺少英文双引号"),
    # how offices call the columns
    (TITLES, ("[filing.days]", "[filing.day]"), "[filing.day]", "[filing.day] 不是申报表的栏目"),
    (TITLES, ("[filing.days]", "[filings.days]"), "[filings.days]", "filings：不认得这一项"),
    (TITLES, ("[words]", "[word]"), "[word]", "word：不认得这一项"),
    (TITLES, ("[participant.region]\nnames", "[participant.region]\nname"), "[participant.region]\nname", "不认得这一项"),
    (TITLES, ('names = ["培训天数"', 'names = [3, "培训天数"'), 'names = [3, "培训天数"', "应为文字（加英文双引号），现为 3"),
    (TITLES, ('names = ["培训天数"', 'names = "培训天数"\nmore = ["研修"'), None, "应为方括号里的一列词"),
    (TITLES, ('names = ["培训天数"', 'names = ["省管干部"'), 'names = ["省管干部人数"', "“省管干部”已经是 [filing.days] 的叫法"),
    (TITLES, ('names = ["培训天数"', 'names = ["{申报|参训} 人数", "培训天数"'), None, "“申报 人数”已经是 [filing.headcount] 的叫法"),
    (TITLES, ('names = ["培训天数"', 'names = ["", "培训天数"'), 'names = ["", "培训天数"', "filing.days.names：有空的词"),
    # how they spell values
    (SPELLINGS, ('"专业技术类" = ["专业技术"', '"专业类" = ["专业技术"'), '"专业类"', "“专业类”不在任何一年通知的词表 training_type 中"),
    (SPELLINGS, ("[choice.expert_review]", "[choice.experts]"), "[choice.experts]", "没有词表 experts"),
    (SPELLINGS, ('类" = ["专业技术"', '类" = ["综合管理"'), '类" = ["综合管理", "专技类"', "“综合管理”已经是“综合管理类”的写法"),
    (SPELLINGS, ('no = ["否",', 'no = ["否", "有",'), 'no = ["否", "有",', "“有”既是“是”又是“否”"),
    (SPELLINGS, ("unlikely = 10000", 'unlikely = "多"'), 'unlikely = "多"', "应为数字，现为“多”"),
    (SPELLINGS, ("unlikely = 10000", "unlikely = 100"), "unlikely_without_unit = 5000", "不应大于 unlikely"),
    (SPELLINGS, ('ditto = ["同上"', 'ditto = ["同上", " "'), "ditto = ", "ditto：有空的词"),
    (SPELLINGS, ("ditto = ", "dito = "), "dito = ", "dito：不认得这一项"),
    (SPELLINGS, ("[units]", "[unit]"), "[unit]", "unit：不认得这一项"),
    # how groups are recognised
    (LINKAGE, ("offer = 0.03", "offer = 0.999"), "offer = 0.999", "应有 offer ≤ merge"),
    (LINKAGE, ("merge = 0.98", "merge = 98"), "merge = 98", "应小于 1，现为 98"),
    (LINKAGE, ('verdict = "agree"', 'verdict = "perhaps"'), 'verdict = "perhaps"', "应为 agree、close、differ、missing 之一"),
    (LINKAGE, ("window = 24", 'window = "许多"'), 'window = "许多"', "应为整数，现为“许多”"),
    (LINKAGE, ("\nearly = true", "\nsoon = true"), "soon = true", "soon：不认得这一项"),
    (LINKAGE, ("m = 0.53", "m = 1.53"), "m = 1.53", "不应大于 1，现为 1.53"),
    (LINKAGE, ('parts = ["otm_no"]', "parts = []"), "parts = []", "不能为空"),
    (LINKAGE, ('parts = ["otm_no"]', 'parts = ["omt_no"]'), 'parts = ["omt_no"]', "“omt_no”不认得，应为 otm_no、"),
    (LINKAGE, ('["office", "country", "week"]', '["office", "country", "week", "words"]'), None, "至多 3 个，现有 4 个"),
    (LINKAGE, ('lacking = "country"', 'lacking = "contry"'), 'lacking = "contry"', "“contry”不认得"),
    (LINKAGE, ('terms = "institution"', 'terms = "instituton"'), 'terms = "instituton"', "没有可比的栏目 instituton"),
    (LINKAGE, ('sql = "country_l = ', 'sql = "contry_l = '), 'sql = "contry_l = ', "没有可比的栏目 contry"),
    (LINKAGE, ("{own_letters} = 0", "{own_leters} = 0"), 'sql = "{own_leters}', "没有度量 {own_leters}"),
    (LINKAGE, ("{own_letters} = 0", "{own_letters = 0"), 'sql = "{own_letters = ', "花括号没有成对"),
    # the notice
    ("notices/2020.toml", ("headcount = 20 ", "headcout = 20 "), "headcout = 20", "limits.headcout：不认得这一项"),
    ("notices/2020.toml", ("[limits]", "[limit]"), "[limit]", "limit：不认得这一项"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "place", "said"), SLIPS, ids=[f"{s[0]}-{s[3]}"[:60] for s in SLIPS])
def test_a_slip_is_told_with_its_file_and_line(folder, name, change, place, said):
    text = folder.change(name, change)
    with pytest.raises(DataFileError) as error:
        folder.load()
    told = str(error.value)
    assert said in told
    assert name in told
    assert re.search(r"第 \d+ 行|全文", told)
    if place is not None:
        assert f"第 {text[: text.index(place)].count(chr(10)) + 1} 行" in told


def test_a_form_column_without_titles_is_told(folder):
    folder.without(TITLES, "participant.region")
    with pytest.raises(DataFileError, match=r"titles/2020\.toml .*缺少 \[participant\.region\]，申报表有这一栏"):
        folder.load()


def test_a_registered_column_that_no_form_has_is_told(folder):
    for form in (folder.path / "forms").iterdir():
        if "[filing.green_channel]" in form.read_text("utf-8"):  # a later year may not ask for it
            folder.without(f"forms/{form.name}", "filing.green_channel")
    with pytest.raises(
        DataFileError, match=r"forms/2020\.toml .*schemas/columns\.py 登记的栏目 green_channel 不在任何一年的申报表里"
    ):
        folder.load()


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (Field("phone", "text"), "栏目 phone 在 schemas/columns.py 登记了两次"),
        (Field("phone", "money"), "栏目 phone 在 schemas/columns.py 里的种类“money”不认得"),
        (Field("expert_review", "choice"), "栏目 expert_review 在 schemas/columns.py 里没有写词表"),
        (Field("phone", "text", "expert_review"), "里不从列表中选填，却写了词表 expert_review"),
    ],
    ids=["twice", "kind", "no vocabulary", "a vocabulary too many"],
)
def test_a_column_that_is_registered_amiss_is_told(folder, monkeypatch, column, said):
    others = [other for other in REGISTERED if "两次" in said or other.name != column.name]
    monkeypatch.setitem(TABLES, "filing", (*others, column))
    with pytest.raises(DataFileError, match=rf"forms/2020\.toml .*{re.escape(said)}"):
        folder.load()


def test_a_vocabulary_that_the_form_needs_and_the_notice_lacks_is_told(folder):
    folder.change("notices/2020.toml", ("green_channel = [", "green_chanel = ["))
    with pytest.raises(DataFileError, match=r"notices/2020\.toml .*缺少词表 green_channel"):
        folder.load()


@pytest.mark.parametrize("name", [FORM, TITLES, SPELLINGS, LINKAGE])
def test_a_file_that_is_not_there_is_told(folder, name):
    (folder.path / name).unlink()
    with pytest.raises(DataFileError, match=r"找不到写法文件|没有 2020 年或更早年份的"):
        folder.load()


@pytest.mark.parametrize("name", [FORM, TITLES, SPELLINGS, LINKAGE])
def test_a_file_in_another_encoding_is_told(folder, name):
    path = folder.path / name
    path.write_bytes(path.read_text("utf-8").replace("🗸", "").encode("gb18030"))
    with pytest.raises(DataFileError, match=f"{name} 不是 UTF-8 编码"):
        folder.load()


def test_a_slip_ends_a_command_with_2_before_any_work(folder, monkeypatch, capsys, tmp_path):
    folder.change(TITLES, ("[filing.days]", "[filing.day]"))
    monkeypatch.setattr("schemas.yearbook.load_yearbook", lambda year, tried: load_yearbook(year, folder.path))
    monkeypatch.setenv("HUIZONG_STATE", str(tmp_path / "state"))
    (tmp_path / "inputs" / "2020").mkdir(parents=True)
    outputs = tmp_path / "outputs"
    asked = ["nightly", "--year", "2020", "--inputs", str(tmp_path / "inputs"), "--outputs", str(outputs)]
    assert cli.main(asked) == cli.WRONG
    said = capsys.readouterr().err
    assert said.startswith("设置有误：栏目叫法文件 titles/2020.toml 有 ")
    assert said.count("\n") == 1
    assert not [path for path in outputs.rglob("*") if path.is_file()]


def test_no_year_stands_in_the_code():
    """The year is data: what is asked for, what has a notice. Comments and docstrings may cite one."""
    said = {path: re.findall(r"\b20[12]\d\b", _code(path)) for path in _sources()}
    assert {str(path): years for path, years in said.items() if years} == {}


def _sources() -> list[Path]:
    project = DATA.parent
    return [
        path
        for room in ("flows", "schemas", "sql")
        for kind in ("*.py", "*.sql")
        for path in (project / room).rglob(kind)
    ]


def _code(path: Path) -> str:
    """The source without comments and docstrings."""
    text = path.read_text("utf-8")
    if path.suffix == ".sql":
        return re.sub(r"--.*", "", text)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):  # a string that stands alone says something to a reader, and nothing to the program
            node.body = [one for one in body if not _is_text(one)] or [ast.Pass()]
    return ast.unparse(tree)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
