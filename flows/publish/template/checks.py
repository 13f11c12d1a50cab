"""Which rules the form applies to itself while it is being filled in, and how: rule → the formula that is true where a row breaks it.

A formula says what the rule's own function says, of a row whose cells are of their columns' kinds; its sentence, clause and severity
are the rule's and the year's. Rules that no formula can decide stand in :mod:`flows.publish.template.left_out`, with the reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.publish.template import formulas
from flows.publish.template.formulas import (
    NOTHING,
    TRUE,
    either,
    every,
    first_of,
    mentions,
    no,
    number,
    one_of,
    text,
    when,
)
from flows.publish.template.registers import Registers
from flows.publish.template.working import UNREAD, Working
from schemas.form import Form
from schemas.notice import Notice
from schemas.yearbook import Yearbook


@dataclass(frozen=True)
class Broken:
    """When a row breaks a rule; ``tells`` gives the formulas for what its sentence says besides the row's values. ``cells``: a
    sentence of the form's own, for rules that are about one cell of many."""

    when: str
    tells: Mapping[str, str] = field(default_factory=dict)
    says: str | None = None


@dataclass(frozen=True)
class Asked:
    """What a formula may ask: the year's data, the workings of both forms, the registers."""

    book: Yearbook
    filings: Working
    participants: Working
    lists: Registers

    @property
    def notice(self) -> Notice:
        """The year's notice."""
        return self.book.notice

    @property
    def form(self) -> Form:
        """The year's form."""
        return self.book.form

    def __getitem__(self, key: str) -> str:
        """A value of the filing in the row."""
        return self.filings[key]

    def unit(self, column: str) -> str:
        """What 单位名录 has of the organiser."""
        return self.lists.at(column, self["unit_at"])

    @property
    def organiser_known(self) -> str:
        """Whether 单位名录 has the organiser."""
        return f"{self['unit_at']}>1"

    def is_of(self, words: tuple[str, ...], column: str = "training_type") -> str:
        """Whether a column says one of ``words``."""
        return one_of(self[column], words)


FilingCheck = Callable[[Asked, Any], Broken]
FILING: dict[str, FilingCheck] = {}
"""Rule → its check of a filing's row; the second argument is the entry of the notice for which it is applied."""

PARTICIPANT: dict[str, Callable[[Asked], Broken]] = {}
"""Rule → its check of a participant's row."""


ABOUT: dict[str, str] = {}
"""Rule over cells → the one column of 项目申报 that it is about; the others are about every column, or say it themselves."""


def _filing(rule: str, about: str | None = None) -> Callable[[FilingCheck], FilingCheck]:
    def declare(check: FilingCheck) -> FilingCheck:
        FILING[rule] = check
        if about:
            ABOUT[rule] = about
        return check

    return declare


def _participant(rule: str) -> Callable[[Callable[[Asked], Broken]], Callable[[Asked], Broken]]:
    def declare(check: Callable[[Asked], Broken]) -> Callable[[Asked], Broken]:
        PARTICIPANT[rule] = check
        return check

    return declare


def _filled(value: str) -> str:
    """Whether it is a value."""
    return f'AND({value}<>"",{value}<>{text(UNREAD)})'


def _amount(*values: str) -> list[str]:
    return [number(value) for value in values]


# ───────── 四（二）: cells


def _empty(of: Working, form: tuple[str, ...], titles: Mapping[str, str]) -> Broken:
    listed = formulas.joined(when(f'{of[name]}=""', text(f"、{titles[name]}")) for name in form)
    return Broken(
        f"OR({','.join(f'{of[name]}={NOTHING}' for name in form)})",
        {"listed": f"MID({listed},2,999)"},
        "必填栏未填写：{listed}。",
    )


def _unread(of: Working, names: tuple[str, ...], titles: Mapping[str, str]) -> Broken:
    listed = formulas.joined(when(f"{of[name]}={text(UNREAD)}", text(f"、{titles[name]}")) for name in names)
    conditions = [f"{of[name]}={text(UNREAD)}" for name in names]
    return Broken(
        either(*conditions),
        {"listed": f"MID({listed},2,999)"},
        "填写不合要求：{listed}；请按该栏表头的提示填写，有下拉列表的从中选择。",
    )


_OWN_CLAUSE_IF_EMPTY = ("necessity", "otm_no")
_OWN_CLAUSE_IF_UNREAD = ("green_channel", "priority_class")


@_filing("empty-cell")
def _required_cells(q: Asked, _: Any) -> Broken:
    names = tuple(c.name for c in q.form.filing if c.required and c.name not in _OWN_CLAUSE_IF_EMPTY)
    told = _empty(q.filings, names, q.form.filing_titles)
    dates = every(f'{q["days"]}=""', *_amount(q["start_date"], q["end_date"]))
    stay = when(dates, f'"（出入境日期首尾共 "&{_span(q)}&" 天）"')
    return Broken(told.when, {"listed": f"{told.tells['listed']}&{stay}"}, told.says)


@_filing("unread-cell")
def _cells_of_their_kind(q: Asked, _: Any) -> Broken:
    names = tuple(c.name for c in q.form.filing if c.name not in _OWN_CLAUSE_IF_UNREAD)
    told = _unread(q.filings, names, q.form.filing_titles)
    if "priority_class" not in q.filings:
        return told
    word = every(f"{q['priority_class']}={text(UNREAD)}", no(mentions(_class_as_filed(q), _called(q.notice))))
    listed = told.tells["listed"].removeprefix("MID(").removesuffix(",2,999)")
    other = when(word, text(f"、{q.form.filing_titles['priority_class']}"))
    return Broken(either(told.when, word), {"listed": f"MID({listed}&{other},2,999)"}, told.says)


def _called(notice: Notice) -> tuple[str, ...]:
    return (*notice.meanings.priority_called, *notice.meanings.key_called)


def _class_as_filed(q: Asked) -> str:
    return f'IFERROR(SUBSTITUTE(TRIM({q.filings.filed("priority_class")})," ",""),"")'


def _calls_itself(q: Asked, called: tuple[str, ...], others: tuple[str, ...]) -> Broken:
    def first(words: tuple[str, ...]) -> str:
        places = ",".join(f"IFERROR(FIND({text(word)},{_class_as_filed(q)}),9999)" for word in words)
        return f"MIN({places},9999)"

    unread = f"{q['priority_class']}={text(UNREAD)}"
    said = every(unread, f"{first(called)}<9999", f"{first(called)}<{first(others)}")
    return Broken(said, {"value": _class_as_filed(q)})


@_filing("priority-class-exists", about="priority_class")
def _priority_class(q: Asked, _: Any) -> Broken:
    return _calls_itself(q, q.notice.meanings.priority_called, q.notice.meanings.key_called)


@_filing("key-class-exists", about="priority_class")
def _key_class(q: Asked, _: Any) -> Broken:
    return _calls_itself(q, q.notice.meanings.key_called, q.notice.meanings.priority_called)


@_filing("green-channel-basis", about="green_channel")
def _basis_listed(q: Asked, _: Any) -> Broken:
    words = "、".join(q.notice.vocabularies.get("green_channel", ()))
    told = {
        "value": f'IFERROR(TRIM({q.filings.filed("green_channel")}),"")',
        "expected": text(f"以下各词之一：{words}"),
    }
    return Broken(f"{q['green_channel']}={text(UNREAD)}", told)


@_filing("ambiguous-cell", about="budget")
def _budget_in_wan(q: Asked, _: Any) -> Broken:
    """Of what may be read in two ways the form asks for the amount alone that is more likely in 元; the other kinds are unread."""
    budget = q["budget"]
    told = {
        "title": text(q.form.filing_titles["budget"]),
        "value": budget,
        "detail": f'{budget}&"万元、"&{budget}&"元"',
    }
    return Broken(q["unsure"], told)


def _how_empty(q: Asked, name: str) -> dict[str, str]:
    """That nothing is filled in, or what is and says nothing."""
    filed = f"TRIM({q.filings.filed(name)})"
    return {"empty": when(f'{filed}=""', text("未填写"), f'"填的是“"&{filed}&"”，等于没有填写"')}


@_filing("necessity-empty", about="necessity")
def _necessity_filled(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["necessity"]}=""', _how_empty(q, "necessity"))


@_filing("otm-missing", about="otm_no")
def _number_given(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["otm_no"]}=""', _how_empty(q, "otm_no"))


@_filing("letter-missing", about="letter_no")
def _letter_of_intent(q: Asked, _: Any) -> Broken:
    return Broken(every(f'{q["letter_no"]}=""', q.is_of(q.notice.meanings.formal_types)), _how_empty(q, "letter_no"))


@_filing("letter-wanted", about="letter_no")
def _letter_of_specialists(q: Asked, _: Any) -> Broken:
    asked = q.is_of(q.notice.meanings.formal_types)
    return Broken(every(f'{q["letter_no"]}=""', no(asked)), _how_empty(q, "letter_no"))


# ───────── 四（二）: what a filing says of itself


@_filing("unknown-organiser")
def _organiser_known(q: Asked, _: Any) -> Broken:
    return Broken(
        every(_filled(q["organiser"]), no(q.organiser_known)), {"why": text("不在单位名录中，请从下拉列表中选择")}
    )


@_filing("unknown-country")
def _country_known(q: Asked, _: Any) -> Broken:
    return Broken(every(_filled(q["country"]), f"{q['country_at']}=1"), {"why": text("无法识别，请从下拉列表中选择")})


@_filing("seq-twice")
def _seq_unique(q: Asked, _: Any) -> Broken:
    return Broken(every(number(q["seq"]), f"COUNTIF({q.filings.all('seq')},{q['seq']})>1"))


def _span(q: Asked) -> str:
    return f"({q['end_date']}-{q['start_date']}+1)"


@_filing("dates-in-order")
def _back_after_leaving(q: Asked, _: Any) -> Broken:
    start, end = q["start_date"], q["end_date"]
    return Broken(when(every(*_amount(start, end)), f"{end}<{start}", "FALSE"))


@_filing("dates-against-days")
def _days_within_dates(q: Asked, _: Any) -> Broken:
    known = every(*_amount(q["days"], q["start_date"], q["end_date"]))
    too_many = every(f"{_span(q)}>=1", f"{q['days']}>{_span(q)}")
    return Broken(when(known, too_many, "FALSE"), {"span": _span(q)})


@_filing("days-abroad")
def _days_for_training(q: Asked, _: Any) -> Broken:
    travel, base = q.notice.travel, q.notice.limits.travel_days
    known = every(*_amount(q["days"], q["start_date"], q["end_date"]))
    longer = f"INT({q['days']}/{travel.one_more_each})"
    far = f"{q.lists.at('far', q['country_at'])}*{travel.far_more}"
    spare, allowed = f"({_span(q)}-{q['days']})", f"({base}+{longer}+{far})"
    why = formulas.joined(
        (
            text(f"往返路程 {base} 天"),
            when(f"{longer}>0", f'"，长期培训另加 "&{longer}&" 天"'),
            when(f"{far}>0", f'"，路程较远另加 "&{far}&" 天"'),
        )
    )
    told = {"span": _span(q), "spare": spare, "allowed": allowed, "why": why}
    return Broken(when(known, f"{spare}>{allowed}", "FALSE"), told)


def _years_late(q: Asked) -> str:
    return f"(YEAR({q['start_date']})-{q.notice.year})"


@_filing("departure-year")
def _leaves_in_the_plan_year(q: Asked, _: Any) -> Broken:
    late = _years_late(q)
    wrong = either(f"{late}<0", f"{late}>{q.notice.limits.departure_years}")
    return Broken(when(number(q["start_date"]), wrong, "FALSE"))


@_filing("departure-next-year")
def _leaves_before_the_year_ends(q: Asked, _: Any) -> Broken:
    late = _years_late(q)
    after = every(f"{late}>=1", f"{late}<={q.notice.limits.departure_years}")
    return Broken(when(number(q["start_date"]), after, "FALSE"))


@_filing("headcount-positive")
def _someone_travels(q: Asked, _: Any) -> Broken:
    return Broken(every(number(q["headcount"]), f"{q['headcount']}<1"))


@_filing("budget-positive")
def _costs_something(q: Asked, _: Any) -> Broken:
    return Broken(every(number(q["amount"]), f"{q['amount']}<=0"))


@_filing("cadres-within-headcount")
def _cadres_among_them(q: Asked, _: Any) -> Broken:
    cadres, people = q["provincial_cadres"], q["headcount"]
    return Broken(every(*_amount(cadres, people), f"{cadres}>{people}"))


@_filing("participants-within-headcount")
def _participants_fit(q: Asked, _: Any) -> Broken:
    return Broken(every(number(q["headcount"]), f"{q['counted']}>0", f"{q['people']}>{q['headcount']}"))


@_filing("review-rejected")
def _not_rejected(q: Asked, _: Any) -> Broken:
    return Broken(q.is_of(q.notice.meanings.review_rejected, "expert_review"))


@_filing("review-pending")
def _reviewed(q: Asked, _: Any) -> Broken:
    return Broken(q.is_of(q.notice.meanings.review_pending, "expert_review"))


@_filing("error-cell")
def _no_error(q: Asked, _: Any) -> Broken:
    row = formulas.joined(f'IF(ISERROR({q.filings.filed(c.name)}),"、{c.title}","")' for c in q.form.filing)
    return Broken(f'{row}<>""', {"listed": f"MID({row},2,999)"}, "这些栏目显示为出错值，没有可用的内容：{listed}。")


# ───────── 四（三）


@_filing("headcount")
def _at_most_headcount(q: Asked, _: Any) -> Broken:
    return Broken(every(number(q["headcount"]), f"{q['headcount']}>{q.notice.limits.headcount}"))


@_filing("days")
def _days_within_limits(q: Asked, _: Any) -> Broken:
    limits, days = q.notice.limits, q["days"]
    return Broken(every(number(days), either(f"{days}<{limits.days_least}", f"{days}>{limits.days_most}")))


@_filing("degree-study")
def _no_degree(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["degree_study"]}="是"')


# ───────── 一、三


@_filing("hot-country")
def _country_not_hot(q: Asked, _: Any) -> Broken:
    return Broken(f"{q.lists.at('hot', q['country_at'])}=1")


@_filing("green-channel-type")
def _channel_for_specialists(q: Asked, _: Any) -> Broken:
    meanings, basis = q.notice.meanings, q["green_channel"]
    agreed = q.is_of(meanings.government_agreement, "green_channel")
    return Broken(every(q.is_of(meanings.managing_types), _filled(basis), no(agreed)))


@_filing("execution-rate")
def _executed_last_year(q: Asked, _: Any) -> Broken:
    return Broken(
        f"{q.unit('execution-rate')}=1", {name: q.unit(name) for name in ("approved", "executed", "executed_share")}
    )


@_filing("summary-outstanding")
def _summaries_filed(q: Asked, _: Any) -> Broken:
    return Broken(f"{q.unit('summary-outstanding')}=1", {"outstanding": q.unit("outstanding")})


@_filing("central-funding")
def _no_central_funding(q: Asked, _: Any) -> Broken:
    return Broken(every(_filled(q["funding_source"]), mentions(q["funding_source"], q.notice.meanings.central_funding)))


# ───────── 二（一）


@_filing("class-type")
def _class_of_its_type(q: Asked, item: Any) -> Broken:
    of_class = f"{q['priority_class']}={text(item.name)}"
    return Broken(every(of_class, _filled(q["training_type"]), no(q.is_of(item.types))))


@_filing("class-long-term")
def _class_of_long_term(q: Asked, item: Any) -> Broken:
    of_class = f"{q['priority_class']}={text(item.name)}"
    return Broken(every(of_class, number(q["days"]), f"{q['days']}<={q.notice.limits.long_term_over}"))


@_filing("class-level")
def _class_of_its_level(q: Asked, item: Any) -> Broken:
    of_class = f"{q['priority_class']}={text(item.name)}"
    level = q.unit("level")
    return Broken(every(of_class, f'{level}<>""', no(one_of(level, item.levels))))


# ───────── 二（三）


@_filing("provincial-cadres")
def _cadres_with_the_committee(q: Asked, _: Any) -> Broken:
    meanings, cadres = q.notice.meanings, q["provincial_cadres"]
    department = one_of(q.unit("nature"), meanings.organisation_departments)
    committee = every(department, one_of(q.unit("level"), meanings.provincial_levels))
    return Broken(every(number(cadres), f"{cadres}>0", q.organiser_known, no(committee)))


@_filing("organisation-department")
def _no_local_department(q: Asked, _: Any) -> Broken:
    return Broken(f"{q.unit('organisation-department')}=1")


@_filing("local-political")
def _no_local_political(q: Asked, _: Any) -> Broken:
    meanings = q.notice.meanings
    local = every(
        one_of(q.unit("level"), meanings.local_levels), no(one_of(q.unit("nature"), meanings.organisation_departments))
    )
    return Broken(every(local, q.is_of(meanings.political_types)))


@_filing("hot-political")
def _no_political_in_hot_country(q: Asked, _: Any) -> Broken:
    hot = f"{q.lists.at('hot', q['country_at'])}=1"
    return Broken(every(hot, q.is_of(q.notice.meanings.political_types)))


def _across(q: Asked) -> str:
    return either(f'{q["cross_region"]}="是"', f"{q['elsewhere']}>0")


def _who_elsewhere(q: Asked) -> str:
    first = f"INDEX({q.participants.all('participant')},MATCH(ROW()-1,{q.participants.all('elsewhere_of')},0))"
    return f'IFERROR({first}&IF({q["elsewhere"]}>1,"等 "&{q["elsewhere"]}&" 个",""),"")'


def _why_across(q: Asked) -> dict[str, str]:
    shown = when(f'{q["cross_region"]}="是"', NOTHING, f'"，但参团单位有"&{_who_elsewhere(q)}')
    return {"why": f'"是否双跨填报为“"&{q["cross_region"]}&"”"&{shown}'}


def _society_without_right(q: Asked) -> str:
    return every(
        one_of(q.unit("nature"), q.notice.meanings.societies), f"{q.unit('foreign_affairs')}=0", q.organiser_known
    )


_SOCIETIES = "二（五）3"
"""The clause that says of learned societies what 二（三）2 says of everybody."""


@_filing("cross-region-right")
def _may_lead_across(q: Asked, _: Any) -> Broken:
    said = _society_without_right(q) if q.notice.clause_of[_SOCIETIES].active else "FALSE"
    may = either(f"{q.unit('across')}=1", said)
    return Broken(every(_filled(q["cross_region"]), q.organiser_known, no(may), _across(q)), _why_across(q))


@_filing("society-cross-region")
def _society_leads_none(q: Asked, _: Any) -> Broken:
    return Broken(every(_filled(q["cross_region"]), _society_without_right(q), _across(q)), _why_across(q))


@_filing("cross-region-declared")
def _declared_as_shown(q: Asked, _: Any) -> Broken:
    return Broken(every(f'{q["cross_region"]}="否"', f"{q['elsewhere']}>0"), {"elsewhere": _who_elsewhere(q)})


@_filing("cross-region-joiners")
def _says_who_joins(q: Asked, _: Any) -> Broken:
    listed = when(f"{q['own_listed']}>0", text("只列了组团单位自己"), text("没有列出参团单位"))
    nobody = every(f'{q["cross_region"]}="是"', f"{q['joining']}=0", no(q["filed_elsewhere"]))
    return Broken(nobody, {"listed": listed})


@_filing("participants-below-headcount")
def _everyone_is_sent(q: Asked, _: Any) -> Broken:
    judged = every(f"{q['own_listed']}>0", f"{q['taking_part']}={q['counted']}", number(q["headcount"]))
    lacking = f"({q['headcount']}-{q['people']})"
    return Broken(every(judged, f"{q['people']}<{q['headcount']}"), {"people": q["people"], "lacking": lacking})


@_filing("reserved-theme")
def _theme_not_reserved(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["reserved"]}<>""', {"because": q["reserved"]})


@_filing("reserved-theme-doubtful")
def _theme_surely_not_reserved(q: Asked, _: Any) -> Broken:
    doubtful = every(f'{q["reserved"]}=""', f'{q["doubtful"]}<>""', f'{q.unit("field")}&""=""')
    return Broken(doubtful, {"reserved": q["doubtful"], "reserved_reason": q["doubtful_reason"]})


@_filing("reserved-organiser")
def _organiser_not_reserved(q: Asked, _: Any) -> Broken:
    told = {"by": q.unit("by"), "field": q.unit("field")}
    return Broken(every(f"{q.unit('reserved-organiser')}=1", f'{q["reserved"]}=""'), told)


@_filing("vertical-organiser")
def _organiser_not_vertical(q: Asked, _: Any) -> Broken:
    return Broken(f"{q.unit('vertical-organiser')}=1")


@_filing("unified-theme")
def _theme_of_the_department(q: Asked, _: Any) -> Broken:
    meanings = q.notice.meanings
    system = q.unit("system")
    ours = every(
        one_of(q.unit("level"), meanings.provincial_levels),
        one_of(q.unit("nature"), meanings.organs),
        f'ISNUMBER(FIND("、"&{system}&"、","、"&{q["in_charge"]}&"、"))',
    )
    own = every(one_of(q.unit("nature"), meanings.universities), q.is_of(meanings.specialist_types))
    return Broken(every(f'{q["in_charge"]}<>""', q.organiser_known, no(ours), no(own)), {"in_charge": q["in_charge"]})


# ───────── 二（五）


def _characters(value: str) -> str:
    """How many characters a text has that is no longer than :data:`_LOOKED_AT`, spaces and runs of marks not counted."""
    bare = value
    for space in " \t\r\n\v\f\u00a0\u3000":
        said = f"CHAR({ord(space)})" if ord(space) < ord(" ") else text(space)
        bare = f"SUBSTITUTE({bare},{said},{NOTHING})"
    padded, places = f'" "&{value}&REPT(" ",{_LOOKED_AT})', f"ROW($2:${_LOOKED_AT + 1})"
    before, mark, after = (f"ISNUMBER(FIND(MID({padded},{places}{by},1),{text(_MARKS)}))" for by in ("-1", "", "+1"))
    return f"(LEN({bare})-SUMPRODUCT(--{mark},--(({before}+{after})>0)))"


_MARKS = "。！？!?.．…*_~～"
"""Marks that say nothing where several stand in a run."""
_LOOKED_AT = 120
"""Characters of a text whose marks are looked at: a longer one is long enough."""


def _too_short(value: str, least: int) -> str:
    """Whether a text has fewer characters than ``least``; looked at closely only where it may be."""
    return when(every(_filled(value), f"LEN({value})<={_LOOKED_AT}"), f"{_characters(value)}<{least}", "FALSE")


@_filing("necessity")
def _necessity_explained(q: Asked, _: Any) -> Broken:
    return Broken(_too_short(q["necessity"], q.notice.limits.necessity_characters))


@_filing("content-length")
def _content_to_the_point(q: Asked, _: Any) -> Broken:
    content = q["content"]
    return Broken(_too_short(content, q.notice.limits.content_characters), {"characters": _characters(content)})


@_filing("charges-fees")
def _no_fees(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["charges_fees"]}="是"')


@_filing("budget-per-head")
def _within_what_a_person_costs(q: Asked, _: Any) -> Broken:
    budget, people, days = q["amount"], q["headcount"], q["days"]
    usable = every(*_amount(budget, people, days), f"{budget}>0", f"{people}>0", f"{days}>0")
    *shorter, longest = q.notice.lengths
    limit = first_of(
        [*((f"{days}<={one.to}", f"{one.per_head:.10g}") for one in shorter), (TRUE, f"{longest.per_head:.10g}")]
    )
    called = first_of([*((f"{days}<={one.to}", text(one.called)) for one in shorter), (TRUE, text(longest.called))])
    per_head = f"({budget}/{people})"
    told = {"per_head": per_head, "per_head_limit": limit, "length": called}
    return Broken(when(usable, f"{per_head}>{limit}", "FALSE"), told)


# ───────── 四（一）


@_filing("not-budgeted")
def _in_the_budget(q: Asked, _: Any) -> Broken:
    return Broken(f'{q["budgeted"]}="否"')


@_filing("organiser-without-budget")
def _organiser_has_a_budget(q: Asked, _: Any) -> Broken:
    return Broken(every(f"{q.unit('organiser-without-budget')}=1", f'{q["budgeted"]}<>"否"'))


# ───────── 四（四）


def _formal_wanted(q: Asked) -> str:
    return every(q.is_of(q.notice.meanings.formal_types), _filled(q["institution"]))


@_filing("institution-not-formal")
def _in_formal_cooperation(q: Asked, _: Any) -> Broken:
    at = q["institution_at"]
    return Broken(every(_formal_wanted(q), f"{at}>1", f"{q.lists.at('formal', at)}=0"))


@_filing("institution-unlisted")
def _institution_listed(q: Asked, _: Any) -> Broken:
    return Broken(every(_formal_wanted(q), f"{q['institution_at']}=1"))


@_filing("institution-country")
def _in_the_country(q: Asked, _: Any) -> Broken:
    at, listed = q["institution_at"], q.lists.at("institution_country", q["institution_at"])
    country = q.lists.at("country", q["country_at"])
    elsewhere = f'ISERROR(FIND("、"&{country}&"、","、"&{listed}&"、"))'
    known = every(f"{at}>1", f"{q['country_at']}>1", f'{listed}&""<>""')
    return Broken(every(known, elsewhere), {"institution_country": listed})


@_filing("institution-domestic")
def _institution_abroad(q: Asked, _: Any) -> Broken:
    unit = f"IFERROR(INDEX({q.lists.all('unit_of')},MATCH({q['institution']},{q.lists.all('unit_names')},0)),1)"
    at_home = every(_filled(q["institution"]), f"{q['institution_at']}=1", f"{unit}>1")
    return Broken(at_home, {"institution_unit": q.lists.at("unit", unit)})


def _bare(name: str) -> str:
    """A name as it is compared with last year's."""
    return f"UPPER({formulas.without(name, ' （）()·.,，-')})"


def _institution(q: Asked) -> str:
    return when(f"{q['institution_at']}>1", q.lists.at("institution", q["institution_at"]), q["institution"])


@_filing("institution-kept")
def _kept_as_approved(q: Asked, _: Any) -> Broken:
    before = q.lists.at("last_institution", q["last_at"])
    same_organiser = either(
        f"{q.lists.at('last_organiser', q['last_at'])}={q['organiser_name']}", f'{q["organiser"]}=""'
    )
    changed = every(
        f"{q['last_at']}>1",
        _filled(q["institution"]),
        f'{before}&""<>""',
        same_organiser,
        f"{_bare(before)}<>{_bare(_institution(q))}",
    )
    return Broken(changed, {"institution_last": before})


# ───────── 四（五）


@_filing("otm-twice")
def _number_of_one_project(q: Asked, _: Any) -> Broken:
    number_of, project = q.filings.all("number"), q.filings.all("project")
    again = f"SUMPRODUCT(--({number_of}={q['number']}),--({project}<>{q['project']}))>0"
    rows = f"SUMPRODUCT(--({number_of}={q['number']}),--({project}<>{q['project']}))"
    return Broken(when(f'{q["number"]}<>""', again, "FALSE"), {"others": f'"另外 "&{rows}&" 行"'})


@_filing("otm-of-another")
def _number_of_own_project(q: Asked, _: Any) -> Broken:
    organiser = q.lists.at("last_organiser", q["last_at"])
    other = every(
        f"{q['last_at']}>1", _filled(q["organiser"]), f'{organiser}&""<>""', f"{organiser}<>{q['organiser_name']}"
    )
    return Broken(other, {"organiser_last": organiser, "title_last": q.lists.at("last_title", q["last_at"])})


# ───────── 参团单位


def _unit(q: Asked, column: str) -> str:
    return q.lists.at(column, q.participants["unit_at"])


def _organiser(q: Asked, column: str) -> str:
    return q.lists.at(column, q.participants["organiser_at"])


@_participant("empty-cell")
def _participants_cells(q: Asked) -> Broken:
    names = tuple(column.name for column in q.form.participant if column.required)
    return _empty(q.participants, names, q.form.participant_titles)


@_participant("unread-cell")
def _participants_cells_of_their_kind(q: Asked) -> Broken:
    names = tuple(column.name for column in q.form.participant)
    return _unread(q.participants, names, q.form.participant_titles)


@_participant("unknown-participant")
def _participant_known(q: Asked) -> Broken:
    p = q.participants
    return Broken(
        every(_filled(p["participant"]), f"{p['unit_at']}=1"), {"why": text("不在单位名录中，请从下拉列表中选择")}
    )


@_participant("participant-without-project")
def _participant_of_a_project(q: Asked) -> Broken:
    p = q.participants
    shown = when(f'{p["participant"]}=""', text("某单位"), f'"“"&{p["participant"]}&"”"')
    return Broken(every(number(p["seq"]), f'{p["participant"]}<>""', f"{p['filing']}=0"), {"shown": shown})


@_participant("participants-positive")
def _sends_someone(q: Asked) -> Broken:
    people = q.participants["participants"]
    return Broken(every(number(people), f"{people}<1"))


@_participant("participant-not-budgeted")
def _participant_budgeted(q: Asked) -> Broken:
    return Broken(f'{q.participants["budgeted"]}="否"')


@_participant("participant-without-budget")
def _participant_has_a_budget(q: Asked) -> Broken:
    p = q.participants
    return Broken(every(f"{p['unit_at']}>1", f"{_unit(q, 'has_budget')}=0", no(p["own"]), f'{p["budgeted"]}<>"否"'))


@_participant("participant-county")
def _not_of_a_county(q: Asked) -> Broken:
    county = one_of(_unit(q, "level"), q.notice.meanings.county_levels)
    return Broken(every(no(q.participants["own"]), county), {"unit_level": _unit(q, "level")})


def _of_another_system(q: Asked) -> list[str]:
    ours, theirs = _unit(q, "system"), _organiser(q, "system")
    return [no(q.participants["own"]), f'{ours}&""<>""', f'{theirs}&""<>""', f"{ours}<>{theirs}"]


def _systems(q: Asked) -> dict[str, str]:
    return {"unit_system_listed": _unit(q, "system_listed"), "organiser_system_listed": _organiser(q, "system_listed")}


@_participant("participant-system")
def _of_the_same_system(q: Asked) -> Broken:
    provincial = one_of(_unit(q, "level"), q.notice.meanings.provincial_levels)
    return Broken(every(*_of_another_system(q), no(provincial)), _systems(q))


@_participant("participant-system-provincial")
def _provincial_of_the_same_system(q: Asked) -> Broken:
    provincial = one_of(_unit(q, "level"), q.notice.meanings.provincial_levels)
    return Broken(every(*_of_another_system(q), provincial), _systems(q))
