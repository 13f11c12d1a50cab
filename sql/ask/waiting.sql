-- One row: what waits for a reviewer in the current night (findings and since when, possible duplicates), and how many findings
-- that somebody must mend or judge this night was the first to see.
SELECT
    count(*) FILTER (WHERE what = 'finding') AS held,
    min(first_seen) FILTER (WHERE what = 'finding') AS oldest,
    count(*) FILTER (WHERE what = 'pair') AS offered,
    (
        SELECT count(*) FROM open_finding
        WHERE status = 'open' AND severity <> 'advise' AND first_seen = (SELECT started_at::DATE FROM current_run)
    ) AS fresh
FROM waiting;
