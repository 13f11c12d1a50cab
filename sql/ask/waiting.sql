-- One row: what waits for a reviewer in the current night (findings and since when, possible duplicates), and how many findings
-- that somebody must mend or judge this night was the first to see.
SELECT
    count(*) FILTER (WHERE severity = 'hold') AS held,
    min(first_seen) FILTER (WHERE severity = 'hold') AS oldest,
    count(*) FILTER (WHERE severity <> 'advise' AND first_seen = (SELECT started_at::DATE FROM current_run)) AS fresh,
    (SELECT count(*) FROM possible_duplicate WHERE outcome = 'offered' AND verdict IS NULL) AS offered
FROM open_finding
WHERE status = 'open';
