"""Nights that are killed, stopped, run twice at once or with the clock set back, and what then lies in the outputs.

``python -m tests.torture`` (``make torture``) is the long form: a kill before every change that a night makes in the outputs,
and many random signals, with fixed seeds. The short form (``test_torture.py``) takes a few of each.
"""
