"""The outputs as a command finds them: of the night that the warehouse calls current, whatever was killed before."""

from pathlib import Path

from filelock import FileLock

from flows import handover, warehouse
from flows.errors import NightError, why
from flows.settings import WAREHOUSE, state_folder

_LOCK = "settle.lock"


def settle_outputs(outputs: Path) -> list[str]:
    """Bring every year's folder in ``outputs`` to the current night, before a command answers; what was done, in Chinese.

    Raises:
        WarehouseBusyError: a night is running, or another program has the warehouse open.
        NightError: the warehouse cannot be read, or a folder is not that of the current night and cannot be changed.
    """
    path = outputs / WAREHOUSE
    if not path.is_file():
        return []
    # Held open while the folders change: no night can begin meanwhile.
    with warehouse.read_warehouse(path) as connection:
        nights = warehouse.current_nights(connection)
        apart = {year: run_id for year, run_id in nights.items() if handover.apart(outputs / str(year), run_id)}
        return _settled(outputs, apart) if apart else []


def _settled(outputs: Path, apart: dict[int, str]) -> list[str]:
    lock = state_folder() / _LOCK
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock):
            return [told for year, run_id in apart.items() for told in handover.settle(outputs / str(year), run_id)]
    except OSError as error:
        raise NightError(
            f"输出文件夹与数据库里的最近一夜不一致，又不能写入 {lock.parent}（{why(error)}）。请检查权限，或由运行每夜任务的用户执行。"
        ) from error
