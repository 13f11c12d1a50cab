"""The manual names what is there: sheets, columns, words to choose, files, commands and pictures."""

import re
import shlex

import pytest

from flows import cli
from flows.publish import BRIEFING, EXCEPTIONS, PLAN
from flows.publish.returned import FOLDER as RETURNED
from flows.publish.template.selfcheck import CALLED
from schemas.columns import COUNTRY, INSTITUTION, LAST_YEAR, QUOTA, UNIT
from schemas.sheets import WORKBOOKS
from schemas.words import DISPOSITIONS, FILE_STATUSES, FINDING_VERDICTS, PAIR_VERDICTS, SEVERITIES
from tests.documents import DOCS
from tests.manual import OTHERS, PICTURES, SHEETS
from tests.year import BOOK

PAGE = (DOCS / "manual.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.+?)```", PAGE, re.DOTALL) for line in block.splitlines()]
NAMES = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.+?```", "", PAGE, flags=re.DOTALL)))


REVOKED = "撤销"


def known() -> set[str]:
    sheets = [sheet for workbook in WORKBOOKS.values() for sheet in workbook]
    columns = (*BOOK.form.filing, *BOOK.form.participant, *UNIT, *INSTITUTION, *COUNTRY, *LAST_YEAR, *QUOTA)
    return {
        *(sheet.name for sheet in sheets),
        *(title for sheet in sheets for title in sheet.titles),
        *(column.title for column in columns),
        *(BOOK.form.filing_sheet, BOOK.form.participant_sheet, CALLED, REVOKED, RETURNED),
        *(*SEVERITIES.values(), *DISPOSITIONS.values(), *FILE_STATUSES.values(), *FINDING_VERDICTS, *PAIR_VERDICTS),
        *(BRIEFING, EXCEPTIONS, PLAN, "指标控制数.xlsx"),
    }


def test_every_name_is_of_something_that_is_there():
    folders = {name for name in NAMES if re.match(r"(?:inputs|outputs)/|退回修改/", name)}
    options = {option for name in cli.commands() for one in cli.command(name).params for option in one.opts}
    commands = {name for name in NAMES if name.startswith("huizong ") and name.split()[1] in cli.commands()}
    assert NAMES - known() - folders - commands - options == set()
    assert {"inputs/reference/", "inputs/2020/处理意见/"} <= folders


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_can_be_typed_as_it_stands(line):
    program, name, *arguments = shlex.split(line)
    assert program == "huizong"
    with cli.command(name).make_context(name, arguments):
        pass


def test_every_picture_is_shown_and_made_by_the_command():
    shown = set(re.findall(r"\(manual/(.+?)\.png\)", PAGE))
    there = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert shown == set(there) == {*SHEETS, *OTHERS}
    assert max(there.values()) < 200_000
    assert all(sheet in {one.name for one in WORKBOOKS[workbook]} for workbook, sheet in SHEETS.values())
