"""Formats: what a file is by its content, and its bytes as grids, one a sheet."""
