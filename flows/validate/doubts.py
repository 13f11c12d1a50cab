"""Findings that rest on what a reference workbook leaves open: held, whatever the rule asks, and saying why.

A contradicted value forbids nothing. The filings that such a value may be about are judged once for each thing that the
registers may mean; what is found whichever way they are read does not depend on the doubt, and what is found only in some of
these readings is for a person: 待核, with the cells of the workbook.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from flows.read import name_key
from flows.references import Doubt, References
from flows.validate.rule import ASKS_REGISTERS, RULES, Over
from flows.validate.tables.register import REGISTERS
from schemas.columns import FILING, PARTICIPANT
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Findings, Members, Readings
from schemas.words import GRAVITY, SEVERITIES

Judge = Callable[[Readings, References, tuple[Over, ...]], DataFrame[Findings]]
"""Gives what is found in the rows of some tables."""

_GRAVEST = "hold"
"""No finding in doubt is graver than this."""
_NAMED_AT_MOST = 3
_DOUBTED = "名录有疑问：{why}。名录更正之前不能确定，先作{severity}：{message}"
_ADVICE = "请省科技厅更正名录（见“名录问题”），下一夜据此重新核对；急需的可由审核人判断。{advice}"


def judged(
    judge: Judge,
    readings: Readings,
    references: References,
    notice: Notice,
    overs: tuple[Over, ...],
    members: DataFrame[Members] | None,
) -> DataFrame[Findings]:
    """What ``judge`` finds in ``overs``, and held what it finds only if a doubt of ``references`` is settled in one of its
    ways."""
    references = references.doubting(_unknown(readings, references)) if references.nameless else references
    touched = _touched(readings, references, members)
    kept = [_told_apart(references.doubts[place], notice) for place in sorted(set(touched["doubt"]))]
    asked = replace(references, doubts=tuple(kept)) if kept else references.undoubted
    meant = list(asked.readings(_meet(touched, references.doubts)))
    found = judge(readings, meant[0], overs)
    if not kept:
        return found
    part = _part(readings, touched["filing_id"])
    asking = tuple(over for over in overs if over in ASKS_REGISTERS)
    outcomes = pd.concat([judge(part, reading, asking).assign(reading=number) for number, reading in enumerate(meant)])
    of_finding = outcomes.groupby("finding_id")
    varies = of_finding["reading"].nunique().lt(len(meant)) | of_finding["message"].nunique().gt(1)
    in_doubt = outcomes[outcomes["finding_id"].isin(varies.index[varies])].drop_duplicates("finding_id")
    held = _held(in_doubt.drop(columns="reading"), touched, references.doubts)
    sure = found[~found["finding_id"].isin(held["finding_id"])]
    return Findings.validate(pd.concat([sure, held], ignore_index=True)) if len(held) else found


def _told_apart(doubt: Doubt, notice: Notice) -> Doubt:
    """The doubt with one of the options that the notice does not tell apart: it names natures of units by lists of them."""
    if doubt.column != "nature":
        return doubt
    named = [words for _, words in notice.meanings]
    of_kind = {tuple(option in words for words in named): option for option in reversed(doubt.options)}
    return replace(doubt, options=tuple(option for option in doubt.options if option in of_kind.values()))


def _meet(touched: pd.DataFrame, doubts: Sequence[Doubt]) -> bool:
    """Whether two entries in doubt of one table are of one filing or its group, where rules may compare them."""
    places = touched["doubt"].to_list()
    entries = pd.DataFrame(
        {
            "filing_id": touched["filing_id"],
            "table": [doubts[place].table for place in places],
            "entry": [doubts[place].entry for place in places],
        }
    )
    return bool(entries.drop_duplicates().duplicated(["filing_id", "table"]).any())


def _held(findings: pd.DataFrame, touched: pd.DataFrame, doubts: Sequence[Doubt]) -> pd.DataFrame:
    """The findings held, each with what is in doubt about it."""
    about = touched.groupby("filing_id")["doubt"].agg(list).to_dict()
    severity = findings["severity"].mask(findings["severity"].map(GRAVITY).lt(GRAVITY[_GRAVEST]), _GRAVEST)
    whys = [
        _why([doubts[place] for place in about.get(filing, ())], RULES[rule].looks_at)
        for filing, rule in zip(findings["filing_id"], findings["rule_id"], strict=True)
    ]
    said = zip(whys, severity, findings["message"], strict=True)
    return findings.assign(
        severity=severity,
        message=[_DOUBTED.format(why=why, severity=SEVERITIES[word], message=message) for why, word, message in said],
        advice=[_ADVICE.format(advice=advice) for advice in findings["advice"]],
    ).astype({"severity": TEXT, "message": TEXT, "advice": TEXT})


def _why(doubts: Sequence[Doubt], looks_at: str) -> str:
    """The doubts that a rule's finding rests on, those first whose column the rule says that it looks at."""
    asked = [doubt for doubt in doubts if doubt.title in looks_at] or list(doubts)
    told = "；".join(dict.fromkeys(doubt.why for doubt in asked[:_NAMED_AT_MOST]))
    return f"{told}等 {len(asked)} 处" if len(asked) > _NAMED_AT_MOST else told or "见“名录问题”"


def _touched(readings: Readings, references: References, members: DataFrame[Members] | None) -> pd.DataFrame:
    """One row a filing and a doubt that may be about it: ``filing_id`` (missing for a participant of no filing), ``doubt``."""
    mentions = [*_mentions(readings, references)] if references.doubts else []
    touched = pd.DataFrame(mentions, columns=["filing_id", "doubt"]).drop_duplicates()
    if members is None or touched.empty:
        return touched
    group_of = members.set_index("filing_id")["group_id"]
    of_groups = touched.assign(group_id=touched["filing_id"].map(group_of)).dropna(subset=["group_id"])
    shared = of_groups[["group_id", "doubt"]].merge(members[["filing_id", "group_id"]], on="group_id")
    return pd.concat([touched, shared[["filing_id", "doubt"]]]).drop_duplicates(ignore_index=True)


def _unknown(readings: Readings, references: References) -> dict[str, set[str]]:
    """By register, the names of filings and participants that it has not."""
    said: dict[str, set[str]] = defaultdict(set)
    for frame, fields in ((readings.filings, FILING), (readings.participants, PARTICIPANT)):
        for field in fields:
            if table := REGISTERS.get(field.kind):
                said[table] |= set(frame[field.name].dropna().unique())
    return {table: names - set(getattr(references, table).iloc[:, 0]) for table, names in said.items()}


def _mentions(readings: Readings, references: References) -> Iterator[tuple[object, int]]:
    """Every filing that names an entry in doubt, with the doubt's place."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, doubt in enumerate(references.doubts):
        places[doubt.table, name_key(doubt.entry)].append(place)
    for place, organiser in _of_last_year(references):
        places["units", name_key(organiser)].append(place)
    columns = [("unit", "units"), ("otm_no", "last_year")]
    columns += [(field.name, REGISTERS[field.kind]) for field in FILING if field.kind in REGISTERS]
    taking_part = [(field.name, REGISTERS[field.kind]) for field in PARTICIPANT if field.kind in REGISTERS]
    for frame, named in ((readings.filings, columns), (readings.participants, taking_part)):
        for column, table in named:
            known = {text: places.get((table, name_key(text)), []) for text in frame[column].dropna().unique()}
            asked = frame.loc[frame[column].isin([text for text, found in known.items() if found])]
            for filing, text in zip(asked["filing_id"], asked[column], strict=True):
                yield from ((filing, place) for place in known[text])


def _of_last_year(references: References) -> Iterator[tuple[int, str]]:
    """The organisers that a doubt about one of last year's projects may be about."""
    organiser = references.last_year.set_index("otm_no")["organiser"]
    for place, doubt in enumerate(references.doubts):
        if doubt.table == "last_year":
            said = organiser.get(doubt.entry)
            names = [name for name in (*doubt.options, said) if isinstance(name, str)]
            yield from ((place, references.unit_names.get(name) or name) for name in names)


def _part(readings: Readings, filings: pd.Series) -> Readings:
    """The readings of these filings alone, and of participants of no filing."""
    wanted = set(filings.dropna())
    kept = readings.filings[readings.filings["filing_id"].isin(wanted)]
    whose = readings.participants["filing_id"]
    return replace(
        readings,
        filings=kept.reset_index(drop=True),
        participants=readings.participants[whose.isin(wanted) | whose.isna()].reset_index(drop=True),
        remarks=readings.remarks[readings.remarks["filing_id"].isin(wanted)].reset_index(drop=True),
        totals=readings.totals.iloc[:0],
    )
