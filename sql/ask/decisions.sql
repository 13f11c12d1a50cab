-- One row: a thing that a reviewer typed in a year, in the order it was read.
SELECT * EXCLUDE (year, applied, why_not) FROM decision WHERE year = $year ORDER BY run_id, decided_at, decision_id;
