"""Labelled seasons and pairs, made or written without asking the linking model what it looks at."""
