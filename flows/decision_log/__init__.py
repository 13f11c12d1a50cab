"""The file of decisions beside the warehouse: what reviewers decided outlives the warehouse.

One line a decision of any year, every column of the table ``decision``; lines are only added, right after the warehouse has
them. The warehouse and the file are held against each other when a night begins: what the warehouse lacks comes back, what
the file lacks is added. A line that is damaged or that a newer program wrote is told and left where it is.

``lines`` what a line is; ``file`` reading and adding; ``recovery`` the two held against each other.
"""

from flows.decision_log.file import NAME, Log, add, append, put_damaged_aside, read_log
from flows.decision_log.recovery import Recovered, compared, recover

__all__ = ["NAME", "Log", "Recovered", "add", "append", "compared", "put_damaged_aside", "read_log", "recover"]
