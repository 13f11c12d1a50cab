"""What is said of a data file that is not as it must be. Without pydantic, which the reading workers do not need."""


class NoticeError(ValueError):
    """The year has no notice, or its file is not as it must be. The text is Chinese and names the file and the line."""
