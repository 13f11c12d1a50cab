"""``huizong doctor``: what is wrong, and what to do about it."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from flows.cli.chinese import Command
from flows.cli.options import INPUTS, OUTPUTS, YEAR, plan_year
from flows.cli.status import DONE, FAILED
from flows.screen import tell


@click.command("doctor", Command, help="检查安装、文件夹、参考表、数据库和每夜运行，说明哪里不对、怎么办")
@YEAR
@INPUTS
@OUTPUTS
@click.option("--mend", is_flag=True, help="能安全修复的当场修复")
def doctor(year: int | None, inputs: Path, outputs: Path, mend: bool) -> int:
    """Tell a line a thing that was looked at; 1 where something is to be looked at or bad."""
    from flows.doctor import BAD, GOOD, NOTE, Place, examine
    from flows.settings import Settings, state_folder

    found = Settings(plan_year(year, inputs), inputs.absolute(), outputs.absolute(), state_folder())
    signs: Counter[str] = Counter()
    for name, told in examine(Place(found, datetime.now(), mend)):
        signs[told.sign] += 1
        tell(f"{name}：{told}")
    tell(f"共 {signs.total()} 项：好 {signs[GOOD]}，注意 {signs[NOTE]}，坏 {signs[BAD]}")
    return DONE if signs[GOOD] == signs.total() else FAILED
