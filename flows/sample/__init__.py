"""The sample season: invented reference workbooks and submissions, packed beside this module by ``make season``. It is the same
wherever the program is installed, and never what a department's own ``inputs/`` hold."""

import zipfile
from pathlib import Path

from flows.errors import SettingError, why

PACKED = Path(__file__).with_name("season.zip")


def lay_out(inputs: Path) -> int:
    """Write the season into ``inputs``; gives how many files.

    Raises:
        SettingError: something lies there already, or it cannot be written.
    """
    try:
        inputs.mkdir(parents=True, exist_ok=True)
        if any(inputs.iterdir()):
            raise SettingError(f"{inputs} 中已有文件，样例只放入空文件夹。请用 --inputs 写明另一个文件夹。")
        with zipfile.ZipFile(PACKED) as packed:
            packed.extractall(inputs)
            return len(packed.namelist())
    except OSError as error:
        raise SettingError(f"不能把样例写入 {inputs}（{why(error)}）。") from error
