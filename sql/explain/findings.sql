-- One row: a problem of one of the filings $ids or of the group $group_id in any night of the year $year, with the first and the last night that had it.
SELECT
    f.finding_id,
    any_value(f.filing_id) AS filing_id,
    arg_max(f.clause, r.started_at) AS clause,
    arg_max(f.severity, r.started_at) AS severity,
    arg_max(f.cell, r.started_at) AS cell,
    arg_max(f."column", r.started_at) AS "column",
    arg_max(f.message, r.started_at) AS message,
    arg_max(f.status, r.started_at) AS status,
    min(r.started_at) AS first_seen,
    max(r.started_at) AS last_seen,
    bool_or(f.run_id = $run_id) AS stands
FROM finding AS f
JOIN run AS r ON r.run_id = f.run_id
WHERE f.year = $year AND (list_contains($ids, f.filing_id) OR f.group_id = $group_id)
GROUP BY f.finding_id
ORDER BY stands DESC, first_seen, clause, f.finding_id;
