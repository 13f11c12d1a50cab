"""Failing rows as Findings: whole sentences, the cell and the value as filed, and ids that are the same tomorrow."""

from string import Formatter

import pandas as pd

from flows.lineage import CellsOf, Lineage
from flows.validate.rule import SCOPES, RuleCheck
from schemas.cells import a1
from schemas.tables import TEXT, DataFrame, Findings, empty, finding_id

_GIVEN = ("notice", "item", "clause")
_WHERE = ("unit", "file", "sheet", "filing_id", "participant_id", "group_id", "subject")


_FILED = "_filed"
"""``{country_filed}`` in a sentence is what the office wrote in the column ``country``."""


def failing(
    check: RuleCheck, rows: pd.DataFrame, places: pd.Series, lineage: Lineage, titles: dict[str, str]
) -> pd.DataFrame:
    """The findings of one rule: one for each of ``places``, the rows that do not meet it.

    ``lineage`` tells the cells and the texts as filed, looked up for these rows alone; ``titles`` are the form's.
    """
    rule = check.rule
    rows = (rows if rule.tells else rows[_needed(check, rows)]).take(places)
    cells = lineage.of(rows["participant_id" if rule.over == "participants" else "filing_id"])
    rows = rows.assign(**{f"{name}{_FILED}": cells.filed(name) for name in _asked_as_filed(check)})
    if rule.tells:
        rows = rows.assign(**rule.tells(rows, check.notice))
    code, value, column = _place(rows, rule.about, cells)
    found = pd.DataFrame(
        {
            "rule_id": rule.id,
            "clause": check.clause.number,
            "severity": _severity(check, rows),
            "unit": rows["unit"],
            "file": rows["file"],
            "sheet": rows["sheet"],
            "cell": code.map({one: a1(one) for one in code.unique()}),
            "column": column.map(titles),
            "value": value,
            "message": _sentences(rule.message, rows, check),
            "advice": _sentences(rule.whole_advice, rows, check),
            "filing_id": rows["filing_id"],
            "group_id": rows["group_id"] if rule.over in SCOPES["group"] else None,
            "status": "open",
            "words": rows.get("words"),
        },
        index=rows.index,
    )
    found["about"] = rule.id + "\x1f" + rows["subject"].fillna("") + "\x1f" + column.fillna("")
    found["code"] = code
    return found


def gather(parts: list[pd.DataFrame]) -> DataFrame[Findings]:
    """The findings of all rules as Findings, in the order of file, sheet and cell.

    A finding's id is made of its rule, of what it is about and of its column, never of the value; of several about the
    same (two total rows), each but the first is numbered by its place.
    """
    if not any(len(part) for part in parts):
        return empty(Findings)
    found = pd.concat([part for part in parts if len(part)], ignore_index=True)
    found = found.sort_values(["file", "sheet", "code", "rule_id", "about"], ignore_index=True, kind="stable")
    repeat = found.groupby("about").cumcount()
    about = found["about"].mask(repeat.gt(0), found["about"] + "\x1f" + repeat.astype(str))
    found["finding_id"] = [finding_id(text) for text in about]
    return Findings.validate(found[Findings.names()].astype(TEXT))


def _severity(check: RuleCheck, rows: pd.DataFrame) -> "str | pd.Series":
    """The rule's severity; where what speaks for a finding is weak, it only points out."""
    return (
        pd.Series(check.severity, index=rows.index).mask(rows["weak"], "advise") if "weak" in rows else check.severity
    )


def _needed(check: RuleCheck, rows: pd.DataFrame) -> list[str]:
    """The columns that a finding of the rule is made from; taking all hundred of them would cost more than judging."""
    place = ("cell", "value", "column", "weak", "words") if check.rule.about is None else ()
    names = (*_WHERE, *place, *_names(check.rule.message), *_names(check.rule.whole_advice))
    return [name for name in dict.fromkeys(names) if name in rows.columns]


def _asked_as_filed(check: RuleCheck) -> list[str]:
    """The columns whose texts as filed the sentences of the rule ask for."""
    rule = check.rule
    names = (*_names(rule.message), *_names(rule.whole_advice), *rule.tells_from)
    return [name.removesuffix(_FILED) for name in dict.fromkeys(names) if name.endswith(_FILED)]


def _place(rows: pd.DataFrame, about: str | None, cells: CellsOf) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Cell code, value as filed and column name of each row."""
    if about is None:
        return rows["cell"], rows["value"], rows["column"].astype(TEXT)
    return cells.cell(about), cells.filed(about), pd.Series(about, index=rows.index, dtype=TEXT)


def _sentences(template: str, rows: pd.DataFrame, check: RuleCheck) -> list[str]:
    """The template filled in for each row."""
    given = {"notice": check.notice, "item": check.item, "clause": check.clause.number}
    names = list(dict.fromkeys(_names(template)))
    if not names:
        return [template.format(**given)] * len(rows)
    columns = [_shown(rows[name]) for name in names]
    return [template.format(**given, **dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


def _names(template: str) -> list[str]:
    """The columns that a template needs."""
    fields = (field.split(".")[0] for _, field, _, _ in Formatter().parse(template) if field)
    return [name for name in fields if name not in _GIVEN]


def _shown(values: pd.Series) -> list[object]:
    """Values as Python's own, dates as 2020-05-11."""
    if values.dtype.kind == "M":
        return values.dt.strftime("%Y-%m-%d").tolist()
    return values.tolist()
