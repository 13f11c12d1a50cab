-- One row: a night of the year $year, the first one first, how it ended, and what it counted.
SELECT
    run_id, number, started_at, ended_at, status, files, filings, included, merged, held, returned, prohibited, excluded,
    superseded, findings, groups
FROM run
WHERE year = $year
ORDER BY number;
