"""The copy of a checked file with its cells marked, as a unit would get it sent back."""

from pathlib import Path

from flows.check.examine import Examined
from flows.check.text import gravest_first
from flows.publish.returned import Marked, Marker, Marking
from flows.read import Failure, FoundFile, read_behind_wall
from flows.settings import ReadLimits, Settings, state_folder
from schemas.sheets import LETTER


def marked(file: Examined, year: int, limits: ReadLimits | None = None) -> Marked | Failure:
    """The copy with what was found in it; why there is none where the workbook cannot be marked."""
    if file.readings is None:
        return Failure(file.reason)
    titles = file.readings.filings.set_index("filing_id")["title"]
    found = gravest_first(file.findings).assign(title=lambda frame: frame["filing_id"].map(titles))
    texts = found[[column.name for column in LETTER.columns if column.name != "number"]].astype(object)
    findings = tuple(texts.where(texts.notna(), "").to_dict("records"))
    settings = Settings(year, Path(), Path(), state_folder(), limits=limits or ReadLimits())
    marking = Marking(FoundFile(file.place.resolve()), file.name, file.name, findings)
    (answer,) = read_behind_wall(Marker(), [marking], settings)
    return answer
