"""The organisers that had projects last year."""

import pandas as pd

from flows.references import References, carried_out
from flows.validate.once import once
from flows.validate.tables.rows import UnitRows
from flows.validate.words import listed
from schemas.tables import TEXT, DataFrame, Filings


def organisers_of_last_year(filings: DataFrame[Filings], references: References) -> DataFrame[UnitRows]:
    """Every organiser with projects last year, at its first filing by file, sheet and row."""
    figures, owing = _of_last_year(references)
    in_order = filings[["file", "sheet", "row", "organiser"]].sort_values(["file", "sheet", "row"], kind="stable")
    first = in_order.drop_duplicates("organiser")
    units = filings.loc[first.index[first["organiser"].isin(figures.index)]].reset_index(drop=True)
    approved = units["organiser"].map(figures["approved"]).astype("Int64")
    executed = units["organiser"].map(figures["executed"]).astype("Int64")
    rows = units.assign(
        subject=units["organiser"],
        approved=approved,
        executed=executed,
        executed_share=(executed / approved.where(approved.gt(0))).astype("Float64"),
        outstanding=units["organiser"].map(owing).astype(TEXT),
    )
    return UnitRows.validate(rows)


@once
def _of_last_year(references: References) -> tuple[pd.DataFrame, pd.Series]:
    """By unit how many people were ``approved`` and ``executed``, and the titles without a summary."""
    last = carried_out(references)
    owing = last[last["owing"]]
    return last.groupby("unit")[["approved", "executed"]].sum(), listed(owing["title"], owing["unit"])
