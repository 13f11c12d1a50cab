"""``python -m tests.audit``: are there known weaknesses in the pinned libraries? Asks OSV by pip-audit, in an environment of its own;
where the network does not let it, that is said loudly and nothing has been looked at."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOOL = "pip-audit==2.10.1"
_ASKED = ("--requirement", "constraints.txt", "--disable-pip", "--require-hashes", "--vulnerability-service", "osv")
CLEAN, WEAK = 0, 1


def main() -> int:
    """Make the tool ready and ask; the exit status."""
    home = PROJECT / ".venv" / "audit"
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    made = _run(sys.executable, "-m", "venv", str(home))
    if made.returncode == 0:
        made = _run(str(python), "-m", "pip", "install", "--quiet", TOOL)
    if made.returncode:
        return skipped(f"{TOOL} cannot be installed: {_last(made.stderr)}")
    asked = _run(str(python), "-m", "pip_audit", *_ASKED, "--format", "json", "--progress-spinner", "off")
    return judged(asked.stdout, asked.stderr)


def judged(said: str, trouble: str) -> int:
    """What came of it: ``said`` is pip-audit's JSON, nothing where its service did not answer."""
    try:
        libraries = json.loads(said)["dependencies"]
    except (ValueError, KeyError):
        return skipped(f"no answer from the service: {_last(trouble)}")
    weak = [(one["name"], one["version"], each) for one in libraries for each in one.get("vulns", ())]
    for name, version, each in weak:
        print(f"{name} {version}: {each['id']}, mended in {', '.join(each.get('fix_versions', ())) or 'no version'}")
    print(f"AUDIT: {len(libraries)} libraries looked at, {len(weak)} known weaknesses")
    return WEAK if weak else CLEAN


def skipped(why: str) -> int:
    """Say that nothing was looked at."""
    print(f"\n***** AUDIT SKIPPED: {why}\n***** No library was looked at: run `make audit` where the network is.\n")
    return CLEAN


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600)


def _last(text: str) -> str:
    return (text.strip().splitlines() or ["it says nothing"])[-1][:300]


if __name__ == "__main__":
    raise SystemExit(main())
