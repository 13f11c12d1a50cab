"""The one way in which reading says that a file, or a sheet of it, cannot be read."""

from flows.errors import HuizongError

SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 xlsx 重新报送。"
"""What an office can do about most broken files."""


class Unreadable(HuizongError):  # noqa: N818 - a state of the file, not a fault of the program
    """A file, or a sheet of it, cannot be read; the text is the Chinese sentence for the office."""


def damaged(what: str) -> Unreadable:
    """The refusal of a file of a known kind that is broken; ``what`` says in Chinese what is wrong with it."""
    return Unreadable(f"文件已损坏（{what}），无法读取。{SAVE_AGAIN}")
