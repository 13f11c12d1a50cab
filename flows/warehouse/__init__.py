"""Warehouse: one DuckDB file of all years and nights. The only place that reads or writes it.

``open`` who may open it, and what is said where that fails; ``layout`` which version it is and how an older one is brought
up to date; ``copies`` the copy that is made before; ``load`` a night's rows in; ``ask`` what a night, a reviewer or a
command asks of it.
"""

from flows.warehouse.ask import LastNight, Night, current_nights, findings_by_rule, last_night, new_night, recall, view
from flows.warehouse.layout import begun, transaction
from flows.warehouse.load import NightTables, columns, end_run, load
from flows.warehouse.open import open_warehouse, read_warehouse

__all__ = [
    "LastNight",
    "Night",
    "NightTables",
    "begun",
    "columns",
    "current_nights",
    "end_run",
    "findings_by_rule",
    "last_night",
    "load",
    "new_night",
    "open_warehouse",
    "read_warehouse",
    "recall",
    "transaction",
    "view",
]
