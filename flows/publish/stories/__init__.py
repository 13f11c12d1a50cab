"""``说明页/``: why a finding stands where it does, or two filings are one group, told beside the workbooks that ask about it.

A page a group (or filing, pair or file) of which something waits for a decision, was merged or is otherwise found, so many as
the view ``story_link`` says; it is called by the id of what it tells and holds nothing of the hour, so that it is the same bytes
for as long as nothing changes, and then the same file on the disk as the one that was published before. No page holds a script,
and every text in it is text.

``told`` what a page tells, from the views; ``page.html`` how; ``leads`` where the links to a page go.
"""

import os
from pathlib import Path

from flows.cache import UNLIKE, Alike
from flows.publish import STORIES
from flows.publish.night import Night, View
from flows.publish.pages import template
from flows.publish.stories.leads import file_of, to_pages
from flows.publish.stories.told import stories
from schemas.form import Form
from schemas.notice import Notice

__all__ = ["to_pages", "write_stories"]


def write_stories(staging: Path, published: Path, view: View, notice: Notice, form: Form, alike: Alike = UNLIKE) -> int:
    """Write the pages of the current night into the folder ``说明页`` of ``staging``; how many. One that stands in ``published``
    as it is tonight is not written again, and nights ``alike`` make none of them again."""
    night = Night(view, notice.title, "核对日期", alike=alike)
    folder = staging / STORIES
    folder.mkdir(parents=True)
    pages = night.told("stories", lambda: _pages(night, form, notice.title))
    for name, data in pages.items():
        _put(folder / name, published / STORIES / name, data)
    return len(pages)


def _pages(night: Night, form: Form, title: str) -> dict[str, bytes]:
    """Each page by the name of its file."""
    form_of_page = template(__package__)
    return {
        file_of(story.page): form_of_page.render(story=story, notice=title).encode() for story in stories(night, form)
    }


def _put(target: Path, earlier: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, or make it another name of the ``earlier`` page where this holds the same."""
    try:
        if not earlier.is_symlink() and earlier.read_bytes() == data:
            os.link(earlier, target)
            return
    except OSError:  # none, or the disk has no links
        pass
    target.write_bytes(data)
