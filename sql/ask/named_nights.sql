-- One row: a night that the warehouse has, or that one of its decisions names, and its number, where that is known.
SELECT run_id, number FROM run
UNION
SELECT run_id, number FROM decision
UNION
SELECT shown_in, shown_number FROM decision WHERE shown_in IS NOT NULL;
