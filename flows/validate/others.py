"""Which other rows a row is about, as an official can find them: file, row, project, people and days."""

import pandas as pd

from schemas.tables import TEXT

_NAMED = 3
_NEAREST = (1, -1, 2, -2, 3, -3)


def others_told(rows: pd.DataFrame, by: pd.Series, within: int | None = None) -> pd.Series:
    """Of each row the others that have the same value in ``by``, those that leave at about the same time first, three at most
    by name: title, people and days, where the row has these, then file and row. ``within``: only those that leave at most so many
    days before or after it; how many these are is then not told."""
    rows = rows.sort_values("start_date", kind="stable")
    by = by.reindex(rows.index)
    told, leaves = _told(rows).groupby(by), rows["start_date"].groupby(by)
    found = {step: told.shift(step) for step in _NEAREST}
    if within is not None:
        apart = {step: (leaves.shift(step) - rows["start_date"]).abs().dt.days for step in _NEAREST}
        found = {step: text.where(apart[step].le(within)) for step, text in found.items()}
    named = [[text for text in texts if isinstance(text, str)][:_NAMED] for texts in zip(*found.values(), strict=True)]
    others = by.map(by.value_counts()).fillna(1).astype("int64") - 1
    more = [0 if within is not None else all_of - len(texts) for all_of, texts in zip(others, named, strict=True)]
    said = ["；".join(texts) + (f"；另有 {left} 个" if left else "") for texts, left in zip(named, more, strict=True)]
    return pd.Series(said, index=rows.index, dtype=TEXT)


def _told(rows: pd.DataFrame) -> pd.Series:
    people = (rows["headcount"].astype(TEXT) + " 人").fillna("")
    leaves, returns = (rows[name].dt.strftime("%Y-%m-%d").astype(TEXT) for name in ("start_date", "end_date"))
    days = (leaves + " 至 " + returns).fillna(leaves + " 出境").fillna("")
    between = pd.Series("，", index=rows.index).where(people.ne("") & days.ne(""), "")
    figures = people + between + days
    what = ("（" + figures + "）").where(figures.ne(""), "")
    where = "，见“" + rows["file"] + "”第 " + rows["row"].astype(TEXT) + " 行"
    return "“" + rows["title"].fillna("") + "”" + what + where
