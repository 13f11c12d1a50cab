"""What is said of a data file that is not as it must be. Without pydantic, which the reading workers do not need."""


class DataFileError(ValueError):
    """A year's data file (notice, form, titles …) is missing or not as it must be. The text is Chinese and names the file and,
    where it can, the line."""
