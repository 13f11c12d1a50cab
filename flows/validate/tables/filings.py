"""The filings, with what the registers and the notice know of them."""

import pandas as pd

from flows.cross_region import may_organise
from flows.lineage import CellsOf
from flows.references import References
from flows.validate.tables.register import beside, units_beside, within
from flows.validate.tables.rows import FilingRows, OrganisedFilings, ParticipantRows
from flows.validate.tables.themes import themes_beside
from flows.validate.tables.titles import without_names
from flows.validate.words import listed
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Filings

_YUAN = 10_000


def organised(
    filings: DataFrame[Filings], participants: DataFrame[ParticipantRows], references: References, notice: Notice
) -> DataFrame[OrganisedFilings]:
    """The filings with who organises them and who takes part."""
    organiser = units_beside(filings["organiser"], "organiser", references, notice)
    elsewhere = participants[participants["elsewhere"]]
    away = listed(elsewhere["participant"], elsewhere["filing_id"])
    people = participants.groupby("filing_id")["participants"].sum(min_count=1)
    own = pd.DataFrame(
        {
            "subject": filings["filing_id"],
            "organises_across": filings["organiser"].map(may_organise(references.units, notice)).eq(True),
            "elsewhere": filings["filing_id"].map(away).astype(TEXT),
            "people": filings["filing_id"].map(people).astype("Int64"),
        }
    )
    return OrganisedFilings.validate(pd.concat([filings, organiser, own], axis="columns"))


def filings_read(
    filings: DataFrame[OrganisedFilings], cells: CellsOf, references: References, notice: Notice
) -> DataFrame[FilingRows]:
    """Every filing, with what is known of its country, institution, number, theme and cost."""
    last = references.last_year.assign(otm_no=references.last_year["otm_no"].str.strip().str.upper())
    before = beside(filings["otm_no"].str.strip().str.upper(), last, "otm_no", {"institution_last": "institution"})
    names = before["institution_last"]
    country = beside(filings["country"], references.countries, "country", {"country_hot": "hot"})
    formal = {"institution_formal": "formal_cooperation"}
    institution = beside(filings["institution"], references.institutions, "institution", formal)
    own = pd.DataFrame(
        {
            "country_known": within(filings["country"], references.countries["country"]),
            "institution_known": within(filings["institution"], references.institutions["institution"]),
            "institution_last": names.map(references.institution_names).fillna(names).astype(TEXT),
            "title_rest": without_names(filings, cells, references),
            "span": (filings["end_date"] - filings["start_date"]).dt.days.astype("Int64") + 1,
        }
    )
    parts = [own, country, institution, themes_beside(filings["theme"], notice), _rates(filings)]
    return FilingRows.validate(pd.concat([filings, *parts], axis="columns"))


def _rates(filings: pd.DataFrame) -> pd.DataFrame:
    """元 a person and day, and how it lies among the filings to the same country."""
    people_days = filings["headcount"] * filings["days"]
    usable = filings["budget"].gt(0) & people_days.gt(0) & filings["country"].notna()
    rate = (filings["budget"] * _YUAN / people_days).where(usable.fillna(False)).astype("Float64")
    of_country = rate.groupby(filings["country"])
    median = of_country.transform("median")
    deviation = (rate - median).abs().groupby(filings["country"]).transform("median")
    count = of_country.transform("count").astype("Int64")
    return pd.DataFrame({"rate": rate, "rate_median": median, "rate_deviation": deviation, "rate_filings": count})
