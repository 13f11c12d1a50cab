"""Errors that a caller should catch. Their text is Chinese: an official or the operator reads it."""


class HuizongError(Exception):
    """Any failure that has a sentence for the operator."""


class SettingError(HuizongError):
    """The command, a folder, a reference workbook or the year's notice is not as it must be (exit status 2)."""


class NightError(HuizongError):
    """The night cannot be finished; yesterday's outputs stand (exit status 1)."""


class WarehouseBusyError(NightError):
    """Somebody else has the warehouse open."""


class UnevenCountError(NightError):
    """Filings read and filings disposed of differ."""
