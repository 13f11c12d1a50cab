-- One row: a value of a group that is otherwise from $before to $now. as_filed: the cell of its lead, the same filing in both
-- nights, was itself filled in otherwise, in a file whose bytes are other ones.
WITH filled AS (SELECT filing_id, "column" FROM changed_value_between($before, $now)),
rewritten AS (
    SELECT n.path
    FROM file AS n
    JOIN file AS b ON b.path = n.path AND b.run_id = $before
    WHERE n.run_id = $now AND n.sha256 <> b.sha256
)
SELECT
    v.group_id, v."column", v.before, v.now,
    v.then_lead = v.now_lead AND f.filing_id IS NOT NULL AND r.path IS NOT NULL AS as_filed
FROM group_value_between($before, $now) AS v
LEFT JOIN filled AS f ON f.filing_id = v.now_lead AND f."column" = v."column"
LEFT JOIN filing AS p ON p.run_id = $now AND p.filing_id = v.now_lead
LEFT JOIN rewritten AS r ON r.path = p.file
ORDER BY v.group_id, v."column";
