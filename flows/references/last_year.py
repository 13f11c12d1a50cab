"""How the units carried out what they were approved for last year (一（五）, 四（六）2)."""

import pandas as pd

from flows.references.registers import References
from schemas.tables import TEXT, CarriedOut, DataFrame


def carried_out(references: References) -> DataFrame[CarriedOut]:
    """Last year's projects by the unit that organised them, by its name in 单位名录 where it has one."""
    last = references.last_year
    known = last["approved"].notna() & last["executed"].notna()
    told = pd.DataFrame(
        {
            "unit": last["organiser"].map(references.unit_names).fillna(last["organiser"]),
            "title": last["title"],
            "approved": last["approved"].where(known),
            "executed": last["executed"].where(known),
            "owing": ~last["summary_filed"].fillna(True) & last["executed"].gt(0).fillna(False),
        }
    )
    return CarriedOut.validate(told.astype({"unit": TEXT} | CarriedOut.dtypes()))
