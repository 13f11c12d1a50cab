"""Columns of offices that hold several of the form's: 起止时间, 联系人及电话, 人数/天数, 国家及机构."""

import re
from collections.abc import Iterable
from functools import partial

from flows.read.tables.knowledge import Knowledge
from flows.read.tables.records import NOT_READ, Records
from flows.read.values import dates

_ONE_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日|\d{5,8}")
_CONTACT = re.compile(r"^(.+?)[\s,，、:：/;；(（]*((?:\+?86[-\s]?)?[\d(（][\d\s\-()（）转、/]{5,}\d)[)）]?$")


def split_combined(records: Records, known: Knowledge) -> None:
    """Split columns that hold several of the template's: 起止时间, 联系人及电话, 人数/天数, 国家及机构."""
    for source in ("period", "start_date"):
        if source in records.texts:
            _split_period(records, source, known.values.year)
    for source, names, parts in (
        ("contact_phone", ("contact", "phone"), _contact_and_phone),
        ("headcount_days", ("headcount", "days"), _halves),
        ("country_institution", ("country", "institution"), partial(_country_and_institution, known.country_words)),
    ):
        if source in records.texts:
            for record in range(len(records)):
                text = records.meant(source, record)
                said = parts(text) if text and text != NOT_READ else (text, text)
                for name, part in zip(names, said, strict=True):
                    if not _filled(records, name, record):
                        _place(records, name, record, source, part)


def _split_period(records: Records, source: str, year: int) -> None:
    """Two dates in one cell: a column of their own, or the cell of the first date with the second one's left empty."""
    others = ("start_date", "end_date") if source == "period" else ("end_date",)
    for record in range(len(records)):
        text = records.meant(source, record)
        readable = bool(text) and text != NOT_READ
        if source == "start_date" and (not readable or len(text) < 7 or _ONE_DAY.fullmatch(text)):
            continue
        ends = dates.period(text, year) if readable else None
        if ends is None and source == "start_date":
            continue
        said = dict(zip(("start_date", "end_date"), ends or (text, text), strict=True))
        for name in others:
            if not _filled(records, name, record):
                _place(records, name, record, source, said[name])
        if source == "start_date":
            records.said["start_date", record] = said["start_date"]
        days = dates.days_in_all(text) if ends else None
        if days and not _filled(records, "days", record):
            _place(records, "days", record, source, days)


def _filled(records: Records, name: str, record: int) -> bool:
    return name in records.texts and bool(records.texts[name][record])


def _place(records: Records, name: str, record: int, source: str, said: str) -> None:
    """Let column ``name`` of a record be what the cell of ``source`` says."""
    texts = records.texts.setdefault(name, [""] * len(records))
    code = records.code(source, record)
    texts[record] = records.texts[source][record]
    records.moved[name, record] = code
    if texts[record]:
        records.said[name, record] = said


def _contact_and_phone(text: str) -> tuple[str, str]:
    found = _CONTACT.match(text.replace("\n", " "))
    return (found[1].strip(), found[2].strip()) if found else (text, text)


def _country_and_institution(countries: Iterable[str], text: str) -> tuple[str, str]:
    """德国/莱茵河谷农业学院, 德国：莱茵河谷农业学院; without anything between, the institution may bear the country's name."""
    country, institution = _halves(text.replace("：", ":").replace(":", "/", 1))
    begun = next((word for word in countries if country == institution and text.startswith(word)), None)
    return (begun, text) if begun else (country, institution)


def _halves(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in re.split(r"[/／\n、,，;；]|\s{1,}", text, maxsplit=1) if part.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 else (text, text)
