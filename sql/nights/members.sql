-- One row: a filing that is of another group, or of one where it was of none, or of none any more, from $before to $now.
SELECT
    coalesce(n.filing_id, b.filing_id) AS filing_id, coalesce(n.file, b.file) AS file, coalesce(n.row, b.row) AS row,
    b.group_id AS group_before, n.group_id AS group_now, n.superseded_by
FROM (SELECT * FROM filing WHERE run_id = $before) AS b
FULL JOIN (SELECT * FROM filing WHERE run_id = $now) AS n ON n.filing_id = b.filing_id
WHERE b.group_id IS DISTINCT FROM n.group_id
ORDER BY file, row, filing_id;
