"""Frames: what files gave as the tables of the night. Values are read once for each different text, whole columns at a time.

``readings`` puts all together; ``files`` what became of each file; ``records`` filings and participants; ``blocks`` their
texts, file after file; ``column_values`` the values of one column; ``column_readers`` who reads which kind of column;
``found_cells`` where each value came from.
"""

from flows.read.frames.column_readers import ColumnReaders
from flows.read.frames.readings import gather

__all__ = ["ColumnReaders", "gather"]
