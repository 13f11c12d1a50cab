"""The golden night: what the sample season comes to, kept as small files that a person can read.

``make golden`` writes them anew; a change in them is to be explained in the commit that brings it.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from schemas.words import DISPOSITIONS, SEVERITIES
from tests.nights import view

FOLDER = Path(__file__).parent


def golden(outputs: Path) -> Mapping[str, str]:
    """File → text, of the last night into ``outputs``."""
    tables = {"findings.csv": _findings(outputs), "filings.csv": _filings(outputs), "plan.csv": _plan(outputs)}
    return {name: table.to_csv(index=False, lineterminator="\n") for name, table in tables.items()}


def _findings(outputs: Path) -> pd.DataFrame:
    """Every finding that is more than a remark, and how often each remark was made."""
    found = view(outputs, "current_finding")
    shown = found.assign(severity=found["severity"].map(SEVERITIES))
    grave = shown[found["severity"].ne("advise")]
    grave = grave[["severity", "clause", "file", "sheet", "cell", "value", "message"]]
    remarks = shown[found["severity"].eq("advise")].groupby(["severity", "clause", "rule_id"], as_index=False)
    counted = remarks.size().rename(columns={"rule_id": "message", "size": "value"})
    counted["value"] = counted["value"].astype(str) + " 条"
    grave = grave.sort_values(["file", "sheet", "cell", "clause", "message"], na_position="first")
    return pd.concat([grave, counted.sort_values("message")], ignore_index=True)


def _filings(outputs: Path) -> pd.DataFrame:
    """Where each filing went."""
    filings = view(outputs, "current_filing").sort_values(["file", "sheet", "row"])
    filings["disposition"] = filings["disposition"].map(DISPOSITIONS)
    return filings[["file", "row", "title", "disposition", "group_id"]]


def _plan(outputs: Path) -> pd.DataFrame:
    """The plan, without what the filings say already."""
    plan = view(outputs, "plan")
    columns = ("seq", "group_id", "title", "organiser", "priority_class", "country", "headcount", "days", "start_date")
    plan = plan[[*columns, "budget", "participant_units"]]
    return plan.assign(start_date=plan["start_date"].dt.strftime("%Y-%m-%d"))
