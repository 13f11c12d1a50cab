"""What is told side by side, in which order, and what the filings and their columns are called there."""

from flows.explain.story import Pair, Story
from flows.explain.values import differ, place, shown

SHOWN = (
    "title",
    "organiser",
    "theme",
    "cross_region",
    "country",
    "institution",
    "start_date",
    "end_date",
    "days",
    "headcount",
    "budget",
    "otm_no",
    "letter_no",
    "content",
)
"""The columns of filings shown side by side; the content last, because it is long."""

COMPARED = {
    "subject": ("title",),
    "batch": ("title",),
    "dates": ("start_date", "end_date"),
    "office": ("organiser", "unit"),
}
"""Comparison → the columns that it reads, where they are not of its name."""

_BESIDE = {
    "unit": "填报单位",
    "participant_units": "参团单位",
    "participants_sum": "参团单位人数合计",
    "shares_sum": "其他申报所填本单位人数合计",
}


def title(story: Story, name: str) -> str:
    """What a column is called."""
    return story.titles.get(name) or _BESIDE.get(name, name)


def columns(story: Story) -> list[str]:
    """The columns worth showing: of one filing all, of several those that matter, differ or were taken from another."""
    others = [name for name in story.titles if name not in (*SHOWN, "seq")]
    if len(story.filings) > 1:
        others = [name for name in others if name in story.sources or differ(story.filings[name])]
    return [*SHOWN, *others]


def letters(story: Story) -> dict[str, str]:
    """A short name for each filing told side by side: 甲, 乙, 丙 and so on."""
    names = "甲乙丙丁戊己庚辛壬癸"
    ids = story.filings["filing_id"].tolist()
    return {f: names[i] if i < len(names) else f"第{i + 1}件" for i, f in enumerate(ids)}


def told_first(story: Story) -> list[Pair]:
    """The pairs among the filings: those with the lead first, then the likeliest."""
    leads = set(story.filings.loc[story.filings["leads"], "filing_id"])
    return sorted(story.within, key=lambda pair: (not leads & {pair.left, pair.right}, -pair.weight, pair.pair_id))


def in_order(story: Story, pair: Pair) -> tuple[str, str]:
    """The two filings of a pair in the order told."""
    order = list(letters(story))
    told = [filing for filing in order if filing in (pair.left, pair.right)]
    others = [filing for filing in (pair.left, pair.right) if filing not in order]
    first, second = told + others
    return first, second


def neighbours(story: Story) -> list[Pair]:
    """The pairs with filings outside worth telling: offered, or judged, or kept apart though much alike."""
    return [pair for pair in story.beyond if pair.outcome != "merged"]


def called(story: Story, filing_id: str) -> str:
    """The short name of a filing, or the title of one that is not told side by side."""
    known = letters(story)
    if filing_id in known:
        return known[filing_id]
    other = story.others[story.others["filing_id"].eq(filing_id)]
    return f"“{shown(other['title'].iloc[0])}”（{place(other.iloc[0])}）" if len(other) else filing_id


def pair_name(story: Story, pair: Pair) -> str:
    """The two filings of a pair by their short names, in the order told."""
    first, second = in_order(story, pair)
    return f"{called(story, first)} 与 {called(story, second)}"


def compared_values(story: Story, comparison: str, filing_id: str) -> str:
    """What a comparison read of a filing."""
    rows = story.filings[story.filings["filing_id"].eq(filing_id)]
    if rows.empty:
        return ""
    return " / ".join(shown(rows.iloc[0].get(name)) for name in COMPARED.get(comparison, (comparison,)))
