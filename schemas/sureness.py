"""How sure the rules are that judge texts: what they made of labelled filings, counted by clause.

``schemas/measured/<year>.toml`` is written by ``python -m tests.labelled measured``; a test holds it to what is measured.
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from schemas.data_file import read_data_file

CALLED = "文字规则的实测"
MEASURED = Path(__file__).parent / "measured"

Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClauseMeasured(_Part):
    """Of one clause: how many filings were ``faulty`` and how many of these were ``found``, how many clean ones were held or
    returned in error (``alarms``); and the same of the half that nobody looked at while choosing the words."""

    faulty: Count
    found: Count
    alarms: Count
    unseen_faulty: Count
    unseen_found: Count
    unseen_alarms: Count


class Measured(_Part):
    """Of how many ``clean`` filings alarms were counted (``unseen_clean`` of the unseen half), and the figures by clause."""

    clean: Count
    unseen_clean: Count
    clauses: dict[str, ClauseMeasured]


def load_measured(year: int, folder: Path = MEASURED) -> Measured | None:
    """What was measured with the notice of ``year``; None where nothing was.

    Raises:
        DataFileError: the file is not as it must be; names the line.
    """
    path = folder / f"{year}.toml"
    return read_data_file(path, CALLED).fit(Measured) if path.is_file() else None
