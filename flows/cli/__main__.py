"""``python -m flows.cli`` is ``huizong``."""

from flows.cli import run

run()
