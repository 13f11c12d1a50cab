"""Where the links from findings and pairs to their pages lead."""

import pandas as pd

from flows.publish import STORIES
from flows.publish.night import Night
from schemas.tables import TEXT


def file_of(page: str) -> str:
    """The name of the file of a page: its id, of which nothing but letters and digits is left."""
    return f"{''.join(sign if sign.isascii() and sign.isalnum() else '-' for sign in page)}.html"


def to_pages(night: Night) -> pd.Series:
    """Finding or pair → its place on its page, relative to the published folder; those that no page tells of are not there."""
    links = night.view("story_link")
    files = links["page"].map({page: file_of(page) for page in links["page"].unique()})
    leads = f"{STORIES}/" + files.astype(TEXT) + "#" + links["about"]
    return pd.Series(leads.to_numpy(), index=links["about"], dtype=TEXT)
