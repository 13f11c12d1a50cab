"""What the filings' texts say, weighed by the year's text rules."""

import pandas as pd

from flows.lineage import CellsOf
from flows.references import References
from flows.validate.tables.business import of_others_business
from flows.validate.tables.rows import FilingRows, TextRows
from flows.validate.weighing import weighed
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame

OF_BUSINESS = "theme-of-organiser"
"""The rule that weighs whose business a filing is."""


def texts_weighed(
    filings: DataFrame[FilingRows], cells: CellsOf, references: References, titles: dict[str, str], notice: Notice
) -> DataFrame[TextRows]:
    """A row for each filing and text rule for whose finding enough speaks to be pointed out.

    ``cells`` are those of ``filings``, row by row; ``titles`` the form's.
    """
    business = of_others_business(filings, references.last_year, notice)
    parts = [business.assign(rule=OF_BUSINESS, weak=business["points"] < notice.business.hold)]
    for question in notice.weighed:
        found = weighed(filings, question, notice)
        enough = found[found["points"].ge(question.advise)]
        parts.append(enough.assign(rule=question.rule, weak=enough["points"] < question.hold, businesses=None))
    found = pd.concat([part.astype({"businesses": TEXT}) for part in parts], ignore_index=True)
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
