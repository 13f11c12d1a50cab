"""Survivorship: of the filings of a group, which one leads it and whose value survives in each column."""
