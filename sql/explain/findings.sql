-- One row: a problem of one of the filings $ids or of the group $group_id in any night of the year $year, with the first and the last night that had it.
SELECT
    f.finding_id,
    any_value(f.filing_id) AS filing_id,
    arg_max(f.clause, r.number) AS clause,
    arg_max(f.severity, r.number) AS severity,
    arg_max(f.cell, r.number) AS cell,
    arg_max(f."column", r.number) AS "column",
    arg_max(f.message, r.number) AS message,
    arg_max(f.status, r.number) AS status,
    arg_min(r.started_at, r.number) AS first_seen,
    arg_max(r.started_at, r.number) AS last_seen,
    bool_or(f.run_id = $run_id) AS stands
FROM finding AS f
JOIN run AS r ON r.run_id = f.run_id
WHERE f.year = $year AND (list_contains($ids, f.filing_id) OR f.group_id = $group_id)
GROUP BY f.finding_id
ORDER BY stands DESC, min(r.number), clause, f.finding_id;
