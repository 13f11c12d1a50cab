"""Filings as linking sees them: cleaned names, the subject of the title, days as numbers, weighed words, blocks."""

import duckdb
import pandas as pd

from flows.link.institutions import institution_keys
from flows.link.subject import Subjects, subjects
from flows.references import References
from schemas.linkage import Linkage
from schemas.tables import TEXT
from sql import statement

_GRAM_KINDS = ("subject", "letters", "institution", "theme", "content")
_LETTER_SHARE = 0.4
_WEAK_SHARE = 0.25
"""How much a single character and a word that says little count, a telling two-character word counting 1."""

_WEEK = 8
_THESE_PARTS_ONLY = "nothing more"


def describe(
    filings: pd.DataFrame, references: References, linkage: Linkage, con: duckdb.DuckDBPyConnection
) -> pd.DataFrame:
    """One row a filing, in the order of ``filings`` (FILINGS, sorted by filing_id), ready to be compared.

    ``id`` its position; ``country``, ``institution`` (by any name), ``institution_known``, ``institution_script``,
    ``organiser``, ``unit``, ``system``, ``otm_no``, ``letter_no``, ``batch``; ``start``, ``end`` as days since 1970,
    ``days``, ``headcount``, ``cross_region``; for each text ``subject``, ``letters`` (the characters of the subject, each
    counting one), ``institution``, ``theme``, ``content`` its
    ``<text>_grams`` (codes) and ``<text>_weight``; ``block`` the blocks it stands in.
    """
    described = _plain(filings, references)
    titles = subjects(filings["title"].reset_index(drop=True), references, linkage.words)
    described["batch"] = titles.batch
    con.register("link_filings", described[["id"]])
    con.register("link_texts", _texts(filings.reset_index(drop=True), described, titles))
    con.execute(statement("link", "text_grams"))
    grams = con.execute("select * from text_grams").df()
    for kind in _GRAM_KINDS:
        of_kind = grams[grams["kind"].eq(kind)].set_index("id")
        described[f"{kind}_grams"] = of_kind["grams"].reindex(described["id"])
        described[f"{kind}_weight"] = of_kind["weight"].astype("Int64").reindex(described["id"])
    words = grams.loc[grams["kind"].eq("subject"), ["id", "words"]]
    described["block"] = _blocks(described, words, linkage, con).reindex(described["id"])
    return described


def _plain(filings: pd.DataFrame, references: References) -> pd.DataFrame:
    plain = filings[["country", "organiser", "unit", "days", "headcount", "cross_region"]].reset_index(drop=True)
    plain.insert(0, "id", range(len(plain)))
    system = references.units.drop_duplicates("unit").set_index("unit")["system"]
    plain["system"] = plain["organiser"].map(system).astype(TEXT)
    plain[["institution", "institution_known", "institution_script"]] = institution_keys(
        filings["institution"].reset_index(drop=True), references
    )
    for name in ("otm_no", "letter_no"):
        plain[name] = _number(filings[name].reset_index(drop=True))
    for name, column in (("start", "start_date"), ("end", "end_date")):
        days = filings[column].reset_index(drop=True).astype("datetime64[s]")
        plain[name] = (days.astype("int64") // 86400).where(days.notna()).astype("Int64")
    return plain


def _number(numbers: pd.Series) -> pd.Series:
    """Numbers of the national system without case, blanks and dashes."""
    bare = numbers.str.normalize("NFKC").str.upper().str.replace(r"[^0-9A-Z㐀-鿿]", "", regex=True)
    return bare.mask(bare.eq("")).astype(TEXT)


def _texts(filings: pd.DataFrame, described: pd.DataFrame, titles: Subjects) -> pd.DataFrame:
    """One row a filing, a text and a size of grams: ``kind``, ``id``, ``text``, ``size`` (0: words apart by blanks),
    ``factor`` what its grams count."""
    unknown = described["institution"].mask(described["institution_known"])
    # A title of words that say little still has a subject: then they count in full.
    weak_only = titles.weak.where(titles.core.isna())
    texts = [
        ("subject", titles.core, 2, 1.0),
        ("subject", titles.core, 1, _LETTER_SHARE),
        ("subject", titles.weak.where(titles.core.notna()), 0, _WEAK_SHARE),
        ("subject", weak_only, 0, 1.0),
        ("letters", titles.letters, 1, 1.0),
        ("institution", unknown.where(described["institution_script"].eq("han")), 2, 1.0),
        ("institution", unknown.where(described["institution_script"].eq("latin")), 3, 1.0),
        ("institution", described["institution"].where(described["institution_known"]), 2, 1.0),
        ("theme", filings["theme"], 2, 1.0),
        ("theme", filings["theme"], 1, _LETTER_SHARE),
        ("content", filings["content"], 2, 1.0),
    ]
    frames = [
        pd.DataFrame({"kind": kind, "id": described["id"], "text": text, "size": size, "factor": factor}).dropna()
        for kind, text, size, factor in texts
    ]
    return pd.concat(frames, ignore_index=True)


def _blocks(
    described: pd.DataFrame, words: pd.DataFrame, linkage: Linkage, con: duckdb.DuckDBPyConnection
) -> pd.Series:
    """Lists of block codes by filing ``id``; a filing that shares nothing with another is not in it."""
    con.register("link_parts", _parts(described, words))
    con.register("link_days", pd.DataFrame({"id": described["id"], "day": _day(described)}))
    con.execute("create or replace temp table block_keys (rule varchar, id bigint, key ubigint)")
    for block in linkage.blocks:
        first, second, third = (*block.parts, _THESE_PARTS_ONLY, _THESE_PARTS_ONLY)[:3]
        parameters = {"rule": block.name, "first": first, "second": second, "third": third}
        con.execute(statement("link", "block_keys"), parameters)
    con.execute(statement("link", "blocks").replace("$window", str(linkage.window)))
    return con.execute("select id, block from blocks").df().set_index("id")["block"]


def _day(described: pd.DataFrame) -> pd.Series:
    """The day of leaving, or what can be known of it."""
    return described["start"].fillna(described["end"] - described["days"] + 1).fillna(described["end"])


def _parts(described: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """One row a filing and a thing that it may share with another: ``id``, ``part`` what, ``value``."""
    ids, day = described["id"], _day(described)
    # Two rows of eight days, shifted by half: any two days up to four apart share one of them.
    weeks = [((day + shift) // _WEEK).astype(TEXT) + name for shift, name in ((0, "a"), (_WEEK // 2, "b"))]
    alone = {name: described[name] for name in ("otm_no", "letter_no", "institution", "country")}
    several = words.explode("words").rename(columns={"words": "value"})
    parts = [
        *(pd.DataFrame({"id": ids, "part": name, "value": value}) for name, value in alone.items()),
        *(pd.DataFrame({"id": ids, "part": "office", "value": described[name]}) for name in ("organiser", "unit")),
        *(pd.DataFrame({"id": ids, "part": "week", "value": value}) for value in weeks),
        several.assign(part="words"),
        pd.DataFrame({"id": ids, "part": _THESE_PARTS_ONLY, "value": ""}),
    ]
    return pd.concat(parts, ignore_index=True).dropna().drop_duplicates()
