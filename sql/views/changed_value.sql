-- One row: a cell of a filing that was there the night before of the same year too and has now another value as filed.
-- The number in the sheet (序号) is no value: it moves with the rows.
CREATE OR REPLACE VIEW changed_value AS
WITH before AS (
    SELECT r.run_id
    FROM run AS r CROSS JOIN current_run AS c
    WHERE r.year = c.year AND r.run_id <> c.run_id AND r.number < c.number
    ORDER BY r.number DESC
    LIMIT 1
),
current_now AS (SELECT * FROM current_filing WHERE superseded_by IS NULL),
current_then AS (SELECT * FROM filing WHERE run_id = (SELECT run_id FROM before) AND superseded_by IS NULL),
stayed AS (SELECT n.filing_id FROM current_now AS n JOIN current_then AS t USING (filing_id)),
value_now AS (SELECT * FROM current_filing_cell SEMI JOIN stayed USING (filing_id)),
value_then AS (
    SELECT * FROM filing_cell SEMI JOIN stayed USING (filing_id) WHERE run_id = (SELECT run_id FROM before)
)
SELECT
    f.unit, f.file, f.sheet, f.row, coalesce(n.cell, t.cell) AS cell, f.title, coalesce(n."column", t."column") AS "column",
    t.value AS before, n.value AS now, f.filing_id
FROM value_then AS t
FULL JOIN value_now AS n ON n.filing_id = t.filing_id AND n."column" = t."column"
JOIN current_now AS f ON f.filing_id = coalesce(n.filing_id, t.filing_id)
WHERE n.value IS DISTINCT FROM t.value AND coalesce(n."column", t."column") <> 'seq'
ORDER BY f.unit, f.file, f.sheet, f.row, cell, "column";
