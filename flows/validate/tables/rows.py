"""What a row of each table is that rules judge: what was read, with what the notice and the registers know of it beside it.

Every table has ``subject`` (what a finding of it is about, the same tomorrow), ``unit``, ``file``, ``sheet`` and
``filing_id``. A word that says nothing is no value; missing is missing. A row that is a cell, a sheet or a file says its
own ``cell``, ``value`` and ``column``; of the others a finding looks the cell up by its column.
"""

import numpy as np

from schemas.tables import Files, Filings, Participants, Remarks, Totals
from schemas.tables.frame import Flag, Frame, Number, Series, Text, Whole, optional


class _Place(Frame):
    """A row that tells its own place: ``cell`` is its cell code, -1 where it has none."""

    subject: Series[Text]
    unit: Series[Text] = optional()
    filing_id: Series[Text] = optional()


class FileRows(Files):
    """One row a file found."""

    subject: Series[Text]
    file: Series[Text]
    sheet: Series[Text] = optional()
    filing_id: Series[Text] = optional()
    cell: Series[np.int64]
    value: Series[Text] = optional()
    column: Series[Text] = optional()


class SheetRows(_Place):
    """One row a sheet with filings; ``letter_column`` whether it has 合作意向书编号, ``letter_advised`` whether some filing of it
    should have one without having to."""

    file: Series[Text]
    sheet: Series[Text]
    letter_column: Series[bool]
    letter_advised: Series[bool]
    cell: Series[np.int64]
    value: Series[Text] = optional()
    column: Series[Text] = optional()


class TotalRows(Totals):
    """One row a figure of a 合计 row; ``title`` of its column; ``unread_above`` whether some row above could not be read."""

    subject: Series[Text]
    unit: Series[Text] = optional()
    filing_id: Series[Text] = optional()
    title: Series[Text] = optional()
    unread_above: Series[bool]


class RemarkRows(Remarks):
    """One row a thing that reading wants said about a header or a file; ``title`` of the column that it is about."""

    subject: Series[Text]
    unit: Series[Text] = optional()
    title: Series[Text] = optional()


class CellRows(_Place):
    """One row a cell without a value, of a filing or a participant, or one that reading remarked upon.

    ``title``, ``doc`` and ``required`` of its column; ``value`` as filed; ``blank`` whether nothing is in it, or a word that
    says nothing; ``expected`` what the form asks for; ``remark`` the kind of the remark and ``detail`` what it adds;
    ``training_type`` that of the filing.
    """

    file: Series[Text]
    sheet: Series[Text] = optional()
    column: Series[Text] = optional()
    title: Series[Text] = optional()
    doc: Series[Text] = optional()
    value: Series[Text] = optional()
    expected: Series[Text] = optional()
    cell: Series[np.int64]
    required: Series[bool]
    blank: Series[bool]
    remark: Series[Text] = optional()
    detail: Series[Text] = optional()
    training_type: Series[Text] = optional()


class _Organised(Frame):
    """What 单位名录 says of the organiser, by the name of its system by which systems are compared
    (``organiser_system_listed`` in the list's own word, for sentences); ``organiser_known`` whether it knows it."""

    organiser_level: Series[Text] = optional()
    organiser_region: Series[Text] = optional()
    organiser_system: Series[Text] = optional()
    organiser_system_listed: Series[Text] = optional()
    organiser_nature: Series[Text] = optional()
    organiser_foreign_affairs: Series[Flag] = optional()
    organiser_vertical: Series[Flag] = optional()
    organiser_has_budget: Series[Flag] = optional()
    organiser_known: Series[bool]


class OrganisedFilings(Filings, _Organised):
    """One row a filing with who organises it and who takes part.

    ``organises_across`` whether its organiser may organise a cross-region group; ``elsewhere`` its participants of another
    region or system, joined by 、; ``people`` how many all its participants are, ``people_counted`` whether each of them says
    how many; ``joining`` how many of its participants are others than the organiser, ``own_listed`` whether the organiser is
    among them; ``filed_elsewhere`` whether an office of another region or system filed it, which then is who joins.
    """

    subject: Series[Text]
    organises_across: Series[bool]
    elsewhere: Series[Text] = optional()
    people: Series[Whole] = optional()
    people_counted: Series[bool]
    joining: Series[np.int64]
    own_listed: Series[bool]
    filed_elsewhere: Series[bool]


class FilingRows(OrganisedFilings):
    """One row a filing, with what the registers and the notice say of its country, institution, number and theme.

    ``institution_country`` where 境外机构名录 has its institution, ``institution_unit`` the unit of 单位名录 that it is; of one
    that 境外机构名录 does not know: ``institution_agency`` the word for an agency in its name, ``institution_begins`` how it begins
    like a domestic unit's, ``institution_named`` the other country with which it begins. ``institution_last`` where last
    year's project of the same number went, ``title_last`` what it was called, ``organiser_last`` who organised it, where that
    was another unit; ``title_rest`` its title without names;
    ``span`` days from leaving to returning, both counted; ``length`` what projects of about so many days are called,
    ``per_head`` 万元 a person and ``per_head_limit`` how much that may be; ``rate`` 元 a person and day and, of the filings to the
    same country of about so many days, ``rate_median``, ``rate_deviation`` (median absolute deviation) and ``rate_filings``;
    ``letter_column`` whether its sheet has 合作意向书编号. ``reserved`` the word of
    its theme that is of a field of the ministries (二（三）3) or, where a person must judge (``reserved_doubtful``,
    ``reserved_reason``), the phrase around it; ``in_charge`` the systems whose provincial department files for the theme
    (二（三）4), joined by 、.
    """

    country_known: Series[bool]
    country_hot: Series[Flag] = optional()
    institution_known: Series[bool]
    institution_formal: Series[Flag] = optional()
    institution_country: Series[Text] = optional()
    institution_unit: Series[Text] = optional()
    institution_agency: Series[Text] = optional()
    institution_begins: Series[Text] = optional()
    institution_named: Series[Text] = optional()
    institution_last: Series[Text] = optional()
    organiser_last: Series[Text] = optional()
    title_last: Series[Text] = optional()
    title_rest: Series[Text] = optional()
    span: Series[Whole] = optional()
    length: Series[Text] = optional()
    per_head: Series[Number] = optional()
    per_head_limit: Series[Number] = optional()
    letter_column: Series[bool]
    rate: Series[Number] = optional()
    rate_median: Series[Number] = optional()
    rate_deviation: Series[Number] = optional()
    rate_filings: Series[Whole] = optional()
    reserved: Series[Text] = optional()
    reserved_doubtful: Series[Flag] = optional()
    reserved_reason: Series[Text] = optional()
    in_charge: Series[Text] = optional()


class TextRows(FilingRows):
    """One row a filing and a text rule (``rule``) for whose finding its texts speak with enough points to be pointed out.

    ``weak`` whether its ``points`` are too few for a person to have to decide. ``words`` for the finding as it keeps them,
    ``evidence`` these and ``against`` those against it as a sentence names them; ``column`` (``text_title`` on paper) where the
    evidence is strongest; ``businesses`` the systems whose business it seems to be, joined by 、 (一（三）).
    """

    filing_id: Series[Text]
    rule: Series[Text]
    points: Series[np.int64]
    weak: Series[bool]
    words: Series[Text]
    evidence: Series[Text]
    against: Series[Text]
    column: Series[Text]
    text_title: Series[Text]
    cell: Series[np.int64]
    value: Series[Text] = optional()
    businesses: Series[Text] = optional()


class ParticipantRows(Participants, _Organised):
    """One row a unit taking part in a filing: ``unit_…`` what 单位名录 says of it, ``organiser`` that of its filing.

    ``own`` whether it is the organiser itself; ``elsewhere`` whether it comes from another region or system than the
    organiser, as 单位名录 has both: what the office wrote of them does not count.
    """

    subject: Series[Text]
    unit: Series[Text] = optional()
    organiser: Series[Text] = optional()
    unit_level: Series[Text] = optional()
    unit_region: Series[Text] = optional()
    unit_system: Series[Text] = optional()
    unit_system_listed: Series[Text] = optional()
    unit_nature: Series[Text] = optional()
    unit_foreign_affairs: Series[Flag] = optional()
    unit_vertical: Series[Flag] = optional()
    unit_has_budget: Series[Flag] = optional()
    unit_known: Series[bool]
    own: Series[bool]
    elsewhere: Series[bool]


class UnitRows(Filings):
    """One row an organiser with projects last year, at its first filing: ``approved`` and ``executed`` people of last year
    in all, ``executed_share`` of these, ``outstanding`` the executed projects without a summary."""

    subject: Series[Text]
    approved: Series[Whole] = optional()
    executed: Series[Whole] = optional()
    executed_share: Series[Number] = optional()
    outstanding: Series[Text] = optional()


class GroupRows(OrganisedFilings):
    """One row a training group, at the filing that leads it, with what all its filings show.

    ``group_filings`` how many; ``group_headcount`` the merged headcount; ``group_people``, ``shares`` and ``larger`` how many
    people it is, as :class:`schemas.tables.Groups` counts them (``people``, ``shares_in_all``, ``larger_headcount``).
    ``near`` and ``near_people``: how many small groups of the same trip leave within the days in which they may be one that
    was split, and their people; ``same_trip`` and ``same_text`` are the same number for all of the same trip, or with the
    same content, and ``near_by`` names the one of both that counts. Of the units that only the other filings show:
    ``group_elsewhere`` those of another region or system, ``group_county`` those at county level, ``group_other_system``
    those of another system that are not provincial, ``group_provincial`` those that are; ``group_declares`` who else
    declares it a cross-region group. ``sharing`` how many other groups have its number, ``asked`` of how many of
    these a reviewer has yet to say whether they are the same group.
    """

    group_id: Series[Text]
    group_filings: Series[np.int64]
    group_headcount: Series[Whole] = optional()
    group_people: Series[Whole] = optional()
    shares: Series[Whole] = optional()
    larger: Series[Whole] = optional()
    near: Series[Whole] = optional()
    near_people: Series[Whole] = optional()
    near_by: Series[Text] = optional()
    same_trip: Series[Whole] = optional()
    same_text: Series[Whole] = optional()
    group_elsewhere: Series[Text] = optional()
    group_county: Series[Text] = optional()
    group_other_system: Series[Text] = optional()
    group_provincial: Series[Text] = optional()
    group_declares: Series[Text] = optional()
    sharing: Series[np.int64]
    asked: Series[np.int64]


class MemberRows(OrganisedFilings):
    """One row a filing that another one leads: ``lead`` its filing_id, ``lead_organiser``; ``group_across`` whether anything in
    the group shows or declares that it is a cross-region one."""

    group_id: Series[Text]
    lead: Series[Text]
    lead_organiser: Series[Text] = optional()
    group_across: Series[bool]
