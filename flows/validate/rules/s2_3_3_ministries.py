"""二（三）3: fields that the ministries file for."""

import pandas as pd

from flows.validate.lexicon import lexicon
from flows.validate.rule import rule
from flows.validate.tables.rows import FilingRows, TextRows
from flows.validate.texts import WEIGHED
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame


def field_of_theme(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``because``: by which word the theme is of which field; the word is not said where it is the whole theme."""
    fields = {word: field.domain for field in reversed(notice.reserved) for word in (*field.words, *field.alone)}
    domain = filings["reserved"].map(fields).fillna("")
    by_word = "中有“" + filings["reserved"] + "”，"
    whole = filings["theme"].eq(filings["reserved"])
    return pd.DataFrame({"because": by_word.mask(whole, "") + "属" + domain + "领域"})


@rule(
    "reserved-theme",
    clause="二（三）3",
    severity="prohibit",
    about="theme",
    looks_at="培训领域",
    message="培训领域“{theme}”{because}，由中央主管部门统一组织申报，省、市单位不再申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
    tells=field_of_theme,
)
def theme_not_of_the_ministries(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """立法, 司法, 公安, 民族 and 宗教 are not filed for by province or city (二（三）3), by the words of 培训领域."""
    return filings["reserved"].isna() | filings["reserved_doubtful"]


def word_of_theme(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``named``: the word of the theme that sounds like such a field, where it is not the whole theme."""
    word, theme = filings["reserved"].astype(TEXT), filings["theme"].astype(TEXT)
    return pd.DataFrame({"named": ("中的“" + word + "”").where(word.ne(theme), "")}, index=filings.index)


@rule(
    "reserved-theme-doubtful",
    clause="二（三）3",
    severity="hold",
    about="theme",
    assist=True,
    looks_at="培训领域",
    message="培训领域“{theme}”{named}{reserved_reason}；立法、司法、公安、民族、宗教等领域由中央主管部门统一申报。",
    advice="请书面说明培训的业务领域，由审核人判断是否受理。",
    tells=word_of_theme,
)
def theme_surely_not_of_the_ministries(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """A theme that only sounds like such a field (民族医药) is for a person to judge (二（三）3), unless its organiser is of
    one and needs no second look."""
    sure = (filings["reserved"].isna() | ~filings["reserved_doubtful"]).fillna(True).astype(bool)
    of_one = organisers_field(filings[~sure], notice)["field"].notna()
    return sure | of_one.reindex(filings.index, fill_value=False)


def organisers_field(filings: DataFrame[FilingRows], notice: Notice) -> pd.DataFrame:
    """``field``: the ministries' field to which the organiser belongs, by its system or by its name; ``by`` which of both."""
    names, systems, listed = (
        filings[name].fillna("").tolist() for name in ("organiser", "organiser_system", "organiser_system_listed")
    )
    organisers = list(zip(names, systems, listed, strict=True))
    told = {one: _field(one[0], one[1], one[2], notice) for one in dict.fromkeys(organisers)}
    return pd.DataFrame([told[one] for one in organisers], columns=["field", "by"], index=filings.index, dtype=TEXT)


def _field(name: str, system: str, listed: str, notice: Notice) -> tuple[str | None, str | None]:
    """The ministries' field of the unit of that name and system (``listed`` in the list's own word), and by which of both."""
    for reserved in notice.reserved:
        if system and system in {notice.system_names.get(one, one) for one in reserved.systems}:
            return reserved.domain, f"单位名录中的所属系统是“{listed}”"
        if word := lexicon(*reserved.organisers).first(name):
            return reserved.domain, f"单位名称中有“{word}”"
    return None, None


@rule(
    "reserved-organiser",
    clause="二（三）3",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位及其所属系统（单位名录）",
    message="组团单位{organiser}{by}，{field}领域的培训由中央主管部门统一组织申报，省、市单位不再申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
    tells=organisers_field,
)
def organiser_not_of_the_ministries(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """The organiser is of no such field, by its 系统 or its name: 司法厅 is, 西南民族大学 is not (二（三）3). Where the theme
    already says so, it is not said again."""
    said = filings["reserved"].notna() & ~filings["reserved_doubtful"].fillna(False)
    return organisers_field(filings, notice)["field"].isna() | said


@rule(
    "vertical-organiser",
    clause="二（三）3",
    severity="prohibit",
    about="organiser",
    looks_at="组团单位的垂直管理（单位名录）",
    message="组团单位{organiser}由国务院有关部门垂直管理，培训由中央主管部门统一组织申报。",
    advice="请撤回该项目，通过中央主管部门申报。",
)
def organiser_not_under_vertical_management(filings: DataFrame[FilingRows], notice: Notice) -> pd.Series:
    """Units under vertical management do not file here (二（三）3)."""
    return ~filings["organiser_vertical"]


@rule(
    "reserved-text",
    clause="二（三）3",
    severity="hold",
    over="texts",
    assist=True,
    looks_at=f"项目名称、培训内容、备注（{WEIGHED}）",
    message="培训领域填报为“{theme}”，但{text_title}中有{evidence}{against}，像是立法、司法、公安、民族、宗教领域，由中央主管部门统一组织申报。",
    advice="请核对：属于这些领域的，撤回并通过中央主管部门申报。",
    otherwise="不属于的，请书面说明培训的业务内容。",
)
def texts_not_of_the_ministries(texts: DataFrame[TextRows], notice: Notice) -> pd.Series:
    """Nor under another theme are these fields filed for (二（三）3). What theme or organiser has already said is not said
    again."""
    return texts["reserved"].notna() | organisers_field(texts, notice)["field"].notna()
