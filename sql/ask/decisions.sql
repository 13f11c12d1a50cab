-- One row: a thing that a reviewer typed in a year, in the order in which the nights read it.
SELECT d.* EXCLUDE (year, applied, why_not)
FROM decision AS d
JOIN run AS r ON r.run_id = d.run_id
WHERE d.year = $year
ORDER BY r.number, d.decided_at, d.source, d.sheet, d.row, d.decision_id;
