"""Values: what the text of a cell means, by the kind of its column."""

from flows.read.values.ambiguous import Unclear
from flows.read.values.characters import ODD
from flows.read.values.column import CODES, LONG_TEXTS, Reader, Values
from flows.read.values.names import Countries, Institutions, Units

__all__ = ["CODES", "LONG_TEXTS", "ODD", "Countries", "Institutions", "Reader", "Unclear", "Units", "Values"]
