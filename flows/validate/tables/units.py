"""The organisers that had projects last year."""

from flows.references import References, carried_out
from flows.validate.tables.rows import UnitRows
from flows.validate.words import listed
from schemas.tables import TEXT, DataFrame, Filings


def organisers_of_last_year(filings: DataFrame[Filings], references: References) -> DataFrame[UnitRows]:
    """Every organiser with projects last year, at its first filing by file, sheet and row."""
    last = carried_out(references)
    figures = last.groupby("unit")[["approved", "executed"]].sum()
    owing = last[last["owing"]]
    owing = listed(owing["title"], owing["unit"])
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
