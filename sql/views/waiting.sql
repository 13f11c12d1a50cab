-- One row: something that waits for a reviewer's word, the longest waiting first: a finding that holds its filing, or two filings offered
-- as one group. days: since the night that first had it; file and row of a pair are its first filing's.
CREATE OR REPLACE VIEW waiting AS
WITH seen AS (
    SELECT p.year, p.pair_id, arg_min(r.started_at, r.number)::DATE AS first_seen
    FROM pair AS p
    JOIN run AS r USING (run_id)
    WHERE p.outcome = 'offered'
    GROUP BY p.year, p.pair_id
),
waits AS (
    SELECT 'finding' AS what, finding_id AS id, unit, title, file, cell AS place, clause, message AS told, advice, first_seen
    FROM open_finding
    WHERE status = 'open' AND severity = 'hold'
    UNION ALL BY NAME
    SELECT
        'pair' AS what, d.pair_id AS id, d.unit_l AS unit, d.title_l AS title, d.file_l AS file, d.row_l::VARCHAR AS place,
        d.reasons AS told, d.title_r AS other_title, d.unit_r AS other_unit, d.file_r AS other_file, d.row_r AS other_row,
        s.first_seen
    FROM possible_duplicate AS d
    CROSS JOIN current_run AS c
    JOIN seen AS s ON s.year = c.year AND s.pair_id = d.pair_id
    WHERE d.outcome = 'offered' AND d.verdict IS NULL
)
SELECT w.*, greatest(c.started_at::DATE - w.first_seen, 0) AS days
FROM waits AS w CROSS JOIN current_run AS c
ORDER BY days DESC, w.what, w.unit, w.id;
