"""The briefing as HTML: every text is escaped by the template, nothing on the page can run or be fetched."""

from markupsafe import Markup

from flows.publish.briefing.figures import WAITS, Figure
from flows.publish.briefing.pictures import COLOURS, picture
from flows.publish.briefing.tiles import SHADES, tiles
from flows.publish.night import Night
from flows.publish.pages import template
from flows.publish.stories import to_pages
from schemas.tables import as_objects

_MOST_TOLD = 30
"""How many of the things that wait are told one by one."""


def page(night: Night, told: list[Figure]) -> str:
    """The page of the night with its figures; those of the plan stand on its second sheet of paper."""
    figures = {figure.name: figure for figure in told}
    waits = night.view("waiting")
    drawn = {name: Markup(picture(figure)) for name, figure in figures.items() if figure.most and not figure.in_table}  # noqa: S704 serialized by lxml
    regions = figures["regions"]
    return template(__package__).render(
        night=night,
        figures=figures,
        drawn=drawn,
        tiles=tiles(regions.rows, next(iter(regions.series.values()))),
        shades=SHADES,
        colours=COLOURS,
        waits=as_objects(waits.head(_MOST_TOLD)).to_dict("records"),
        more=max(0, len(waits) - _MOST_TOLD),
        words=WAITS,
        pages=to_pages(night).to_dict(),
    )
