"""Filings as linking sees them: cleaned names, the subject of the title, days as numbers, weighed words, blocks."""

import duckdb
import pandas as pd

from flows.link.describe.blocking import block
from flows.link.describe.institutions import institution_keys
from flows.link.describe.subject import Subjects, subjects
from flows.references import References
from schemas.linkage import Linkage
from schemas.tables import TEXT, is_in
from sql import statement

_LETTER_SHARE = 0.4
_WEAK_SHARE = 0.25
"""How much a single character and a word that says little count, a telling two-character word counting 1."""

_AT_ONCE = 100_000
"""Filings whose grams are brought together in one statement: what it makes is held in memory whole."""
_CONTENT_READ = 150
"""Characters of 培训内容 that are read."""


def describe(
    filings: pd.DataFrame,
    participants: pd.DataFrame,
    references: References,
    linkage: Linkage,
    con: duckdb.DuckDBPyConnection,
) -> pd.DataFrame:
    """Make the table ``described`` in ``con``: one row a filing of ``filings``, ready to be compared. Gives its plain columns.

    ``id``                              the filing's position
    ``country``, ``organiser``, ``unit``, ``system``, ``days``, ``headcount``, ``cross_region``
                                        as read; ``system`` the organiser's in 单位名录
    ``institution``                     its name in 境外机构名录 where it has one there (``institution_known``), else its own;
                                        ``institution_script`` han or latin
    ``otm_no``, ``letter_no``           without case, blanks and dashes; ``otm_shared`` whether another filing has the number
                                        too; ``letter_signs`` the characters, sorted
    ``batch``, ``rank``, ``audience``   which of several groups the title says it is
    ``start``, ``end``                  days since 1970
    ``others``                          units that it says take part but for the one that filed it, missing where it names none
    ``<text>_grams``, ``<text>_weight`` the codes of the words of ``subject``, ``letters`` (the characters of the subject, each
                                        counting one), ``institution``, ``theme`` and ``content``, and their weight in all
    ``block``                           the blocks that it stands in
    """
    filings = filings.reset_index(drop=True)
    titles = subjects(filings["title"], references, linkage.words)
    plain = _plain(filings, references, titles)
    con.register("plain", plain)
    con.register("texts", _texts(filings, plain, titles))
    con.register("other_units", _other_units(participants, plain, filings["filing_id"]))
    for name in ("grams", "known_grams", "weighed_grams", "no_text_grams"):
        con.execute(statement("link", name))
    for first in range(0, len(filings), _AT_ONCE):
        con.execute(statement("link", "text_grams"), {"first": first, "last": first + _AT_ONCE})
    block(linkage, con)
    con.execute(statement("link", "described"))
    return plain


def _plain(filings: pd.DataFrame, references: References, titles: Subjects) -> pd.DataFrame:
    """The columns of ``described`` that are no texts, and what blocking asks besides: ``unit_system`` the system of the unit
    that filed, ``day`` the day of leaving or what can be known of it."""
    plain = filings[["country", "organiser", "unit", "days", "headcount", "cross_region"]].copy()
    plain.insert(0, "id", range(len(plain)))
    system = references.units.drop_duplicates("unit").set_index("unit")["system"]
    plain["system"] = plain["organiser"].map(system).astype(TEXT)
    plain["unit_system"] = plain["unit"].map(system).astype(TEXT)
    plain["batch"], plain["rank"], plain["audience"] = titles.batch, titles.rank, titles.audience
    plain[["institution", "institution_known", "institution_script"]] = institution_keys(
        filings["institution"], references
    )
    for name in ("otm_no", "letter_no"):
        plain[name] = _number(filings[name])
    plain["otm_shared"] = plain["otm_no"].notna() & plain["otm_no"].duplicated(keep=False)
    plain["letter_signs"] = (
        plain["letter_no"].map(lambda number: "".join(sorted(number)), na_action="ignore").astype(TEXT)
    )
    for name, column in (("start", "start_date"), ("end", "end_date")):
        days = filings[column].astype("datetime64[s]")
        plain[name] = (days.astype("int64") // 86400).where(days.notna()).astype("Int64")
    plain["day"] = plain["start"].fillna(plain["end"] - plain["days"] + 1).fillna(plain["end"])
    return plain


def _other_units(participants: pd.DataFrame, plain: pd.DataFrame, filing_ids: pd.Series) -> pd.DataFrame:
    """One row a filing and a unit that it says takes part, but for the one that filed it: ``id``, ``unit``."""
    place = pd.Series(plain["id"].to_numpy(), index=filing_ids.to_numpy())
    named = participants.dropna(subset=["filing_id"])
    named = named[is_in(named["filing_id"], place.index)]
    others = pd.DataFrame({"id": named["filing_id"].map(place).astype("int64"), "unit": named["participant"]}).dropna()
    own = others["id"].map(plain.set_index("id")["unit"]).eq(others["unit"]).fillna(False).astype(bool)
    return others[~own].drop_duplicates()


def _number(numbers: pd.Series) -> pd.Series:
    """Numbers of the national system without case, blanks and dashes."""
    bare = numbers.str.normalize("NFKC").str.upper().str.replace(r"[^0-9A-Z㐀-鿿]", "", regex=True)
    return bare.mask(bare.eq("")).astype(TEXT)


def _texts(filings: pd.DataFrame, plain: pd.DataFrame, titles: Subjects) -> pd.DataFrame:
    """One row a filing, a text and a size of grams: ``kind``, ``id``, ``text``, ``size`` (0: words apart by blanks),
    ``factor`` what its grams count."""
    unknown = plain["institution"].mask(plain["institution_known"])
    # A title of words that say little still has a subject: then they count in full.
    weak_only = titles.weak.where(titles.core.isna())
    texts = [
        ("subject", titles.core, 2, 1.0),
        ("subject", titles.core, 1, _LETTER_SHARE),
        ("subject", titles.weak.where(titles.core.notna()), 0, _WEAK_SHARE),
        ("subject", weak_only, 0, 1.0),
        ("letters", titles.letters, 1, 1.0),
        ("institution", unknown.where(plain["institution_script"].eq("han")), 2, 1.0),
        ("institution", unknown.where(plain["institution_script"].eq("latin")), 3, 1.0),
        ("institution", plain["institution"].where(plain["institution_known"]), 2, 1.0),
        ("theme", filings["theme"], 2, 1.0),
        ("theme", filings["theme"], 1, _LETTER_SHARE),
        ("content", filings["content"].str.slice(0, _CONTENT_READ), 2, 1.0),
    ]
    frames = [
        pd.DataFrame({"kind": kind, "id": plain["id"], "text": text, "size": size, "factor": factor}).dropna()
        for kind, text, size, factor in texts
    ]
    return pd.concat(frames, ignore_index=True)
