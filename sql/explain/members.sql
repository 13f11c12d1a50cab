-- One row: a filing of the night $run_id that belongs to the group $group_id, its lead first.
SELECT f.*, f.filing_id = g.lead_filing_id AS leads
FROM filing AS f
JOIN training_group AS g ON g.run_id = f.run_id AND g.group_id = f.group_id
WHERE f.run_id = $run_id AND f.group_id = $group_id
ORDER BY leads DESC, f.file, f.sheet, f.row;
