"""Runs the benchmarks: ``python -m tests.benchmarks`` the one table, ``… quick`` a short one, ``… NAME …`` those named, in
detail, each in a process of its own."""

import pkgutil
import subprocess
import sys

from tests import benchmarks
from tests.benchmarks import table

_NO_BENCHMARKS = {"__main__", "big_season", "table", "ways"}


def main(asked: list[str]) -> int:
    """Run what is ``asked`` for; returns how many failed."""
    if asked in ([], ["quick"]):
        table.main(quick=bool(asked))
        return 0
    known = sorted({module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - _NO_BENCHMARKS)
    unknown = sorted(set(asked) - set(known))
    if unknown:
        sys.stderr.write(f"no such benchmark: {', '.join(unknown)}; there are: quick, {', '.join(known)}\n")
        return 2
    failed = 0
    for name in asked:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        failed += bool(subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode)
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
