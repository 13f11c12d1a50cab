"""What was checked, for other programs: plain values that JSON can hold, under the names of the contract's columns."""

from collections.abc import Sequence
from typing import Any

from flows.check.examine import CLEAN, FOUND, UNREAD, Examined
from flows.check.text import gravest_first
from schemas.words import SEVERITIES

_STATUS = {CLEAN: "clean", FOUND: "findings", UNREAD: "unreadable"}
_FINDING = (
    *("finding_id", "rule_id", "clause", "severity", "unit", "sheet", "cell", "column", "value", "message", "advice"),
    "filing_id",
)


def records(files: Sequence[Examined]) -> list[dict[str, Any]]:
    """One record a file: ``file`` as it was given, ``status``, ``reason`` where it could not be read, ``unit``, how many
    ``filings``, and its ``findings``, the gravest first."""
    return [_record(file) for file in files]


def _record(file: Examined) -> dict[str, Any]:
    said: dict[str, Any] = {"file": file.place.as_posix(), "status": _STATUS[file.status]}
    if file.readings is None:
        return said | {"reason": file.reason}
    whose = file.readings.files.iloc[0]
    found = gravest_first(file.findings)[[*_FINDING]].astype(object)
    findings = found.where(found.notna(), None).to_dict("records")
    return said | {
        "unit": whose["unit"] if isinstance(whose["unit"], str) else None,
        "filings": len(file.readings.filings),
        "findings": [{**finding, "severity_shown": SEVERITIES[finding["severity"]]} for finding in findings],
    }
