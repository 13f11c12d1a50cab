"""The units taking part in filings, with what 单位名录 knows of them and of their organiser."""

import pandas as pd

from flows.lineage import Lineage, participant_keys
from flows.references import References
from flows.validate.tables.register import other_region, other_system, units_beside
from flows.validate.tables.rows import ParticipantRows
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Filings, Participants, empty


def participants_read(
    participants: DataFrame[Participants],
    filings: DataFrame[Filings],
    unit_of_file: pd.Series,
    lineage: Lineage,
    references: References,
    notice: Notice,
) -> DataFrame[ParticipantRows]:
    """Every participant; ``filings`` are those that they may belong to."""
    if participants.empty:
        return empty(ParticipantRows)
    of_filing = filings.set_index("filing_id")
    filer = participants["filing_id"].map(of_filing["unit"])
    organiser = participants["filing_id"].map(of_filing["organiser"]).astype(TEXT)
    rows = pd.concat(
        [
            participants.assign(
                subject=participant_keys(participants, lineage),
                unit=filer.fillna(participants["file"].map(unit_of_file)).astype(TEXT),
                organiser=organiser,
            ),
            units_beside(participants["participant"], "unit", references, notice),
            units_beside(organiser, "organiser", references, notice),
        ],
        axis="columns",
    )
    rows["own"] = rows["participant"].eq(rows["organiser"])
    rows["elsewhere"] = ~rows["own"] & (other_region(rows, notice) | other_system(rows))
    return ParticipantRows.validate(rows)
