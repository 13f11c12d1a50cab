-- One row: a filing of the night $run_id with one of the ids $ids.
SELECT f.*, coalesce(f.filing_id = g.lead_filing_id, FALSE) AS leads
FROM filing AS f
LEFT JOIN training_group AS g ON g.run_id = f.run_id AND g.group_id = f.group_id
WHERE f.run_id = $run_id AND list_contains($ids, f.filing_id)
ORDER BY leads DESC, f.file, f.sheet, f.row;
