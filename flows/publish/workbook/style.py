"""The house's look: who publishes, fonts, colours, number formats and sizes."""

from typing import Any

OFFICE = "四川省科学技术厅引智处"
"""Who publishes the workbooks."""
COMPANY = "四川省科学技术厅"

BODY, HEADING = "宋体", "黑体"
"""Fonts that Excel and WPS have on every machine with Chinese."""

PAPER_BODY, PAPER_TITLE = "仿宋", "方正小标宋简体"
"""Fonts of official papers. A machine that has not the title's shows it in another serif one of Chinese: ``SERIF_OF_CHINESE``."""
SERIF_OF_CHINESE: dict[str, Any] = {"font_family": 1, "font_charset": 134}

HEADER_FILL, REQUIRED_FILL, ENTRY_FILL = "#DCE6F1", "#F8CBAD", "#FFF2CC"

STYLES: dict[str, dict[str, Any]] = {
    "prohibit": {"bg_color": "#F8CBCB", "font_color": "#9C0006", "bold": True},
    "return": {"bg_color": "#FCE0C8", "font_color": "#974706", "bold": True},
    "hold": {"bg_color": "#FFF2B3", "font_color": "#7F6000", "bold": True},
    "advise": {"bg_color": "#E2EAF4", "font_color": "#44546A"},
    "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
    "differs": {"bg_color": "#FCE4D6", "font_color": "#C00000"},
    "unclear": {"bg_color": "#FFC000", "font_color": "#9C0006", "bold": True},
    "block": {"bold": True, "bg_color": "#BDD7EE", "font_color": "#1F3864", "align": "left", "locked": True},
    "facts": {"bg_color": "#F2F6FA", "align": "left", "locked": True},
    "side": {"bold": True, "bg_color": "#DCE6F1", "align": "center", "locked": True},
    "entry": {"bg_color": ENTRY_FILL},
    "small": {"font_size": 8, "font_color": "#7F7F7F"},
    "shut": {"bg_color": "#F2F2F2", "locked": True},
    "total": {"bold": True, "bg_color": "#F2F2F2"},
    "faint": {"font_color": "#7F7F7F"},
}
"""Name of a mark that a cell may carry → what it looks like."""

LINK = {"underline": 1, "font_color": "#0563C1"}
RULED = {"border": 1, "border_color": "#808080"}
"""Ruled cells of a table."""

NUMBER_FORMATS = {"whole": "0", "number": "#,##0.00", "share": "0.0%", "exact": "0.00%", "date": "yyyy-mm-dd"}
CENTRED = {"whole", "date", "flag", "choice"}
"""Kinds of columns whose values stand in the middle."""

POINTS_A_LINE = 14.0
TALLEST = 400.0
"""Points that a row may be high."""
ZOOM_OF_BLOCKS = 85
"""Percent: of rows in blocks all that one decides by is in sight on a screen 1366 pixels wide, whatever a program takes a column for."""
WIDTH_A_PAGE = 250.0
"""Characters across that are still readable on one page in print."""
