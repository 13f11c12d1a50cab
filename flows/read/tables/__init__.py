"""Tables: where the tables and cards of a sheet are, which column is which, and their rows as records of text."""

from flows.read.tables.file_reading import FileReading, Seen
from flows.read.tables.knowledge import Knowledge, Words, words_of
from flows.read.tables.records import NOT_READ, SEPARATOR, Packed
from flows.read.tables.workbook import read_sheets

__all__ = ["NOT_READ", "SEPARATOR", "FileReading", "Knowledge", "Packed", "Seen", "Words", "read_sheets", "words_of"]
