"""Runs every benchmark, or those named, each in a process of its own: ``python -m tests.benchmarks [NAME …]``."""

import pkgutil
import subprocess
import sys

from tests import benchmarks


def main(asked: list[str]) -> int:
    """Run the benchmarks ``asked`` for (none: all); returns how many failed."""
    known = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    unknown = sorted(set(asked) - set(known))
    if unknown:
        sys.stderr.write(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(known)}\n")
        return 2
    failed = 0
    for name in asked or known:
        sys.stdout.write(f"\n== {name}\n")
        sys.stdout.flush()
        failed += bool(subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode)
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
