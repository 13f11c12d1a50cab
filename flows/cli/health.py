"""``huizong doctor``: what is wrong, and what to do about it."""

from datetime import datetime
from pathlib import Path

import click

from flows.cli.chinese import Command
from flows.cli.options import INPUTS, OUTPUTS
from flows.cli.status import DONE, FAILED
from flows.screen import tell


@click.command("doctor", Command, help="检查安装、文件夹、参考表、数据库、处理意见和遗留，说明怎样处理")
@INPUTS
@OUTPUTS
@click.option("--mend", is_flag=True, help="同时做安全的处理：建文件夹、改权限、清理遗留、把损坏的数据库移到一旁")
def doctor(inputs: Path, outputs: Path, mend: bool) -> int:
    """Look at everything that a night needs and leaves, a line each."""
    from flows.doctor import Place, examine
    from flows.settings import state_folder

    place = Place(inputs.absolute(), outputs.absolute(), state_folder(), datetime.now())
    well = examine(place, mend, tell)
    tell("一切正常。" if well else "有“坏”的项目，请按上面的说明处理。")
    return DONE if well else FAILED
