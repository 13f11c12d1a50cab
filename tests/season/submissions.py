"""Who files what: every workbook of ``submissions.toml`` with its projects made up."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.season.groups import GROUP, GROUPS, joining_filing, lead_filing
from tests.season.layouts import Submission
from tests.season.offices import of_city
from tests.season.problems import INNOCENT, PLANTED, UNLISTED
from tests.season.projects import Filing, Office2020

REVISED = "2020/自贡市/自贡市科技局申报表.xlsx"
"""The workbook that its office sent before it sent the 修改版."""


def submissions(made: Office2020) -> list[Submission]:
    """Every workbook of the season that holds projects or could, in the order of the list."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    season = _Season(made)
    return [written for path, told in listed.items() for written in season.workbooks(f"2020/{path}", told)]


class _Season:
    """Lets each office file what it has."""

    def __init__(self, made: Office2020) -> None:
        self._made = made
        self._leads = {group.subject: self._lead(group.subject) for group in GROUPS}

    def workbooks(self, path: str, told: dict[str, Any]) -> Iterator[Submission]:
        """The workbook at ``path``, and before it the first version of one that was sent again."""
        projects = [(name, unit) for unit, names in told.get("projects", {}).items() for name in names]
        submission = Submission(
            path,
            told["unit"],
            [self._filing(name, organiser) for name, organiser in projects],
            told.get("layout", "form"),
            total_off_by=told.get("total_off_by", 0.0),
            without=tuple(told.get("without", ())),
        )
        if path != REVISED:
            yield submission
            return
        dropped = self._made.filing("蚕桑多元利用", of_city("自贡", "农业局"), title=told["dropped"])
        yield _first_version(submission, dropped)
        yield replace(submission, path=path.replace(".xlsx", "（修改版）.xlsx"))

    def _filing(self, name: str, organiser: str) -> Filing:
        if "@" in name:
            subject, city = name.split("@")
            (joining,) = [joining for joining in GROUP[subject].joining if joining.city == city]
            filing = joining_filing(self._made, self._leads[subject], joining)
            for planted in PLANTED:
                if planted.subject == name:
                    filing.values |= planted.written
            return filing
        if name in self._leads:
            return self._leads[name]
        return self._own(name, organiser)

    def _lead(self, subject: str) -> Filing:
        wanted = INNOCENT.get(subject, {})
        for planted in PLANTED:
            if planted.subject == subject:
                wanted = wanted | planted.made
        return lead_filing(self._made, GROUP[subject], **wanted)

    def _own(self, name: str, organiser: str) -> Filing:
        planted = [one for one in PLANTED if one.subject == name]
        wanted = dict(INNOCENT.get(name, {}))
        for one in planted:
            wanted |= one.made
        filing = self._made.filing(name.split("#")[0], organiser, **wanted)
        filing.subject = name
        for one in planted:
            filing.values |= one.written
            filing.participants += one.participants
        if name in UNLISTED:
            filing.values["institution"] = UNLISTED[name]
        return filing


def _first_version(final: Submission, dropped: Filing) -> Submission:
    """What the office of ``final`` sent a week before: its third project's last day wrong, and one project more."""
    filings = [Filing(filing.subject, dict(filing.values), filing.participants) for filing in final.filings]
    filings[2].values["end_date"] = filings[2].values["start_date"]
    return replace(final, filings=[*filings, dropped], saved=datetime(2019, 11, 15, 10))
