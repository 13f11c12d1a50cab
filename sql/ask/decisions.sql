-- One row: a thing that a reviewer typed in a year, in the order in which the nights read it.
SELECT * EXCLUDE (year, applied, why_not)
FROM decision
WHERE year = $year
ORDER BY number, decided_at, source, sheet, row, decision_id;
