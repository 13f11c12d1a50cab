"""``python -m tests.season [--inputs inputs]``: write the sample season and its truth anew."""

import argparse
from pathlib import Path

from tests.season.folder import keep, write_season


def main() -> None:
    """Write and say how much."""
    parser = argparse.ArgumentParser(prog="python -m tests.season", description=__doc__)
    parser.add_argument("--inputs", type=Path, default=Path("inputs"))
    inputs = parser.parse_args().inputs
    truth = write_season(inputs)
    keep(truth, inputs)
    filings = sum(int(str(told["filings"])) for told in truth.files.values())
    print(
        f"{len(truth.files)} files, {filings} filings, {len(truth.problems)} problems, {len(truth.groups)} groups: {inputs}"
    )


main()
