"""The year's notice as data: ``schemas/notices/<year>.toml``, loaded and checked.

The file is meant to be read and changed by an official: every number, vocabulary, word list and severity of the notice
stands there, nothing of it in code. What is wrong in it is said in Chinese with the file and the line.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from schemas.data_file import DataFile, Place, read_data_file, years
from schemas.errors import DataFileError
from schemas.notice_checks import contradictions
from schemas.ranking import Ranking
from schemas.weighing import Weighed

CALLED = "通知规则文件"
NOTICES = Path(__file__).parent / "notices"

KINDS = {"auto": "程序判断", "assist": "程序提示", "count": "统计比例", "person": "人判断"}
"""How a clause is looked after, and what an official reads for it."""

Word = Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]
"""A word that can be matched: an empty one would be found in everything."""

Words = tuple[Word, ...]
Positive = Annotated[int, Field(gt=0)]
NotNegative = Annotated[int, Field(ge=0)]
Severity = Literal["prohibit", "return", "hold", "advise"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Part):
    """The notice's numbers (people, days, characters, 万元, shares); the file says what each is for."""

    headcount: Positive
    days_least: Positive
    days_most: Positive
    long_term_over: Positive
    travel_days: NotNegative
    departure_years: NotNegative
    necessity_characters: NotNegative
    content_characters: NotNegative
    title_characters: NotNegative
    split_within_days: NotNegative
    share_groups: Positive
    execution_rate: Annotated[float, Field(ge=0, le=1)]
    outlier_filings: Annotated[int, Field(ge=3)]
    outlier_score: Annotated[float, Field(gt=0)]
    outlier_times: Annotated[float, Field(ge=1)]
    total_tolerance: Annotated[float, Field(ge=0)]


class Meanings(_Part):
    """Which words of the form and of 单位名录 a rule means when it says "specialist" or "provincial"."""

    priority_called: Words
    key_called: Words
    political_types: Words
    managing_types: Words
    specialist_types: Words
    formal_types: Words
    government_agreement: Words
    central_funding: Words
    review_rejected: Words
    review_pending: Words
    provincial_levels: Words
    local_levels: Words
    county_levels: Words
    organisation_departments: Words
    organs: Words
    societies: Words
    universities: Words
    collecting_systems: Words
    fieldless_systems: Words


class Filling(_Part):
    """How cells are filled in: words that say nothing, the patterns of a telephone number, and what may stand before one."""

    says_nothing: Words
    phones: Words
    phone_labels: Words = ()


class InstitutionWords(_Part):
    """What the name of an institution abroad shows that 境外机构名录 does not know (四（四）): ``agencies`` (unless within
    ``not_agencies``) that it arranges trips and teaches nothing; how names of ``domestic`` units begin, unless the country is
    one of ``not_abroad``; ``named_otherwise`` names that begin with a country in which they are not."""

    agencies: Words
    not_agencies: Words
    domestic: Words
    not_abroad: Words
    named_otherwise: Words


class Travel(_Part):
    """How many days abroad may be no training, besides ``travel_days``: one more for each ``one_more_each`` days of training,
    ``far_more`` in a country of ``far`` (四（二）)."""

    one_more_each: Positive
    far_more: NotNegative
    far: Words


class Length(_Part):
    """Projects of up to ``to`` days, the shorter ones aside: what they are ``called``, and what one person may cost (万元)."""

    to: Positive
    called: Word
    per_head: Annotated[float, Field(gt=0)]


class ClassCondition(_Part):
    """What a priority class asks of a filing, as far as columns show it; an empty condition asks nothing."""

    name: Word
    clause: Word
    says: str
    types: Words = ()
    levels: Words = ()
    long_term: bool = False

    @property
    def type_names(self) -> str:
        """The training types, as an official lists them."""
        return "、".join(self.types)


class Reserved(_Part):
    """A field that the ministries file for (二（三）3): ``words`` in a theme, or ``alone`` as a whole theme, unless within
    ``not_in``; ``hold``, and words within it, a person judges, for ``reason``. ``systems`` and ``organisers`` (parts of a
    name) are the units of the field."""

    domain: Word
    alone: Words = ()
    words: Words
    not_in: Words
    hold: Words
    reason: str
    systems: Words
    organisers: Words


class Unified(_Part):
    """A field that the provincial department of one of ``systems`` files for (二（三）4)."""

    theme: Word
    words: Words
    not_in: Words
    systems: Words


class Theme(_Part):
    """A theme by ``name`` or ``also``, ``words`` by which it is seen in a text, and the systems whose business it is (一（三）);
    ``shared`` is one that every system has to do with, and which tells nothing against others."""

    name: Word
    also: Words
    words: Words = ()
    systems: Words = ()
    shared: bool = False


class Business(_Part):
    """Points for what says that a filing is another system's business (above zero) or the organiser's own (below), and from
    how many on that is pointed out or held (一（三）)."""

    advise: Positive
    hold: Positive
    theme: Positive
    theme_words: Positive
    title: Positive
    own_title: Annotated[int, Field(le=0)]
    last_year: Annotated[int, Field(le=0)]


class Denial(_Part):
    """Words that deny what follows: ``near`` only what follows at once, or after a few words of ``between``. ``no_denial``
    are phrases in which such a word denies nothing."""

    negations: Words
    near: Words
    between: Words
    no_denial: Words


class TitleWords(_Part):
    """Words of a title that name no subject, and phrases made of them that do."""

    noise: Words
    subject: Words


class Clause(_Part):
    """One clause: its number, in short words what it says, how it is looked after and, where no rule does, why.

    ``formerly`` is the number by which the rules know it, where the year's notice numbers it anew.
    """

    number: Word
    says: str
    kinds: Annotated[tuple[Literal["auto", "assist", "count", "person"], ...], Field(min_length=1)]
    why: str | None = None
    formerly: str | None = None
    active: bool = True

    @property
    def known_as(self) -> str:
        """The number by which the rules know the clause."""
        return self.formerly or self.number


class Notice(_Part):
    """The notice of ``year``: ``vocabularies`` by name, each word in the order of the form; the rest as the file says."""

    year: int
    title: Word
    vocabularies: dict[str, Words]
    limits: Limits
    meanings: Meanings
    form: Filling
    institutions: InstitutionWords
    travel: Travel
    lengths: Annotated[tuple[Length, ...], Field(min_length=1)]
    classes: tuple[ClassCondition, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    unified: tuple[Unified, ...] = ()
    denial: Denial
    word_classes: dict[Word, Words] = {}
    weighed: tuple[Weighed, ...] = ()
    title_words: TitleWords
    systems: dict[Word, Words]
    theme_endings: Words = ()
    business: Business
    themes: tuple[Theme, ...]
    ranking: Ranking
    severities: dict[str, Severity]
    clauses: tuple[Clause, ...]
    _lines: dict[Place, int] = PrivateAttr(default_factory=dict)

    @property
    def class_names(self) -> str:
        """The priority classes, as an official lists them."""
        return "、".join(self.vocabularies["priority_class"])

    @cached_property
    def clause_of(self) -> dict[str, Clause]:
        """The clauses by the number that the rules know."""
        return {clause.known_as: clause for clause in self.clauses}

    @cached_property
    def weighed_by(self) -> dict[str, Weighed]:
        """What a text rule weighs, by the rule's id."""
        return {one.rule: one for one in self.weighed}

    @cached_property
    def system_names(self) -> dict[str, str]:
        """Every name of a system → the name by which systems are compared."""
        return {name: system for system, also in self.systems.items() for name in (*also, system)}

    def spelt_out(self) -> "Notice":
        """The same with each word of the classes that what is weighed names."""
        return self.model_copy(update={"weighed": tuple(one.spelt_out(self.word_classes) for one in self.weighed)})

    def wrong(self, found: Iterable[tuple[Place, str]]) -> DataFileError:
        """What does not fit, as an error that names the file and each line."""
        return DataFile(CALLED, f"{NOTICES.name}/{self.year}.toml", {}, self._lines).wrong(found)


def load_notice(year: int, folder: Path = NOTICES) -> Notice:
    """The notice of ``year``: each year needs one of its own.

    Raises:
        DataFileError: there is none, or it is not as it must be; names the file and the line.
    """
    path = folder / f"{year}.toml"
    if not path.is_file():
        known = "、".join(map(str, years(folder)))
        raise DataFileError(f"没有 {year} 年的{CALLED} {path.name}；现有年份：{known}。")
    return _notice_in(path, year)


def notice_tried(path: Path, year: int) -> Notice:
    """The notice in the file ``path``, of whatever year, as if it were that of ``year``.

    Raises:
        DataFileError: it is not as it must be; names the file and the line.
    """
    return _notice_in(path).model_copy(update={"year": year})


def _notice_in(path: Path, year: int | None = None) -> Notice:
    file = read_data_file(path, CALLED)
    notice = file.fit(Notice)
    file.refuse(contradictions(notice, notice.year if year is None else year))
    notice = notice.spelt_out()
    notice._lines.update(file.lines)
    return notice
