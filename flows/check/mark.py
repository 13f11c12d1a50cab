"""The copy of a checked file with its cells marked, as a unit would get it sent back."""

from flows.check.examine import Examined, alone
from flows.check.text import gravest_first
from flows.publish.returned import Marked, Marker, Marking, told_of
from flows.read import Failure, FoundFile, read_behind_wall
from flows.settings import ReadLimits


def marked(file: Examined, year: int, limits: ReadLimits | None = None) -> Marked | Failure:
    """The copy with what was found in it; why there is none where the workbook cannot be marked."""
    if file.readings is None:
        return Failure(file.reason)
    titles = file.readings.filings.set_index("filing_id")["title"]
    found = gravest_first(file.findings).assign(title=lambda frame: frame["filing_id"].map(titles))
    marking = Marking(FoundFile(file.place.resolve()), file.name, file.name, tuple(told_of(found)))
    (answer,) = read_behind_wall(Marker(), [marking], alone(year, limits))
    return answer
