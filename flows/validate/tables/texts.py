"""What the filings' texts say, weighed by the year's text rules."""

import pandas as pd

from flows.lineage import CellsOf
from flows.references import References
from flows.validate.tables.business import of_others_business
from flows.validate.tables.rows import FilingRows, TextRows
from flows.validate.weighing import weighed
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, empty

OF_BUSINESS = "theme-of-organiser"
"""The rule that weighs whose business a filing is."""


def texts_weighed(
    filings: DataFrame[FilingRows], cells: CellsOf, references: References, titles: dict[str, str], notice: Notice
) -> DataFrame[TextRows]:
    """A row for each filing and text rule for whose finding enough speaks to be pointed out.

    ``cells`` are those of ``filings``, row by row; ``titles`` the form's.
    """
    thresholds = {question.rule: (question.advise, question.hold) for question in notice.weighed}
    thresholds[OF_BUSINESS] = (notice.business.advise, notice.business.hold)
    found = pd.concat(
        [
            of_others_business(filings, references.last_year, notice).assign(rule=OF_BUSINESS),
            weighed(filings, notice).assign(businesses=None),
        ],
        ignore_index=True,
    )
    advise, hold = (
        found["rule"].map({rule: told[place] for rule, told in thresholds.items()}).astype("int64") for place in (0, 1)
    )
    found = found.assign(weak=found["points"] < hold)[found["points"].ge(advise)].reset_index(drop=True)
    if found.empty:
        return empty(TextRows)
    rows = filings.take(found["place"]).reset_index(drop=True)
    column = found["column"].astype(TEXT)
    code, value = pd.Series(-1, index=rows.index), pd.Series(None, index=rows.index, dtype=TEXT)
    for name in column.unique():
        here = column.eq(name)
        there = cells.at(found.loc[here, "place"].to_numpy())
        code[here] = there.cell(name).to_numpy()
        value[here] = there.filed(name).to_numpy()
    told = pd.DataFrame(
        {
            "points": found["points"],
            "weak": found["weak"].astype(bool),
            **{name: found[name].astype(TEXT) for name in ("rule", "words", "evidence", "businesses")},
            "against": ("（也有" + found["against"] + "）").where(found["against"].ne(""), "").astype(TEXT),
            "column": column,
            "text_title": column.map(titles).astype(TEXT),
            "cell": code.astype("int64"),
            "value": value,
        }
    )
    return TextRows.validate(pd.concat([rows, told], axis="columns"))
