-- One row: a path that is new, gone or of other bytes from $before to $now, or that one of these nights left to the next one.
-- read_before and read_now: whether something was read from it. A path of the same bytes that was taken otherwise (as a second copy,
-- as unreadable) is what came of something else.
SELECT
    CASE WHEN b.path IS NULL THEN 'new' WHEN n.path IS NULL THEN 'gone' ELSE 'changed' END AS change,
    coalesce(n.path, b.path) AS file, b.status AS status_before, n.status AS status_now,
    coalesce(b.filings, 0) > 0 AS read_before, coalesce(n.filings, 0) > 0 AS read_now
FROM (SELECT * FROM file WHERE run_id = $before) AS b
FULL JOIN (SELECT * FROM file WHERE run_id = $now) AS n ON n.path = b.path
WHERE
    b.path IS NULL OR n.path IS NULL OR b.sha256 IS DISTINCT FROM n.sha256
    OR (b.status <> n.status AND 'deferred' IN (b.status, n.status))
ORDER BY file;
