"""Which other rows a row is about, as an official can find them: file, row, project, people and days."""

import pandas as pd

from schemas.tables import TEXT

_NAMED = 3


def others_told(rows: pd.DataFrame, by: pd.Series) -> pd.Series:
    """Of each row the others that have the same value in ``by``, the nearest first in the order of the rows, three at most by
    name: file and row, title, people and days, where the row has these."""
    told = _told(rows)
    of_key = told.groupby(by)
    place, size = of_key.cumcount(), by.map(by.value_counts())
    found = pd.DataFrame({step: of_key.shift(step) for step in (1, -1, 2, -2, 3, -3)}, index=rows.index)
    named = [[text for text in row if isinstance(text, str)][:_NAMED] for row in found.itertuples(index=False)]
    more = size - 1 - pd.Series([len(texts) for texts in named], index=rows.index)
    said = [
        "；".join(texts) + (f"；另有 {left:.0f} 个" if left > 0 else "")
        for texts, left in zip(named, more.fillna(0), strict=True)
    ]
    return pd.Series(said, index=rows.index, dtype=TEXT).where(place.notna() & by.notna())


def _told(rows: pd.DataFrame) -> pd.Series:
    people = (rows["headcount"].astype(TEXT) + " 人").fillna("")
    days = (
        (_day(rows["start_date"]) + " 至 " + _day(rows["end_date"]))
        .fillna(_day(rows["start_date"]) + " 出境")
        .fillna("")
    )
    figures = people + pd.Series("，", index=rows.index).where(people.ne("") & days.ne(""), "") + days
    what = ("（" + figures + "）").where(figures.ne(""), "")
    return "“" + rows["file"] + "”第 " + rows["row"].astype(TEXT) + " 行“" + rows["title"].fillna("") + "”" + what


def _day(days: pd.Series) -> pd.Series:
    return days.dt.strftime("%Y-%m-%d").astype(TEXT)
