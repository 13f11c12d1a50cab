-- One row: a path found, read or not and why, with how many filings were read from it and where each went.
CREATE OR REPLACE VIEW file_account AS
WITH went AS (
    SELECT
        file,
        count(*) FILTER (disposition = 'included') AS included,
        count(*) FILTER (disposition = 'merged') AS merged,
        count(*) FILTER (disposition = 'held') AS held,
        count(*) FILTER (disposition = 'returned') AS returned,
        count(*) FILTER (disposition = 'prohibited') AS prohibited,
        count(*) FILTER (disposition = 'excluded') AS excluded,
        count(*) FILTER (disposition = 'superseded') AS superseded
    FROM current_filing
    GROUP BY file
)
SELECT
    f.path, f.unit, f.status, f.reason, f.filings,
    coalesce(w.included, 0) AS included, coalesce(w.merged, 0) AS merged, coalesce(w.held, 0) AS held,
    coalesce(w.returned, 0) AS returned, coalesce(w.prohibited, 0) AS prohibited,
    coalesce(w.excluded, 0) AS excluded, coalesce(w.superseded, 0) AS superseded
FROM current_file AS f
LEFT JOIN went AS w ON w.file = f.path
ORDER BY f.path;
