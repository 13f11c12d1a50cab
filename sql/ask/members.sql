-- One row: a filing of one night, the group it belonged to and whether it led it.
SELECT f.filing_id, f.group_id, coalesce(f.filing_id = g.lead_filing_id, FALSE) AS leads
FROM filing AS f
LEFT JOIN training_group AS g ON g.run_id = f.run_id AND g.group_id = f.group_id
WHERE f.run_id = $run_id AND f.group_id IS NOT NULL
ORDER BY f.filing_id;
