-- One row: a decision that one of the nights $before and $now knows and the other does not, or that holds in one alone.
-- change: new, gone, or lapsed and revived, which are what came of something else.
SELECT
    CASE
        WHEN b.decision_id IS NULL THEN 'new' WHEN n.decision_id IS NULL THEN 'gone' WHEN b.applied THEN 'lapsed' ELSE 'revived'
    END AS change,
    d.decision_id, d.about, d.verdict, d.reviewer, coalesce(n.applied, FALSE) AS applied, n.why_not, d.filing_id_l, d.filing_id_r
FROM (SELECT * FROM decision_standing WHERE run_id = $before) AS b
FULL JOIN (SELECT * FROM decision_standing WHERE run_id = $now) AS n ON n.decision_id = b.decision_id
JOIN decision AS d ON d.decision_id = coalesce(n.decision_id, b.decision_id)
WHERE b.decision_id IS NULL OR n.decision_id IS NULL OR b.applied <> n.applied
ORDER BY d.number, d.decided_at, d.source, d.sheet, d.row, d.decision_id;
