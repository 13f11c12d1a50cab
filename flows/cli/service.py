"""``huizong serve``: every night by itself."""

from datetime import datetime
from pathlib import Path

import click

from flows.cli.chinese import Command, WholeNumber
from flows.cli.options import INPUTS, OUTPUTS, YEAR
from flows.cli.status import DONE
from flows.errors import SettingError
from flows.near import perhaps_folder
from flows.screen import tell

_PORTS = 65535


@click.command("serve", Command, help="每天按时运行一夜，带 Prefect 的页面，直到按 Ctrl-C 结束")
@YEAR
@INPUTS
@OUTPUTS
@click.option("--watch", is_flag=True, help="有新文件或新的处理意见，安静十分钟后也运行一夜")
@click.option("--port", type=WholeNumber(), metavar="端口", help="页面的端口，默认 4200")
def serve(year: int | None, inputs: Path, outputs: Path, watch: bool, port: int | None) -> int:
    """Serve until somebody asks for the end."""
    from dataclasses import replace

    from flows.service.serve import serve as serve_nights
    from flows.service.work import Work
    from flows.settings import state_folder, written

    schedule = written().schedule
    schedule = schedule if port is None else replace(schedule, port=port)
    _refuse(schedule.time, schedule.timezone)
    if not 1 <= schedule.port <= _PORTS:
        raise SettingError(f"端口应在 1 至 {_PORTS} 之间，现为 {schedule.port}。")
    if outputs.exists() and not outputs.is_dir():
        raise SettingError(f"{outputs} 是文件，不是文件夹。请用 --outputs 写明结果放在哪个文件夹。")
    if not inputs.is_dir():  # a share may come later
        tell(f"【注意】现在没有输入文件夹 {inputs}{perhaps_folder(inputs)}；到时仍没有，该夜失败，并按设置再试。")
    quiet = schedule.quiet_minutes if watch else None
    work = Work(str(inputs.absolute()), str(outputs.absolute()), schedule.time, schedule.timezone, year, quiet)
    try:
        serve_nights(work, schedule, state_folder(), lambda what: tell(f"{datetime.now():%H:%M:%S} {what}"))
    except KeyboardInterrupt:
        tell("已结束。")
    return DONE


def _refuse(time: str, timezone: str) -> None:
    """What no schedule can be made of, before anything is started."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        datetime.strptime(time, "%H:%M")
    except ValueError as error:
        raise SettingError(f"[schedule] 的 time 应为 02:00 这样的时间，现为“{time}”。") from error
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(f"[schedule] 的 timezone 应为 Asia/Shanghai 这样的时区，现为“{timezone}”。") from error
