"""The tables that rules judge, each made when a rule first asks for it. What a row of each is stands in
:mod:`~flows.validate.tables.rows`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from flows.lineage import Lineage
from flows.references import References
from flows.validate.tables.cells import remarked_upon, without_value
from flows.validate.tables.files import CELL_REMARKS, files_found, remarks_made, sheets_with_filings, totals_stated
from flows.validate.tables.filings import filings_read, organised
from flows.validate.tables.groups import groups_formed
from flows.validate.tables.members import led_filings
from flows.validate.tables.participants import participants_read
from flows.validate.tables.register import REGISTERS, named
from flows.validate.tables.rows import (
    CellRows,
    FileRows,
    FilingRows,
    GroupRows,
    MemberRows,
    OrganisedFilings,
    ParticipantRows,
    RemarkRows,
    SheetRows,
    TextRows,
    TotalRows,
    UnitRows,
)
from flows.validate.tables.texts import texts_weighed
from flows.validate.tables.units import organisers_of_last_year
from schemas.columns import FILING, PARTICIPANT, Field
from schemas.tables import DataFrame, Filings, Groups, Members, Pairs, Participants, Readings
from schemas.yearbook import Yearbook

__all__ = [
    "CellRows",
    "FileRows",
    "FilingRows",
    "GroupRows",
    "MemberRows",
    "OrganisedFilings",
    "ParticipantRows",
    "RemarkRows",
    "SheetRows",
    "Tables",
    "TextRows",
    "TotalRows",
    "UnitRows",
]

_TEXTS = ("text", "institution")


@dataclass(frozen=True)
class Tables:
    """The tables of one night. All have a plain index from 0."""

    readings: Readings
    book: Yearbook
    references: References
    scopes: tuple[str, ...]
    formed: DataFrame[Groups] | None = None
    group_members: DataFrame[Members] | None = None
    offered: DataFrame[Pairs] | None = None

    @cached_property
    def lineage(self) -> Lineage:
        """Which cell each value stands in."""
        return Lineage(self.readings.cells)

    @cached_property
    def _read(self) -> DataFrame[Filings]:
        """The current filings, words that say nothing taken away."""
        filings = self.readings.filings
        if filings["superseded_by"].notna().any():
            filings = filings[filings["superseded_by"].isna()]
        return self._named(self._without_placeholders(filings.reset_index(drop=True), FILING), FILING)

    @cached_property
    def _taking_part(self) -> DataFrame[Participants]:
        participants = self.readings.participants.reset_index(drop=True)
        return self._named(self._without_placeholders(participants, PARTICIPANT), PARTICIPANT)

    def _without_placeholders(self, rows: pd.DataFrame, columns: tuple[Field, ...]) -> pd.DataFrame:
        """The rows without the words that say nothing, in columns of text."""
        nothing = self.book.notice.form.says_nothing
        texts = [column.name for column in columns if column.kind in _TEXTS]
        return rows.assign(**{name: rows[name].mask(rows[name].isin(nothing)) for name in texts})

    def _named(self, rows: pd.DataFrame, columns: tuple[Field, ...]) -> pd.DataFrame:
        """The rows with the names that several entries of a register claim taken as these references take them."""
        return rows.assign(**{name: named(rows[name], spoken) for name, spoken in self._spoken(columns)})

    def _spoken(self, columns: tuple[Field, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
        for column in columns:
            if spoken := self.references.spoken.get(REGISTERS.get(column.kind, "")):
                yield column.name, spoken

    @cached_property
    def _unit_of_file(self) -> pd.Series:
        return self.readings.files.drop_duplicates("path").set_index("path")["unit"]

    @cached_property
    def _remarks(self) -> DataFrame[RemarkRows]:
        return remarks_made(self.readings, self._read, self._unit_of_file, self.book.form)

    @cached_property
    def _organised(self) -> DataFrame[OrganisedFilings]:
        return organised(self._read, self.participants, self.references, self.book.notice)

    @cached_property
    def files(self) -> DataFrame[FileRows]:
        """One row a file."""
        return files_found(self.readings.files)

    @cached_property
    def sheets(self) -> DataFrame[SheetRows]:
        """One row a sheet with filings."""
        return sheets_with_filings(self._read, self.lineage, self.book.notice)

    @cached_property
    def totals(self) -> DataFrame[TotalRows]:
        """One row a figure of a 合计 row."""
        return totals_stated(self.readings, self._unit_of_file, self.cells, self.book.form)

    @cached_property
    def remarks(self) -> DataFrame[RemarkRows]:
        """One row a remark about a header or a file."""
        return self._remarks[~self._remarks["kind"].isin(CELL_REMARKS)].reset_index(drop=True)

    @cached_property
    def cells(self) -> DataFrame[CellRows]:
        """One row a cell without a value, where the sheet has the column, and one a cell that reading remarked upon."""
        form, notice = self.book.form, self.book.notice
        found: list[pd.DataFrame] = []
        if "filing" in self.scopes:
            cells = self.lineage.of(self._read["filing_id"])
            found += without_value(self._read.assign(subject=self._read["filing_id"]), cells, form.filing, notice)
        if "participant" in self.scopes:
            cells = self.lineage.of(self.participants["participant_id"])
            found += without_value(self.participants, cells, form.participant, notice)
        remarks = self._remarks[self._remarks["kind"].isin(CELL_REMARKS)]
        return remarked_upon(found, remarks, others_too="filing" in self.scopes)

    @cached_property
    def filings(self) -> DataFrame[FilingRows]:
        """One row a filing."""
        cells = self.lineage.of(self._read["filing_id"])
        return filings_read(self._organised, cells, self.references, self.book.notice)

    @cached_property
    def texts(self) -> DataFrame[TextRows]:
        """One row a filing and a text rule for whose finding its texts speak."""
        cells = self.lineage.of(self._read["filing_id"])
        return texts_weighed(self.filings, cells, self.references, self.book.form.titles, self.book.notice)

    @cached_property
    def participants(self) -> DataFrame[ParticipantRows]:
        """One row a unit taking part in a filing."""
        return participants_read(
            self._taking_part, self._read, self._unit_of_file, self.lineage, self.references, self.book.notice
        )

    @cached_property
    def units(self) -> DataFrame[UnitRows]:
        """One row an organiser with projects last year."""
        return organisers_of_last_year(self._read, self.references)

    @cached_property
    def groups(self) -> DataFrame[GroupRows]:
        """One row a training group."""
        formed, members = self._given
        return groups_formed(
            formed, members, self._organised, self.participants, self.offered, self.references, self.book.notice
        )

    @cached_property
    def members(self) -> DataFrame[MemberRows]:
        """One row a filing that another one leads."""
        return led_filings(self.groups, self._given[1], self._organised)

    @property
    def _given(self) -> tuple[DataFrame[Groups], DataFrame[Members]]:
        if self.formed is None or self.group_members is None:
            raise ValueError("the scope group needs groups and members")
        return self.formed, self.group_members
