-- One row: a finding about a group or one of its filings that is new, gone or otherwise from $before to $now, apart from what
-- reviewers said of it.
WITH told AS (
    SELECT DISTINCT f.run_id, f.finding_id, coalesce(f.group_id, p.group_id) AS group_id, f.severity, f.value, f.message
    FROM finding AS f
    LEFT JOIN filing AS p ON p.run_id = f.run_id AND p.filing_id = f.filing_id
    WHERE f.run_id = $before OR f.run_id = $now
)
SELECT
    CASE WHEN b.finding_id IS NULL THEN 'new' WHEN n.finding_id IS NULL THEN 'gone' ELSE 'changed' END AS change,
    coalesce(n.group_id, b.group_id) AS group_id, coalesce(n.finding_id, b.finding_id) AS finding_id,
    coalesce(n.severity, b.severity) AS severity, coalesce(n.message, b.message) AS message
FROM (SELECT * FROM told WHERE run_id = $before) AS b
FULL JOIN (SELECT * FROM told WHERE run_id = $now) AS n ON n.finding_id = b.finding_id
WHERE
    coalesce(n.group_id, b.group_id) IS NOT NULL
    AND (
        b.finding_id IS NULL OR n.finding_id IS NULL OR b.severity <> n.severity OR b.message <> n.message
        OR b.value IS DISTINCT FROM n.value
    )
ORDER BY group_id, finding_id;
