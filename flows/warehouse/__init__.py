"""Warehouse: one DuckDB file of all years and nights. The only place that reads or writes it.

``open`` who may open it, and what is said where that fails; ``layout`` which version it is and how an older one is brought
up to date; ``copies`` the copy that is made before, and the damaged one that is put aside; ``trouble`` DuckDB's errors as
sentences; ``vocabulary`` the words of the views; ``load`` a night's rows in; ``ask`` what a night, a reviewer or a
command asks of it; ``frames`` rows as frames; ``untouched`` whether anybody wrote to it since the last night.
"""

from flows.warehouse.ask import (
    EndedNight,
    Judged,
    LastNight,
    Night,
    bring_back,
    brought_back,
    current_nights,
    findings_by_rule,
    judged,
    kept_decisions,
    last_night,
    last_nights,
    new_night,
    numbered_nights,
    recall,
    view,
    view_of_alike,
    waiting,
)
from flows.warehouse.copies import put_aside
from flows.warehouse.layout import NEWEST, begun, transaction
from flows.warehouse.load import NightTables, columns, end_run, load, load_again
from flows.warehouse.open import (
    is_there,
    open_warehouse,
    put_aside_if_damaged,
    read_through,
    read_warehouse,
    see_that_it_is_there,
)
from flows.warehouse.untouched import note_untouched, untouched
from flows.warehouse.vocabulary import vocabulary_words

__all__ = [
    "NEWEST",
    "EndedNight",
    "Judged",
    "LastNight",
    "Night",
    "NightTables",
    "begun",
    "bring_back",
    "brought_back",
    "columns",
    "current_nights",
    "end_run",
    "findings_by_rule",
    "is_there",
    "judged",
    "kept_decisions",
    "last_night",
    "last_nights",
    "load",
    "load_again",
    "new_night",
    "note_untouched",
    "numbered_nights",
    "open_warehouse",
    "put_aside",
    "put_aside_if_damaged",
    "read_through",
    "read_warehouse",
    "recall",
    "see_that_it_is_there",
    "transaction",
    "untouched",
    "view",
    "view_of_alike",
    "vocabulary_words",
    "waiting",
]
