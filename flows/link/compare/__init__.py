"""Compare: candidate pairs of filings and how likely the two are one group, with the weight of each comparison."""
