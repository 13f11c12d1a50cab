"""``退回修改/<单位>/<原文件名>``: the unit's own workbook with its problem cells marked, to be corrected and sent again.

A file is sent back where at least one of its findings is for the unit to correct: 退回修改 and still open, or sent back by a
reviewer. Its copy then tells every open finding of that file and nothing else: no other unit's filing, no reviewer.
"""

from pathlib import Path, PurePosixPath

from flows.publish.night import View
from flows.publish.returned.in_kind import annotate
from flows.publish.returned.letter import CONVERTED, NOT_IN_KIND, letter_about, letter_about_unread, marks_about
from flows.publish.returned.privacy import without_others
from flows.publish.returned.rebuild import rebuild
from flows.publish.returned.selection import Return, returns, to_correct
from flows.read import Kind, Unreadable, open_grids, open_source
from flows.settings import Settings
from schemas.sheets import LETTER
from schemas.words import SEVERITIES

FOLDER = SEVERITIES["return"]


def write_returns(staging: Path, view: View, settings: Settings) -> int:
    """Write the copies to send back into the folder ``退回修改`` of ``staging``; how many.

    ``view`` gives ``current_finding``, ``current_file``, ``current_filing`` and ``current_participant`` of the night.
    """
    files, filings = view("current_file"), view("current_filing")
    own = without_others(to_correct(view("current_finding")), files, filings, view("current_participant"))
    own = own.assign(title=own["filing_id"].map(filings.set_index("filing_id")["title"]))
    found = returns(files, own)
    (staging / FOLDER).mkdir(parents=True, exist_ok=True)  # an empty one too takes the place of yesterday's
    for one in found:
        name, data = _unread(one) if one.reason is not None else _marked(one, settings)
        target = staging / FOLDER / one.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return len(found)


def _marked(one: Return, settings: Settings) -> tuple[str, bytes]:
    """The copy's name and content: in kind where that can be, else with the same layout."""
    location, stem = settings.inputs / one.path, PurePosixPath(one.name).stem
    marks = marks_about(one.findings)
    try:
        source = open_source(location, settings.limits)
        if source.kind == Kind.XLSX:
            return f"{stem}{_suffix(one.name, source.data)}", annotate(
                source.data, marks, letter_about(one.original, one.findings)
            )
        said = CONVERTED
    except Unreadable:
        said = NOT_IN_KIND
    try:
        grids = open_grids(location, settings.limits)
    except Unreadable as error:
        return _unread(one, str(error))
    return f"{stem}.xlsx", rebuild(
        grids, marks, letter_about(one.original, one.findings, said.format(name=one.original))
    )


def _suffix(name: str, data: bytes) -> str:
    """The suffix that fits the content: an xlsx may have been called .xls."""
    macros = b"vbaProject.bin" in data
    suffix = PurePosixPath(name).suffix
    fits = (".xlsm", ".xltm") if macros else (".xlsx", ".xltx")
    return suffix if suffix.lower() in fits else fits[0]


def _unread(one: Return, reason: str | None = None) -> tuple[str, bytes]:
    """A workbook that only says why the file was not read."""
    letter = letter_about_unread(one.original, reason or one.reason or "")
    return f"{PurePosixPath(one.name).stem}-{LETTER.name}.xlsx", rebuild([], [], letter)
