"""The sample season: an invented 2020 of Sichuan that shows what the system is for, with what was planted in it.

``python -m tests.season`` writes ``inputs/`` and ``tests/season/truth.json`` anew, the same bytes each time.
"""
