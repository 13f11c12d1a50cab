"""The filings, with what the registers and the notice know of them."""

import numpy as np
import pandas as pd

from flows.cross_region import may_organise
from flows.lineage import CellsOf
from flows.references import References
from flows.validate.tables.institutions import institutions_beside
from flows.validate.tables.register import beside, other_region, other_system, units_beside, within
from flows.validate.tables.rows import FilingRows, OrganisedFilings, ParticipantRows
from flows.validate.tables.themes import themes_beside
from flows.validate.tables.titles import without_names
from flows.validate.words import listed
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Filings
from schemas.words import NO_CELL

_YUAN = 10_000


def organised(
    filings: DataFrame[Filings], participants: DataFrame[ParticipantRows], references: References, notice: Notice
) -> DataFrame[OrganisedFilings]:
    """The filings with who organises them and who takes part."""
    organiser = units_beside(filings["organiser"], "organiser", references, notice)
    elsewhere = participants[participants["elsewhere"]]
    away = listed(elsewhere["participant"], elsewhere["filing_id"])
    own = pd.DataFrame(
        {
            "subject": filings["filing_id"],
            "organises_across": filings["organiser"].map(may_organise(references.units, notice)).eq(True),
            "elsewhere": filings["filing_id"].map(away).astype(TEXT),
            "filed_elsewhere": _filed_elsewhere(filings["unit"], organiser, references, notice),
        }
    )
    parts = [filings, organiser, own, _taking_part(filings["filing_id"], participants)]
    return OrganisedFilings.validate(pd.concat(parts, axis="columns"))


def _taking_part(filing_ids: pd.Series, participants: DataFrame[ParticipantRows]) -> pd.DataFrame:
    """What each filing's participants come to: ``people``, ``people_counted``, ``joining``, ``own_listed``."""
    if participants.empty:
        nobody = pd.DataFrame(index=filing_ids.index).assign(
            people=None, people_counted=False, joining=0, own_listed=False
        )
        return nobody.astype({"people": "Int64", "joining": "int64"})
    sent = participants["participants"]
    rows = pd.DataFrame(
        {"people": sent, "uncounted": sent.isna(), "joining": ~participants["own"], "own": participants["own"]}
    )
    of_filing = rows.groupby(participants["filing_id"])
    people = filing_ids.map(of_filing["people"].sum(min_count=1)).astype("Int64")
    counts = of_filing[["uncounted", "joining", "own"]].sum().reindex(filing_ids.array, fill_value=0).astype("int64")
    counts.index = filing_ids.index
    return pd.DataFrame(
        {
            "people": people,
            "people_counted": people.notna() & counts["uncounted"].eq(0),
            "joining": counts["joining"],
            "own_listed": counts["own"].gt(0),
        }
    )


def _filed_elsewhere(unit: pd.Series, organiser: pd.DataFrame, references: References, notice: Notice) -> pd.Series:
    """Whether an office of another region or system than the organiser's filed it."""
    rows = pd.concat([units_beside(unit, "unit", references, notice), organiser], axis="columns")
    return other_region(rows, notice) | other_system(rows)


def filings_read(
    filings: DataFrame[OrganisedFilings], cells: CellsOf, references: References, notice: Notice
) -> DataFrame[FilingRows]:
    """Every filing, with what is known of its country, institution, number, theme and cost."""
    last = references.last_year.assign(otm_no=references.last_year["otm_no"].str.strip().str.upper())
    told = {"institution_last": "institution", "organiser_last": "organiser", "title_last": "title"}
    before = beside(filings["otm_no"].str.strip().str.upper(), last, "otm_no", told)
    names, organisers = before["institution_last"], before.pop("organiser_last")
    before_by = organisers.map(references.unit_names).fillna(organisers).astype(TEXT)
    country = beside(filings["country"], references.countries, "country", {"country_hot": "hot"})
    formal = {"institution_formal": "formal_cooperation"}
    institution = beside(filings["institution"], references.institutions, "institution", formal)
    own = pd.DataFrame(
        {
            "country_known": within(filings["country"], references.countries["country"]),
            "institution_known": within(filings["institution"], references.institutions["institution"]),
            "institution_last": names.map(references.institution_names).fillna(names).astype(TEXT),
            "organiser_last": before_by.where(before_by.ne(filings["organiser"]) & filings["organiser"].notna()),
            "title_last": before["title_last"],
            "title_rest": without_names(filings, cells, references),
            "letter_column": cells.cell("letter_no").ne(NO_CELL),
            "span": (filings["end_date"] - filings["start_date"]).dt.days.astype("Int64") + 1,
        }
    )
    shown = institutions_beside(filings["institution"], filings["country"], references, notice)
    parts = [own, country, institution, shown, themes_beside(filings["theme"], notice), _costs(filings, notice)]
    return FilingRows.validate(pd.concat([filings, *parts], axis="columns"))


def _costs(filings: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """What a person costs, and how 元 a person and day lies among the filings to the same country of about as many days."""
    people, days = filings["headcount"], filings["days"]
    usable = filings["budget"].gt(0) & people.gt(0) & days.gt(0)
    per_head = (filings["budget"] / people).where(usable.fillna(False)).astype("Float64")
    last = len(notice.lengths) - 1
    length = np.searchsorted([one.to for one in notice.lengths], days.fillna(1).to_numpy(dtype="int64")).clip(0, last)
    rate = (per_head * _YUAN / days).where(filings["country"].notna()).astype("Float64")
    alike = [filings["country"], length]
    of_alike = rate.groupby(alike)
    median = of_alike.transform("median")
    return pd.DataFrame(
        {
            "length": pd.Series(
                np.array([one.called for one in notice.lengths])[length], index=filings.index, dtype=TEXT
            ),
            "per_head": per_head,
            "per_head_limit": pd.Series(
                np.array([one.per_head for one in notice.lengths], dtype=float)[length],
                index=filings.index,
                dtype="Float64",
            ),
            "rate": rate,
            "rate_median": median,
            "rate_deviation": (rate - median).abs().groupby(alike).transform("median"),
            "rate_filings": of_alike.transform("count").astype("Int64"),
        }
    )
