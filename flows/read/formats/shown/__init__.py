"""What a cell shows: its number format, what is struck out in it, and what only looks like part of its text."""
