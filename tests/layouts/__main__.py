"""``python -m tests.layouts``: how well each layout is read; with ``--drawn N`` how well N layouts drawn at random are.

Of drawn layouts only the figures are printed, unless they are asked for by their seeds: whoever mends reading by the seeds that
it is measured on measures nothing.
"""

import argparse
import tempfile
from pathlib import Path

from tests.layouts import drawn
from tests.layouts.measure import every_layout, measure


def main() -> None:
    """Print a line a layout and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only layouts whose name contains one of these")
    parser.add_argument("--keep", type=Path, help="write the files here")
    parser.add_argument("--drawn", type=int, metavar="N", help="measure N layouts drawn at random instead")
    parser.add_argument("--first", type=int, default=1_000_000, metavar="SEED", help="the first of their seeds")
    parser.add_argument("--seeds", type=int, nargs="+", help="these drawn layouts, with what was wrong")
    asked = parser.parse_args()
    if asked.drawn:
        _drawn(range(asked.first, asked.first + asked.drawn), asked.keep)
        return
    if asked.seeds:
        layouts = [*drawn.layouts(asked.seeds)]
    else:
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


def _drawn(seeds: range, keep: Path | None) -> None:
    """Print how many drawn layouts are read without a wrong cell, and how many cells are."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure([*drawn.layouts(seeds)], keep or Path(folder))
    cells, right = sum(each.cells for each in figures), sum(each.right for each in figures)
    sound = sum(each.sound for each in figures)
    print(f"files without a wrong cell: {sound} of {len(figures)} ({sound / len(figures):.2%})")
    print(f"cells right: {right} of {cells} ({right / cells:.3%})")
    print(f"rows lost: {sum(e.lost for e in figures)}, invented: {sum(e.invented for e in figures)}")


if __name__ == "__main__":
    main()
