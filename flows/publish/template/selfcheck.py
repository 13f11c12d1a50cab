"""What makes the form check itself: hidden sheets that work out, row by row, which rules each row breaks, and what is said of it.

The sheet of the form shows what is said (:meth:`SelfCheck.said_of_filing`), its head how many rows there are of which kind.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from flows.publish.template import checks, formulas
from flows.publish.template.checks import Asked, Broken
from flows.publish.template.formulas import NOTHING, either, every, first_of, no, sentence, shown, text, when, without
from flows.publish.template.registers import Registers, called, registers
from flows.publish.template.working import UNREAD, Working, put_entry, put_values
from flows.publish.workbook import Book
from flows.references import References
from flows.validate import RuleCheck, rule_book
from schemas.columns import Column
from schemas.form import Form
from schemas.notice import Reserved
from schemas.words import SEVERITIES
from schemas.yearbook import Yearbook

FILINGS, PARTICIPANTS = "自查计算", "参团自查计算"
"""The hidden sheets of workings."""

READY, NO_PROBLEM = "可以报送", "没有发现问题"
"""What is said of a filing, and of a participant, in which nothing stands against it."""

CALLED = "自查"
"""The title of the column in which it is said."""

PREPARED = 200
"""Rows of each form that are worked out."""

PRINTED = 60
"""Rows of each form that are printed, as many as a page takes while they are short: formulas in all prepared rows would else be
printed as empty pages."""

_AT_ONCE = 50
"""Phrases that one formula takes away: functions may stand within each other 64 deep."""
_LAST = 99_999
_RULE = "rule:"
_UNFINISHED = "自查没有算出结果，请以省科技厅核对的为准。"


@dataclass(frozen=True)
class SelfCheck:
    """The workings of both forms, and the registers that they look things up in."""

    filings: Working
    participants: Working
    lists: Registers

    def said_of_filing(self, header: int) -> str:
        """What the cell in the column 自查 of 项目申报 says; ``header`` is the row of the titles, from 0."""
        return _said(self.filings, header)

    def said_of_participant(self, header: int) -> str:
        """The same of 参团单位."""
        return _said(self.participants, header)

    def head(self, form: Form, header: int) -> str:
        """What the head of 项目申报 says of all rows: how many of which kind; rows without 自查; rows beyond the prepared ones."""
        of, joining = self.filings, self.participants
        state = of.all("state")
        kinds = [READY, *(shown for severity, shown in SEVERITIES.items() if severity != "advise")]
        counts = "&".join(
            f'IF(COUNTIF({state},"{kind}")=0,"","，{kind} "&COUNTIF({state},"{kind}")&" 项")' for kind in kinds
        )
        rows = f"COUNTIF({of.all('filled')},TRUE)"
        told = when(f"{rows}=0", text("还没有填写项目。"), f'"共 "&{rows}&" 项"&{counts}&"。"')
        bad = "+".join(f'COUNTIF({joining.all("state")},"{kind}")' for kind in kinds[1:])
        wrong = when(f"{bad}>0", f'"“{form.participant_sheet}”有 "&({bad})&" 行须核对。"')
        first = f"MIN({of.all('unseen')})"
        where = f"ROW('{form.filing_sheet}'!{xl_rowcol_to_cell(header, 0, True, True)})+{first}"
        verdict = f"INDEX({of.all('verdict')},{first})"
        unseen = when(
            f"COUNT({of.all('unseen')})>0", f'"第 "&({where})&" 行是插入的，没有自查栏，自查结果："&{verdict}'
        )
        beyond = [
            (f"'{name}'!" + xl_range_abs(working.first + working.rows - 1, 0, _LAST, len(columns) - 1), name)
            for name, columns, working in (
                (form.filing_sheet, form.filing, of),
                (form.participant_sheet, form.participant, joining),
            )
        ]
        more = [
            when(
                f"COUNTA({cells})>0", text(f"“{name}”末尾有超出 {PREPARED} 行的内容，不在自查范围内，请另存一份填报。")
            )
            for cells, name in beyond
        ]
        said = text(f"打印区域只到表头以下 {PRINTED} 行，打印前请在“页面布局”中扩大。")
        printed = when(either(of.filled_beyond(PRINTED), joining.filled_beyond(PRINTED)), said)
        return f'"{CALLED}："&{formulas.joined((told, wrong, unseen, *more, printed))}'

    def write(self, book: Book) -> None:
        """Write the hidden sheets."""
        self.filings.write(book)
        self.participants.write(book)
        self.lists.write(book)


def _said(of: Working, header: int) -> str:
    return f'IFERROR(INDEX({of.all("verdict")},ROW()-ROW({xl_rowcol_to_cell(header, 0, True, True)})),"")'


def self_check(book: Yearbook, references: References, headers: tuple[int, int]) -> SelfCheck:
    """The workings for the year's form; ``headers`` are the rows of the titles of its two sheets, from 0."""
    form, notice = book.form, book.notice
    lists = registers(references, notice)
    lists.columns["nothing"] = list(notice.form.says_nothing)
    lists.columns |= {f"words.{name}": list(words) for name, words in notice.vocabularies.items()}
    filings = Working(FILINGS, "p", form.filing_sheet, form.filing, headers[0] + 2, PREPARED)
    joining = Working(PARTICIPANTS, "u", form.participant_sheet, form.participant, headers[1] + 2, PREPARED)
    asked = Asked(book, filings, joining, lists)
    put_values(filings, lists, notice.vocabularies)
    put_values(joining, lists, notice.vocabularies)
    _put_entries(filings, lists)
    _put_amount(filings, book)
    _put_whose(joining, filings, lists)
    _put_taking_part(asked)
    _put_theme(asked)
    book_of_rules = rule_book(notice)
    _put_rules(
        filings,
        [c for c in book_of_rules if c.rule.id in checks.FILING and _has(form.filing, c)],
        asked,
        of_filings=True,
    )
    joined = [c for c in book_of_rules if c.rule.id in checks.PARTICIPANT and _has(form.participant, c)]
    _put_rules(joining, joined, asked, of_filings=False)
    _put_verdict(joining, NO_PROBLEM)
    _put_of_participants(filings, joining, form)
    _put_verdict(filings, READY)
    seen = f"INDEX({filings.of_form('said', len(form.filing))},ROW()-1)"
    filings.put("unseen", when(filings["filled"], when(f'IFERROR({seen}&"","")=""', "ROW()-1")))
    return SelfCheck(filings, joining, lists)


def _has(columns: Sequence[Column], check: RuleCheck) -> bool:
    """Whether the year's form has the column that the rule is about."""
    about = checks.ABOUT.get(check.rule.id, check.rule.about)
    return about is None or about in {column.name for column in columns}


def _put_entries(of: Working, lists: Registers) -> None:
    for key, name, kind in (
        ("unit_at", "organiser", "unit"),
        ("country_at", "country", "country"),
        ("institution_at", "institution", "institution"),
    ):
        put_entry(of, key, name, kind, lists)
    unit = when(f"{of['unit_at']}>1", lists.at("unit", of["unit_at"]), of["organiser"])
    of.put("organiser_name", unit)
    of.put("number", f"UPPER({without(of['otm_no'], chr(32) + chr(0x3000) + chr(0xA0))})")
    of.put("last_at", f"IFERROR(MATCH(UPPER({of['otm_no']}),{lists.all('last_number')},0),1)")
    project = ("title", "organiser_name", "country", "institution", "start_date")
    of.put("project", '&"|"&'.join(of[name] for name in project))


def _put_amount(of: Working, book: Yearbook) -> None:
    """``amount``: the budget, if it is sure to be in 万元; ``unsure`` where it may be in 元."""
    unlikely, limit = book.spellings.unlikely_budget
    budget = of["budget"]
    largest = f"MAX({of.all('budget')})" if "budget" in of else "0"
    of.put("unsure", every(formulas.number(budget), f"{budget}>={limit:.10g}", f"{largest}>={unlikely:.10g}"))
    of.put("amount", when(of["unsure"], NOTHING, budget))


def _put_whose(joining: Working, filings: Working, lists: Registers) -> None:
    """Of each participant: which filing it is of, and whether it comes from elsewhere."""
    put_entry(joining, "unit_at", "participant", "unit", lists)
    of = f"IFERROR(MATCH({joining['seq']},{filings.all('seq')},0),0)"
    named = every(formulas.number(joining["seq"]), f'{joining["participant"]}<>""')  # a row without a name is nobody's
    joining.put("filing", when(named, of, "0"))
    organiser = f"IFERROR(INDEX({filings.all('unit_at')},{joining['filing']}),1)"
    joining.put("organiser_at", when(f"{joining['filing']}>0", organiser, "1"))
    name = f"INDEX({filings.all('organiser_name')},{joining['filing']})"
    joining.put("organiser", when(f"{joining['filing']}>0", name, NOTHING))
    known = lists.at("unit", joining["unit_at"])
    own = when(f"{joining['unit_at']}>1", known, joining["participant"])
    joining.put("own", every(f'{joining["participant"]}<>""', f"{own}={joining['organiser']}"))
    away = either(
        *(_differ(lists, column, joining["unit_at"], joining["organiser_at"]) for column in ("region", "system"))
    )
    elsewhere = every(f"{joining['filing']}>0", no(joining["own"]), away)
    joining.put("elsewhere_of", when(elsewhere, joining["filing"], NOTHING))


def _differ(lists: Registers, column: str, one: str, other: str) -> str:
    """Whether two units are known to have different ones."""
    ours, theirs = lists.at(column, one), lists.at(column, other)
    return every(f'{ours}&""<>""', f'{theirs}&""<>""', f"{ours}<>{theirs}")


def _put_taking_part(q: Asked) -> None:
    """What the participants of each filing come to."""
    of, joining, lists = q.filings, q.participants, q.lists
    filing = joining.all("filing")
    people = f"SUMIF({filing},ROW()-1,{joining.all('participants')})"
    of.put("taking_part", f"COUNTIF({filing},ROW()-1)")
    of.put("counted", f'COUNTIFS({filing},ROW()-1,{joining.all("participants")},">=0")')
    of.put("people", people)
    of.put("own_listed", f"COUNTIFS({filing},ROW()-1,{joining.all('own')},TRUE)")
    of.put("joining", f"{of['taking_part']}-{of['own_listed']}")
    of.put("elsewhere", f"COUNTIF({joining.all('elsewhere_of')},ROW()-1)")
    label = len(q.form.unit_label)
    of.names[called("filer")] = f"='{q.form.filing_sheet}'!$A$2"
    filer = f"TRIM(MID({called('filer')},{label + 1},99))"
    of.put("filer_at", f"IFERROR(INDEX({lists.all('unit_of')},MATCH({filer},{lists.all('unit_names')},0)),1)")
    away = (_differ(lists, column, of["filer_at"], of["unit_at"]) for column in ("region", "system"))
    of.put("filed_elsewhere", either(*away))


def _put_theme(q: Asked) -> None:
    """What the theme touches: ``reserved`` says of which field of the ministries it is and why; ``doubtful`` the phrase for
    which a person must judge that, with its ``doubtful_reason``; ``in_charge`` the systems whose department files for it."""
    of, theme = q.filings, q["theme"]
    certain: list[tuple[str, str]] = []
    doubtful: list[tuple[str, str, str]] = []
    listed = f'"、"&{without(theme, "、,，;；/与和及", "、")}&"、"'
    for place, one in enumerate(q.notice.reserved):
        rest = _stripped(of, f"theme{place}", theme, (*one.not_in, *_around(one)))
        word = _found(q, f"reserved{place}", one.words, rest)
        certain.append((f"{word}>0", _because(q, f"reserved{place}", word, one, theme)))
        if one.alone:
            alone = _found(q, f"alone{place}", [f"、{word}、" for word in one.alone], listed)
            said = f'SUBSTITUTE({_word(q, f"alone{place}", alone)},"、","")'
            certain.append((f"{alone}>0", _why(theme, said, one.domain)))
        if one.hold:
            held = _found(q, f"hold{place}", one.hold, _stripped(of, f"held{place}", theme, one.not_in))
            doubtful.append((f"{held}>0", _word(q, f"hold{place}", held), text(one.reason)))
    of.put("reserved", first_of(certain))
    of.put("doubtful", first_of([(found, word) for found, word, _ in doubtful]))
    of.put("doubtful_reason", first_of([(found, reason) for found, _, reason in doubtful]))
    charged: list[tuple[str, str]] = []
    for place, field in enumerate(q.notice.unified):
        rest = _stripped(of, f"unified_theme{place}", theme, field.not_in)
        systems = "、".join(q.notice.system_names.get(system, system) for system in field.systems)
        charged.append((f"{_found(q, f'unified{place}', field.words, rest)}>0", text(systems)))
    of.put("in_charge", first_of(charged))


def _around(field: Reserved) -> list[str]:
    """Phrases for which a person must judge, unless they stand within a word that is certain."""
    return [phrase for phrase in field.hold if not any(phrase in word for word in field.words)]


def _because(q: Asked, key: str, word: str, field: Reserved, theme: str) -> str:
    return _why(theme, _word(q, key, word), field.domain)


def _why(theme: str, word: str, domain: str) -> str:
    return f"{when(f'{theme}={word}', NOTHING, _by_word(word))}&{text(f'属{domain}领域')}"


def _by_word(word: str) -> str:
    return f'"中有“"&{word}&"”，"'


def _stripped(of: Working, key: str, value: str, phrases: Sequence[str]) -> str:
    """The text without ``phrases``, the longest first, some at a time."""
    ordered = sorted(set(phrases), key=lambda one: (-len(one), one))
    for start in range(0, len(ordered), _AT_ONCE):
        value = of.put(f"{key}.{start}", without(value, ordered[start : start + _AT_ONCE], "◯"))
    return value


def _found(q: Asked, key: str, words: Sequence[str], value: str) -> str:
    """The place of the first of ``words`` that stands in a text, counted back from :data:`_LAST`; 0 where none does."""
    if not words:  # nothing stands in every text
        return q.filings.put(key, "0")
    q.lists.columns[key] = [*sorted(set(words), key=lambda one: (-len(one), one))]
    listed = q.lists.all(key)
    return q.filings.put(key, f"SUMPRODUCT(MAX(ISNUMBER(FIND({listed},{value}))*({_LAST}-ROW({listed}))))")


def _word(q: Asked, key: str, place: str) -> str:
    """The word that :func:`_found` found."""
    if key not in q.lists.columns:
        return NOTHING
    return f"INDEX({q.lists.all(key)},MIN({_LAST}-{place},{len(q.lists.columns[key])}))"


def _put_rules(of: Working, told: Sequence[RuleCheck], asked: Asked, *, of_filings: bool) -> None:
    """A column a rule: what is said of a row that breaks it."""
    cases: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for check in told:
        rule = check.rule
        broken = checks.FILING[rule.id](asked, check.item) if of_filings else checks.PARTICIPANT[rule.id](asked)
        given: dict[str, Any] = {"notice": check.notice, "clause": check.clause.number}
        given |= {} if check.item is None else {"item": check.item}
        fields = _Fields(of, asked, broken, of_filings)
        said = sentence(broken.says or rule.message, given, fields)
        cases[f"{_RULE}{check.severity}:{rule.id}"].append(
            (broken.when, f"{said}&{text(f'（{check.clause.number}）')}")
        )
    for key, listed in cases.items():
        of.put(key, when(of["filled"], first_of(listed)))


@dataclass(frozen=True)
class _Fields:
    """The formulas for what sentences say."""

    of: Working
    asked: Asked
    broken: Broken
    of_filings: bool

    def __call__(self, name: str, spec: str) -> str:
        if name in self.broken.tells:
            return _percent(self.broken.tells[name]) if spec.endswith("%") else shown(self.broken.tells[name], spec)
        kinds = {column.name: column.kind for column in self.of.columns_filed}
        if name.endswith("_filed"):
            name = name.removesuffix("_filed")
            return self.of[name]
        if name == "organiser":
            return self.of["organiser_name"] if self.of_filings else self.of["organiser"]
        if name.startswith("organiser_"):
            return self.asked.unit(name.removeprefix("organiser_"))
        if name == "participant":
            return self.of[name]
        if name not in kinds:
            return self.of[name]
        if kinds[name] == "date":
            return formulas.day(self.of[name])
        return shown(self.of[name], spec)


def _percent(value: str) -> str:
    return f'TEXT({value},"0.0%")'


def _put_of_participants(filings: Working, joining: Working, form: Form) -> None:
    """What is said of a filing some of whose participants' rows have problems."""
    for severity, shown_as in SEVERITIES.items():
        rows = f"COUNTIFS({joining.all('filing')},ROW()-1,{joining.all('state')},{text(shown_as)})"
        told = f'"“{form.participant_sheet}”中有 "&{rows}&" 行须核对，见该表“{CALLED}”一栏。"'
        if severity != "advise":
            filings.put(f"{_RULE}{severity}:participants", when(filings["filled"], when(f"{rows}>0", told)))


def _put_verdict(of: Working, clean: str) -> None:
    """``verdict``: what is said of the row; ``state``: the word for it."""
    by_severity: Mapping[str, list[str]] = {severity: [] for severity in SEVERITIES}
    for key in of.columns:
        if key.startswith(_RULE):
            by_severity[key.split(":")[1]].append(of[key])
    found = {severity: of.put(f"all:{severity}", formulas.joined(cells)) for severity, cells in by_severity.items()}
    grave = [
        (f'{found[severity]}<>""', text(shown_as)) for severity, shown_as in SEVERITIES.items() if severity != "advise"
    ]
    of.put("state", when(of["filled"], first_of([*grave, ("TRUE", text(clean))])))
    told = [when(f'{cell}<>""', f"{text(f'【{SEVERITIES[severity]}】')}&{cell}") for severity, cell in found.items()]
    said = formulas.joined((when(f"{of['state']}={text(clean)}", text(clean)), *told))
    of.put("verdict", when(of["filled"], f"IFERROR({said},{text(_UNFINISHED)})"))


__all__ = ["CALLED", "NO_PROBLEM", "PREPARED", "PRINTED", "READY", "UNREAD", "SelfCheck", "self_check"]
