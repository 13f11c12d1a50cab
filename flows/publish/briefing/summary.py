"""The figures of the briefing in Markdown, for the page of a run in Prefect."""

import re
from collections.abc import Iterable, Sequence

from flows.publish.briefing.figures import Figure
from flows.publish.workbook import safe

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]()<>#+!|&~-])")


def summary(figures: Sequence[Figure]) -> str:
    """Each figure with its sentence and its table; text that offices filed is text in it."""
    return "\n\n".join(_told(figure) for figure in figures)


def _told(figure: Figure) -> str:
    rows = zip(figure.rows, *figure.series.values(), strict=True)
    head = [_line([figure.of, *figure.series]), _line(["---", *("---:" for _ in figure.series)])]
    return "\n".join(
        [f"## {figure.title}", "", plain(figure.told), "", *head, *(_line([plain(n), *map(str, c)]) for n, *c in rows)]
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(text: str) -> str:
    """``text`` as Markdown that shows it as it is, in one line."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(safe(text).split()))
