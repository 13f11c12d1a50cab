"""``python -m tests.layouts``: how well each layout is read."""

import argparse
import tempfile
from pathlib import Path

from tests.layouts.measure import every_layout, measure


def main() -> None:
    """Print a line a layout and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only layouts whose name contains one of these")
    parser.add_argument("--keep", type=Path, help="write the files here")
    asked = parser.parse_args()
    layouts = [each for each in every_layout() if not asked.names or any(name in each.name for name in asked.names)]
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(layouts, asked.keep or Path(folder))
    print(f"{'cells':>6} {'right':>6} {'lost':>5} {'invented':>9}  layout")
    for each in figures:
        print(f"{each.cells:>6} {each.right:>6} {each.lost:>5} {each.invented:>9}  {each.name}")
        for wrong in each.wrong:
            print(f"{'':>30}{wrong}")
    cells, right = sum(each.cells for each in figures), sum(each.right for each in figures)
    print(f"{cells:>6} {right:>6} {sum(e.lost for e in figures):>5} {sum(e.invented for e in figures):>9}  all")
    print(
        f"{len(figures)} layouts, {right / max(cells, 1):.2%} of cells right, {sum(e.perfect for e in figures)} without fault"
    )


if __name__ == "__main__":
    main()
