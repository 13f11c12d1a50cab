"""The tables that rules judge: what was read, with what the notice and the reference workbooks know about it beside it.

``files``         one row a file found: Files.
``sheets``        one row a sheet with filings: file, sheet, unit, ``letter_column`` (whether it has 合作意向书编号).
``totals``        one row a figure of a 合计 row: Totals with ``unread_above`` (some row above could not be read).
``remarks``       one row a thing that reading wants said about a header or a file.
``cells``         one row a cell without a value, of a filing or a participant, or one that reading remarked upon: column,
                  title, value as filed, ``required``, ``blank`` (nothing in it, or a word that says nothing), ``expected``,
                  ``remark`` and ``detail``.
``filings``       one row a filing: Filings with the facts of :func:`filing_facts`.
``participants``  one row a unit taking part in a filing: Participants with the facts of :func:`participant_facts`.
``units``         one row an organiser, with its first filing's place and last year's figures.
``groups``        one row a training group: its lead's filing, organiser and participants, and what the group shows.
``members``       one row a filing that its group's lead stands for: Filings with the facts of :func:`member_facts`.

Every table has ``subject`` (what a finding of it is about, the same tomorrow), ``unit``, ``file``, ``sheet`` and
``filing_id``. A word that says nothing is no value; missing is missing.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from flows.references import References
from flows.rights import may_organise
from flows.validate.names import without_names
from flows.validate.themes import theme_facts
from flows.validate.words import listed
from schemas.columns import FILING, PARTICIPANT, Column, Field
from schemas.form import Form
from schemas.notice import Notice
from schemas.tables import TEXT, Readings, cell, filed
from schemas.words import NO_CELL

_TEXTS = ("text", "institution")
_CELL_REMARKS = ("ambiguous", "no_cached_value", "error_value")
_EXPECTED = {
    "whole": "整数，例如 15",
    "number": "数字，例如 60.5",
    "date": "日期，例如 {year}-05-11",
    "flag": "“是”或“否”",
    "text": "文字",
    "unit": "单位名录中的单位",
    "country": "国家（地区）名称",
    "institution": "境外机构名称",
}
_NUMBERS = ("otm_no", "letter_no", "phone")
"""Texts that a program takes for figures, and shortens."""
_UNIT_FACTS = {
    "level": "level",
    "region": "region",
    "system": "system",
    "nature": "nature",
    "foreign_affairs": "foreign_affairs",
    "vertical": "vertical",
    "has_budget": "has_budget",
}
_YUAN = 10_000
_TRIP = ["organiser", "institution", "theme"]
_GROUPED = {place(name) for name in ("organiser", "cross_region", "headcount", "otm_no") for place in (filed, cell)}
"""The cells that findings about groups stand in."""
_MANY = 10**7
"""More groups than a night has: two counts in one number, the people first."""


@dataclass(frozen=True)
class Facts:
    """The tables of one night, each made when a rule first asks for it. All have a plain index from 0."""

    readings: Readings
    notice: Notice
    form: Form
    references: References
    scopes: tuple[str, ...]
    given_groups: pd.DataFrame | None = None
    group_members: pd.DataFrame | None = None
    offered: pd.DataFrame | None = None

    @cached_property
    def _read(self) -> pd.DataFrame:
        """The filings, words that say nothing taken away."""
        filings = self.readings.filings
        if filings["superseded_by"].notna().any():
            filings = filings[filings["superseded_by"].isna()]
        filings = filings.reset_index(drop=True)
        return _without_placeholders(filings, FILING, self.notice).assign(subject=filings["filing_id"])

    @cached_property
    def _taking_part(self) -> pd.DataFrame:
        rows = self.readings.participants.reset_index(drop=True)
        of_filing = self._read.set_index("filing_id")["unit"]
        unit = rows["filing_id"].map(of_filing).fillna(rows["file"].map(self._unit_of_file)).astype(TEXT)
        rows = _without_placeholders(rows, PARTICIPANT, self.notice)
        return rows.assign(unit=unit, subject=_participant_subject(rows))

    @cached_property
    def _unit_of_file(self) -> pd.Series:
        return self.readings.files.drop_duplicates("path").set_index("path")["unit"]

    @cached_property
    def files(self) -> pd.DataFrame:
        """One row a file."""
        files = self.readings.files.reset_index(drop=True)
        return files.assign(file=files["path"], sheet=None, filing_id=None, subject=files["path"]).assign(**_NO_CELL)

    @cached_property
    def sheets(self) -> pd.DataFrame:
        """One row a sheet with filings."""
        has_column = self._read[cell("letter_no")].ne(NO_CELL)
        sheets = self._read.assign(letter_column=has_column).groupby(["file", "sheet"], sort=False)
        sheets = sheets.agg(letter_column=("letter_column", "all"), unit=("unit", "first")).reset_index()
        return sheets.assign(filing_id=None, subject=_of_sheet(sheets), **_NO_CELL)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """One row a figure of a 合计 row."""
        totals = self.readings.totals.reset_index(drop=True)
        unread = self.cells[~self.cells["blank"] & self.cells["filing_id"].notna()]
        unread = pd.MultiIndex.from_frame(unread[["file", "sheet", "column"]])
        return totals.assign(
            title=totals["column"].map(self.form.titles).astype(TEXT),
            unread_above=pd.MultiIndex.from_frame(totals[["file", "sheet", "column"]]).isin(unread),
            unit=totals["file"].map(self._unit_of_file).astype(TEXT),
            filing_id=None,
            subject=_of_sheet(totals),
        )

    @cached_property
    def _remarks(self) -> pd.DataFrame:
        remarks = self.readings.remarks.reset_index(drop=True)
        unit = remarks["filing_id"].map(self._read.set_index("filing_id")["unit"])
        return remarks.assign(
            unit=unit.fillna(remarks["file"].map(self._unit_of_file)).astype(TEXT),
            subject=remarks["filing_id"].fillna(_of_sheet(remarks)),
            title=remarks["column"].map(self.form.titles).astype(TEXT),
        )

    @cached_property
    def remarks(self) -> pd.DataFrame:
        """One row a remark about a header or a file."""
        return self._remarks[~self._remarks["kind"].isin(_CELL_REMARKS)].reset_index(drop=True)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row a cell without a value, where the table has the column, and one a cell that reading remarked upon."""
        found: list[pd.DataFrame] = []
        if "filing" in self.scopes:
            found += _without_value(self._read, self.form.filing, self.notice)
        if "participant" in self.scopes:
            found += _without_value(self._taking_part, self.form.participant, self.notice)
        cells = pd.concat([_NO_CELLS, *found], ignore_index=True)
        remarks = self._remarks[self._remarks["kind"].isin(_CELL_REMARKS)]
        said = remarks.rename(columns={"kind": "remark", "value": "remarked"}).drop_duplicates(_KEY)
        cells = cells.merge(said[[*_KEY, "remark", "remarked", "detail"]], on=_KEY, how="left", validate="m:1")
        cells["value"] = cells["value"].fillna(cells["remarked"]).astype(TEXT)
        if "filing" not in self.scopes:
            return cells
        there = pd.MultiIndex.from_frame(remarks[_KEY]).isin(pd.MultiIndex.from_frame(cells[_KEY]))
        others = remarks[~there].rename(columns={"kind": "remark"}).assign(required=False, blank=False)
        return pd.concat([cells, others], ignore_index=True)

    @cached_property
    def _organised(self) -> pd.DataFrame:
        return organised(self._read, self.participants, self.references, self.notice)

    @cached_property
    def filings(self) -> pd.DataFrame:
        """One row a filing with its facts."""
        return filing_facts(self._organised, self.references, self.notice)

    @cached_property
    def participants(self) -> pd.DataFrame:
        """One row a participant with its facts."""
        return participant_facts(self._taking_part, self._read, self.references, self.notice)

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row an organiser that last year's projects know, at its first filing."""
        return unit_facts(self._read, self.references)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """One row a group: its lead's filing and what the group shows."""
        if self.given_groups is None or self.group_members is None:
            raise ValueError("the scope group needs groups and members")
        return group_facts(
            self.given_groups,
            self.group_members,
            self._organised,
            self.participants,
            self.references,
            self.notice,
            self.offered,
        )

    @cached_property
    def members(self) -> pd.DataFrame:
        """One row a filing of a group that is not its lead."""
        return member_facts(self.groups, self.group_members, self._organised)


_PLACE = ["file", "sheet", "unit", "filing_id", "subject"]
_NO_CELLS = pd.DataFrame(
    {name: pd.Series(dtype=TEXT) for name in (*_PLACE, "column", "title", "doc", "value", "expected")}
).assign(cell=pd.Series(dtype="int64"), required=pd.Series(dtype=bool), blank=pd.Series(dtype=bool))
_KEY = ["file", "sheet", "cell", "column"]
_NO_CELL = {"cell": NO_CELL, "value": None, "column": None}


def _of_sheet(rows: pd.DataFrame) -> pd.Series:
    return rows["file"] + "\x1f" + rows["sheet"].fillna("")


def _without_placeholders(rows: pd.DataFrame, columns: tuple[Field, ...], notice: Notice) -> pd.DataFrame:
    """The rows without the words that say nothing, in columns of text."""
    blank = {
        column.name: rows[column.name].mask(rows[column.name].isin(notice.form.says_nothing))
        for column in columns
        if column.kind in _TEXTS
    }
    return rows.assign(**blank)


def _without_value(rows: pd.DataFrame, columns: tuple[Column, ...], notice: Notice) -> list[pd.DataFrame]:
    """The cells that have no value, a frame a column: nothing in them, or nothing that could be read."""
    places = rows[_PLACE]
    found: list[pd.DataFrame] = []
    for column in columns:
        missing = rows[column.name].isna() & rows[cell(column.name)].ne(NO_CELL)
        if missing.any():
            value = rows.loc[missing, filed(column.name)]
            found.append(
                places[missing].assign(
                    column=column.name,
                    title=column.title,
                    doc=column.doc,
                    required=column.required,
                    cell=rows.loc[missing, cell(column.name)],
                    value=value,
                    blank=value.isna() | value.str.strip().isin(notice.form.says_nothing),
                    expected=_expected(column, notice),
                )
            )
    return found


def _expected(column: Column, notice: Notice) -> str:
    words = "、".join(notice.vocabularies.get(column.vocabulary or "", ()))
    by_kind = {"choice": f"以下各词之一：{words}", "choices": f"以下各词，多项用“、”分隔：{words}"}
    if column.name in _NUMBERS:
        return "完整的编号或号码，单元格设为文本格式"
    return (_EXPECTED | by_kind)[column.kind].format(year=notice.year)


def _participant_subject(rows: pd.DataFrame) -> pd.Series:
    """Filing (or sheet) and participant; unnamed or repeated ones are numbered."""
    whose = rows["filing_id"].fillna(_of_sheet(rows)) + "\x1f" + rows[filed("participant")].fillna("")
    return whose + "\x1f" + rows.groupby(whose).cumcount().astype(str)


def _beside(keys: pd.Series, table: pd.DataFrame, key: str, columns: dict[str, str]) -> pd.DataFrame:
    """For each key the table's ``columns`` (new name → its name there); missing where the table does not know it."""
    known = table.drop_duplicates(key).reset_index(drop=True)
    place = pd.Index(known[key]).get_indexer(pd.Index(keys))
    taken = {new: pd.api.extensions.take(known[old].array, place, allow_fill=True) for new, old in columns.items()}
    return pd.DataFrame(taken, index=keys.index)


def _within(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Whether each key is among ``values``; for many values far faster than ``isin`` on text."""
    return pd.Series(pd.Index(values.drop_duplicates()).get_indexer(pd.Index(keys)) >= 0, index=keys.index)


def unit_beside(names: pd.Series, prefix: str, references: References, notice: Notice) -> pd.DataFrame:
    """What 单位名录 says of each unit, systems by the name by which they are compared: ``<prefix>_level``,
    ``_region``, ``_system``, ``_nature``, ``_foreign_affairs``, ``_vertical``, ``_has_budget``, and ``_known``."""
    facts = _beside(names, references.units, "unit", {f"{prefix}_{new}": old for new, old in _UNIT_FACTS.items()})
    facts[f"{prefix}_system"] = canonical_system(facts[f"{prefix}_system"], notice)
    facts[f"{prefix}_known"] = facts[f"{prefix}_level"].notna()
    return facts


def canonical_system(system: pd.Series, notice: Notice) -> pd.Series:
    """Each system by the name by which the notice compares them; an unknown one as it is."""
    plain = system.str.removesuffix("系统")
    return plain.map(notice.system_names).astype(TEXT).fillna(plain)


def organised(read: pd.DataFrame, participants: pd.DataFrame, references: References, notice: Notice) -> pd.DataFrame:
    """Filings with what is known of who organises them and who takes part.

    ``organiser_…`` what 单位名录 says (:func:`unit_beside`); ``organises_across`` whether its organiser may lead a
    cross-region group; of its participants ``elsewhere`` those of another region or system, ``people`` in all.
    """
    organiser = unit_beside(read["organiser"], "organiser", references, notice)
    filings = pd.concat([read, organiser, _of_participants(read, participants)], axis="columns")
    filings["organises_across"] = filings["organiser"].map(may_organise(references.units, notice)).eq(True)
    return filings


def filing_facts(filings: pd.DataFrame, references: References, notice: Notice) -> pd.DataFrame:
    """Filings as ``organised`` gives them, with more facts beside each.

    ``country_known``, ``country_hot``; ``institution_known``, ``institution_formal``; what its theme touches
    (:func:`theme_facts`); ``title_rest`` its title without names; ``institution_last`` where last year's project of the
    same number went; ``span`` days from leaving to returning, both counted; ``rate`` 元 a person and day, and of the
    country's filings ``rate_median``, ``rate_deviation`` (median absolute deviation), ``rate_filings``.
    """
    last = references.last_year.assign(otm_no=references.last_year["otm_no"].str.strip().str.upper())
    before = _beside(filings["otm_no"].str.strip().str.upper(), last, "otm_no", {"institution_last": "institution"})
    names = before["institution_last"]
    country = _beside(filings["country"], references.countries, "country", {"country_hot": "hot"})
    formal = {"institution_formal": "formal_cooperation"}
    institution = _beside(filings["institution"], references.institutions, "institution", formal)
    own = pd.DataFrame(
        {
            "country_known": country["country_hot"].notna(),
            "institution_known": institution["institution_formal"].notna(),
            "institution_last": names.map(references.institution_names).fillna(names).astype(TEXT),
            "title_rest": without_names(filings, references),
            "span": (filings["end_date"] - filings["start_date"]).dt.days.astype("Int64") + 1,
        }
    )
    beside = [own, country, institution, theme_facts(filings["theme"], notice), _rates(filings)]
    return pd.concat([filings, *beside], axis="columns")


def _rates(read: pd.DataFrame) -> pd.DataFrame:
    people_days = read["headcount"] * read["days"]
    usable = read["budget"].gt(0) & people_days.gt(0) & read["country"].notna()
    rate = (read["budget"] * _YUAN / people_days).where(usable.fillna(False)).astype("Float64")
    of_country = rate.groupby(read["country"])
    median = of_country.transform("median")
    deviation = (rate - median).abs().groupby(read["country"]).transform("median")
    count = of_country.transform("count").astype("Int64")
    return pd.DataFrame({"rate": rate, "rate_median": median, "rate_deviation": deviation, "rate_filings": count})


def _of_participants(read: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    elsewhere = participants[participants["elsewhere"]]
    away = listed(elsewhere["participant"], elsewhere["filing_id"])
    people = participants.groupby("filing_id")["participants"].sum(min_count=1)
    return pd.DataFrame(
        {
            "elsewhere": read["filing_id"].map(away).astype(TEXT),
            "people": read["filing_id"].map(people).astype("Int64"),
        }
    )


def participant_facts(rows: pd.DataFrame, read: pd.DataFrame, references: References, notice: Notice) -> pd.DataFrame:
    """Participants with, beside each: ``unit_…`` what 单位名录 says of the participant; ``organiser`` and
    ``organiser_…`` those of its filing; ``own`` whether it is the organiser itself; ``elsewhere`` whether it comes from
    another region or system. What the office wrote about its system and region does not count against 单位名录."""
    organiser = rows["filing_id"].map(read.set_index("filing_id")["organiser"]).astype(TEXT)
    facts = pd.concat(
        [
            rows.assign(organiser=organiser),
            unit_beside(rows["participant"], "unit", references, notice),
            unit_beside(organiser, "organiser", references, notice),
        ],
        axis="columns",
    )
    facts["own"] = facts["participant"].eq(facts["organiser"])
    facts["elsewhere"] = ~facts["own"] & (_other_region(facts, notice) | _other_system(facts))
    return facts


def _other_region(rows: pd.DataFrame, notice: Notice) -> pd.Series:
    """Whether unit and organiser are known to be of different regions; all provincial units are of one."""
    unit, organiser = _region(rows, "unit", notice), _region(rows, "organiser", notice)
    return unit.notna() & organiser.notna() & unit.ne(organiser)


def _region(rows: pd.DataFrame, prefix: str, notice: Notice) -> pd.Series:
    """The region of a unit that :func:`unit_beside` tells of; empty for a provincial one, missing where unknown."""
    provincial = rows[f"{prefix}_level"].isin(notice.meanings.provincial_levels)
    return rows[f"{prefix}_region"].mask(provincial, "")


def _other_system(rows: pd.DataFrame) -> pd.Series:
    """Whether unit and organiser are known to be of different systems."""
    unit, organiser = rows["unit_system"], rows["organiser_system"]
    return unit.notna() & organiser.notna() & unit.ne(organiser)


def unit_facts(read: pd.DataFrame, references: References) -> pd.DataFrame:
    """One row an organiser with projects last year: its first filing's place, ``approved`` and ``executed`` people of
    last year in all, ``executed_share``, and ``outstanding`` the executed projects without a summary."""
    last = references.last_year
    organiser = last["organiser"].map(references.unit_names).fillna(last["organiser"]).astype(TEXT)
    figures = last.groupby(organiser)[["approved", "executed"]].sum()
    owing = last[~last["summary_filed"].fillna(True) & last["executed"].gt(0)]
    owing = listed(owing["title"], organiser.loc[owing.index])
    in_order = read[["file", "sheet", "row", "organiser"]].sort_values(["file", "sheet", "row"], kind="stable")
    first = in_order.drop_duplicates("organiser")
    units = read.loc[first.index[first["organiser"].isin(figures.index)]].reset_index(drop=True)
    approved = units["organiser"].map(figures["approved"]).astype("Int64")
    executed = units["organiser"].map(figures["executed"]).astype("Int64")
    return units.assign(
        subject=units["organiser"],
        approved=approved,
        executed=executed,
        executed_share=(executed / approved.where(approved.gt(0))).astype("Float64"),
        outstanding=units["organiser"].map(owing).astype(TEXT),
    )


def group_facts(
    groups: pd.DataFrame,
    members: pd.DataFrame,
    filings: pd.DataFrame,
    participants: pd.DataFrame,
    references: References,
    notice: Notice,
    offered: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a group: its lead's row of ``filings`` (:func:`organised`), with facts of the group.

    ``group_id``, ``group_filings``; ``group_people`` the larger of the merged headcount and the sum of participants of
    all its filings; ``shares`` what the filings with fewer people than the lead's come to (:func:`_shares`), ``larger`` the
    largest headcount above the lead's; ``near`` and ``near_people`` (:func:`_near`); of the units that only its other filings
    show ``group_elsewhere`` those of another region or system, ``group_county`` those at county level,
    ``group_other_system`` those of another system; ``group_declares`` who else declares it a cross-region one.
    """
    filings = filings[
        [name for name in filings.columns if not name.endswith((filed(""), cell(""))) or name in _GROUPED]
    ]
    groups = groups[_within(groups["lead_filing_id"], filings["filing_id"])].reset_index(drop=True)
    lead_of = groups.set_index("group_id")["lead_filing_id"]
    place = pd.Index(filings["filing_id"]).get_indexer(pd.Index(groups["lead_filing_id"]))
    lead = filings.take(place).reset_index(drop=True)
    group_of = members.set_index("filing_id")["group_id"]
    others = filings[~_within(filings["filing_id"], groups["lead_filing_id"])]
    others = others.assign(lead=others["filing_id"].map(group_of).map(lead_of).astype(TEXT)).dropna(subset=["lead"])
    joiners = _joiners(others, participants, lead, references, notice)
    facts = lead.assign(
        group_id=groups["group_id"].to_numpy(),
        subject=groups["group_id"].to_numpy(),
        group_filings=groups["filings"].to_numpy(),
        group_headcount=groups["headcount"].to_numpy(),
    )
    facts["group_people"] = _group_people(facts, participants, group_of)
    for column, rows in joiners.items():
        facts[column] = facts["filing_id"].map(listed(rows["joiner"], rows["lead"])).astype(TEXT)
    declares = others[others["cross_region"].fillna(False)]
    facts["group_declares"] = facts["filing_id"].map(listed(declares["unit"], declares["lead"])).astype(TEXT)
    compared = others.assign(total=others["lead"].map(lead.set_index("filing_id")["headcount"]))
    below = compared[compared["headcount"].lt(compared["total"]).fillna(False)]
    above = compared[compared["headcount"].gt(compared["total"]).fillna(False)]
    below = pd.concat([below, unit_beside(below["unit"], "filer", references, notice)], axis="columns")
    facts["shares"] = facts["filing_id"].map(_shares(below, participants, lead, notice)).astype("Int64")
    facts["larger"] = facts["filing_id"].map(above.groupby("lead")["headcount"].max()).astype("Int64")
    alone = ~facts["filing_id"].isin(_told_again(facts, offered, group_of.map(lead_of)))
    return pd.concat([facts, _near(facts[alone], notice).reindex(facts.index)], axis="columns")


def member_facts(groups: pd.DataFrame, members: pd.DataFrame | None, filings: pd.DataFrame) -> pd.DataFrame:
    """One row a filing that its group's lead stands for, with ``group_id``, ``lead_organiser``, and ``group_across``
    whether anything in the group shows or declares that it is a cross-region one."""
    shown = groups[["elsewhere", "group_elsewhere", "group_declares"]].notna().any(axis="columns")
    of_group = pd.DataFrame(
        {
            "group_id": groups["group_id"],
            "lead": groups["filing_id"],
            "lead_organiser": groups["organiser"],
            "group_across": shown | groups["cross_region"].fillna(False),
        }
    )
    group_of = members.set_index("filing_id")["group_id"] if members is not None else pd.Series(dtype=TEXT)
    follows = filings[~_within(filings["filing_id"], of_group["lead"])]
    return follows.assign(group_id=follows["filing_id"].map(group_of).astype(TEXT)).merge(of_group, on="group_id")


def _told_again(groups: pd.DataFrame, offered: pd.DataFrame | None, lead_of: pd.Series) -> pd.Series:
    """The leads that perhaps tell of another group once more: filed by another office, and offered to a reviewer as the
    same one. Of such two it is the one that an office filed about somebody else's group, then the smaller."""
    if offered is None or offered.empty:
        return pd.Series(dtype=TEXT)
    sides = offered[["filing_id_l", "filing_id_r"]].reset_index(drop=True).stack().map(lead_of).rename("filing_id")
    told = (
        sides.rename_axis(["pair", "side"])
        .reset_index()
        .merge(groups[["filing_id", "unit", "organiser", "headcount"]], on="filing_id")
    )
    told["of_others"] = told["unit"].ne(told["organiser"]).fillna(True)
    told = told.sort_values(["of_others", "headcount", "filing_id"], ascending=[True, False, True])
    of_pair = told.groupby("pair")
    return of_pair["filing_id"].last()[of_pair["unit"].nunique().gt(1)]


def _near(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """For each group within the limit of people, the fullest 30 days that it leaves in: how many such groups of the same
    organiser, institution and theme leave in them (itself among them), and how many people these are.

    Trips lie on one line, far apart where they differ in more than their day, so that windows are ranges of it.
    """
    small = groups["group_people"].le(notice.limits.headcount).fillna(False)
    trips = groups.loc[small, [*_TRIP, "start_date", "group_people"]].dropna()
    if trips.empty:
        return pd.DataFrame({"near": pd.NA, "near_people": pd.NA}, index=groups.index, dtype="Int64")
    day = (trips["start_date"] - trips["start_date"].min()).dt.days
    line = trips.groupby(_TRIP, sort=False).ngroup() * (int(day.max()) + notice.limits.split_within_days + 1) + day
    line = line.sort_values(kind="stable")
    at, people = line.to_numpy(), trips.loc[line.index, "group_people"].to_numpy(dtype="int64")
    here = np.arange(len(at))
    before = np.concatenate([[0], people.cumsum()])
    end = np.searchsorted(at, at + notice.limits.split_within_days, side="right")
    window = np.append((before[end] - before[here]) * _MANY + (end - here), 0)
    start = np.searchsorted(at, at - notice.limits.split_within_days)
    fullest = np.maximum.reduceat(window, np.column_stack([start, here + 1]).ravel())[::2]
    near = pd.DataFrame({"near": fullest % _MANY, "near_people": fullest // _MANY}, index=line.index)
    return near.reindex(groups.index).astype("Int64")


def _group_people(facts: pd.DataFrame, participants: pd.DataFrame, group_of: pd.Series) -> pd.Series:
    """Merged headcount or, where larger, the people of all participants, each unit counted once: as the lead lists it,
    else as another filing does. A filing that lists a unit with the lead's total tells of the group, not of the unit."""
    lead = facts[["filing_id", "group_id", "headcount"]].set_index("group_id")
    taking = participants.loc[participants["participants"].notna(), ["filing_id", "participant", "participants"]]
    taking = taking.assign(group_id=taking["filing_id"].map(group_of))
    by_others = ~_within(taking["filing_id"], lead["filing_id"])
    total = taking.loc[by_others, "group_id"].map(lead["headcount"])
    as_whole = taking.loc[by_others, "participants"].eq(total).fillna(False)
    taking = taking.assign(later=by_others).drop(index=as_whole.index[as_whole])
    taking = taking.sort_values(["later", "participants"], ascending=[True, False])
    once = taking.drop_duplicates(["group_id", "participant"]).groupby("group_id")["participants"].sum()
    summed = facts["group_id"].map(once).astype("Int64")
    headcount = facts["group_headcount"].astype("Int64")
    return headcount.where(summed.isna() | headcount.ge(summed), summed)


def _shares(below: pd.DataFrame, participants: pd.DataFrame, lead: pd.DataFrame, notice: Notice) -> pd.Series:
    """By lead, the people that its list of participants and the shares of ``below`` come to: of a region, whose office may
    file for its units, the larger of both. Missing where nobody filed a share, or the list by itself is too much."""
    listed_people = participants[participants["filing_id"].isin(below["lead"])]
    listed_people = listed_people.assign(lead=listed_people["filing_id"], region=_region(listed_people, "unit", notice))
    shares = below.assign(region=_region(below, "filer", notice))
    sums = [
        rows.assign(region=rows["region"].fillna("?")).groupby(["lead", "region"])[people].sum()
        for rows, people in ((listed_people, "participants"), (shares, "headcount"))
    ]
    both = pd.concat(sums, axis="columns", keys=["listed", "shares"]).fillna(0)
    by_lead = both.assign(larger=both.max(axis="columns")).groupby("lead").sum()
    headcount = lead.set_index("filing_id")["headcount"].reindex(by_lead.index)
    return by_lead["larger"].where(by_lead["listed"].le(headcount).fillna(False))


def _joiners(
    others: pd.DataFrame, participants: pd.DataFrame, lead: pd.DataFrame, references: References, notice: Notice
) -> dict[str, pd.DataFrame]:
    """Units that take part as only the other filings of the group show: who filed them, and their participants.

    An office of a collecting system hands in what others organise: that it filed the group shows its region, not that
    another system takes part. Units that the lead's own 参团单位 lists are judged there.
    """
    theirs = others["organiser"].ne(others["lead"].map(lead.set_index("filing_id")["organiser"]))
    senders = others[["lead"]].assign(joiner=others["organiser"].where(theirs, others["unit"]))
    listed = participants.merge(others[["filing_id", "lead"]], on="filing_id")
    listed = listed[["lead", "participant"]].rename(columns={"participant": "joiner"})
    joiners = pd.concat([senders, listed], ignore_index=True).dropna().drop_duplicates().reset_index(drop=True)
    of_lead = lead.drop_duplicates("filing_id").set_index("filing_id")
    organiser = joiners["lead"].map(of_lead["organiser"]).astype(TEXT)
    own = participants[["filing_id", "participant"]].rename(columns={"filing_id": "lead", "participant": "joiner"})
    told = pd.MultiIndex.from_frame(joiners[["lead", "joiner"]]).isin(pd.MultiIndex.from_frame(own))
    joiners = pd.concat(
        [
            joiners,
            unit_beside(joiners["joiner"].astype(TEXT), "unit", references, notice),
            unit_beside(organiser, "organiser", references, notice),
        ],
        axis="columns",
    )[joiners["joiner"].ne(organiser) & ~told]
    collects = joiners["unit_system"].isin(notice.meanings.collecting_systems)
    other_system = _other_system(joiners) & ~collects
    return {
        "group_elsewhere": joiners[_other_region(joiners, notice) | other_system],
        "group_county": joiners[joiners["unit_level"].isin(notice.meanings.county_levels) & ~collects],
        "group_other_system": joiners[other_system],
    }
