"""``简报.html``: the night in pictures on one page that needs no network and runs nothing.

The pictures are SVG that pygal (LGPL) draws while the night is published, so that the page shows the same in every browser, on paper and
without scripts; whatever offices filed is text in it and cannot become anything else (no script is allowed to run at all).

``figures`` what is told, each as a table; ``pictures`` the charts; ``tiles`` the map; ``page`` all of it as HTML; ``summary`` the same
figures for Prefect's page.
"""

from pathlib import Path

from flows.publish.briefing.figures import figures
from flows.publish.briefing.page import page
from flows.publish.briefing.summary import summary
from flows.publish.night import Night, View
from schemas.notice import Notice


def write_briefing(path: Path, view: View, notice: Notice) -> str:
    """Write the page of the current night to ``path``; the same figures in Markdown."""
    night = Night(view, notice.title, "汇总日期")
    told = figures(night)
    path.write_text(page(night, told), "utf-8")
    return summary(told)
