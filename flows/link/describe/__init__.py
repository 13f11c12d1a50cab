"""Describe: each filing as it is compared, and which filings share enough to be compared (blocking)."""
