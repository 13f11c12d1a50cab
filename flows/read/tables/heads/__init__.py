"""Heads: the header of a table as the best explanation of what stands there, and which of its columns is which."""
