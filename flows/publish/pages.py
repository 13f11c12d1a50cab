"""Pages in which every text is text: escaped, without what no page can hold, and nothing where there is nothing."""

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

from flows.publish.workbook import safe


@cache
def template(package: str) -> jinja2.Template:
    """``page.html`` of the package."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    return environment.from_string((files(package) / "page.html").read_text("utf-8"))


def _shown(value: Any) -> Any:
    return "" if value is None else safe(value) if type(value) is str else value
