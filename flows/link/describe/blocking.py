"""Blocking: which filings share enough to be worth comparing."""

import duckdb
import pandas as pd

from schemas.linkage import Linkage
from schemas.tables import TEXT
from sql import statement


def block(linkage: Linkage, con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``blocks`` in ``con`` of its tables ``plain`` and ``text_grams``: one row a filing, with the blocks it
    stands in.

    Two filings of one block are a candidate pair; a filing that shares nothing with another is not in the table.
    """
    con.register("block_rules", _rules(linkage))
    for name in ("parts", "block_keys"):
        con.execute(statement("link", name))
    con.execute(statement("link", "blocks"), {"window": linkage.window})


def _rules(linkage: Linkage) -> pd.DataFrame:
    """One row a rule of blocking: ``rule`` its name, ``first``, ``second``, ``third`` the parts that must agree (empty:
    none), ``lacking`` the part that one of the two must lack, missing where the rule is for all."""
    rows = [(rule.name, *(*rule.parts, "", "")[:3], rule.lacking) for rule in linkage.blocks]
    return pd.DataFrame(rows, columns=["rule", "first", "second", "third", "lacking"]).astype(TEXT)
