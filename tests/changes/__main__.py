"""Try pages of ``docs/changes``: ``python -m tests.changes [page]…``; without a name all."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.changes.page import PAGES, load_page
from tests.changes.trial import followed, forgotten


def main(names: list[str]) -> int:
    """Print a line a page and a place; 1 where something does not hold."""
    held = True
    for name in names or PAGES:
        page = load_page(name)
        with TemporaryDirectory() as folder:
            wrong = followed(page, Path(folder))
        print(f"{name} | all of it | {'works' if not wrong else 'FAILS'}", *wrong, sep="\n  ", flush=True)
        held &= not wrong
        for heading, tests, silent in forgotten(page):
            print(
                f"{name} | {heading} | {'SILENT: ' + '; '.join(silent) if silent else tests or 'may be left out'}",
                flush=True,
            )
            held &= not silent
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
