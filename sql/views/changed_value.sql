-- One row: a cell of a filing that was there in the night compared with (night_before) too and has now another value as filed.
-- The number in the sheet (序号) is no value: it moves with the rows.
CREATE OR REPLACE VIEW changed_value AS
WITH current_now AS (SELECT * FROM current_filing WHERE superseded_by IS NULL),
current_then AS (SELECT * FROM filing WHERE run_id = (SELECT run_id FROM night_before) AND superseded_by IS NULL),
stayed AS (SELECT n.filing_id FROM current_now AS n JOIN current_then AS t USING (filing_id)),
value_now AS (SELECT * FROM current_filing_cell SEMI JOIN stayed USING (filing_id)),
value_then AS (
    SELECT * FROM filing_cell SEMI JOIN stayed USING (filing_id) WHERE run_id = (SELECT run_id FROM night_before)
)
SELECT
    f.unit, f.file, f.sheet, f.row, coalesce(n.cell, t.cell) AS cell, f.title, coalesce(n."column", t."column") AS "column",
    t.value AS before, n.value AS now, f.filing_id
FROM value_then AS t
FULL JOIN value_now AS n ON n.filing_id = t.filing_id AND n."column" = t."column"
JOIN current_now AS f ON f.filing_id = coalesce(n.filing_id, t.filing_id)
WHERE n.value IS DISTINCT FROM t.value AND coalesce(n."column", t."column") <> 'seq'
ORDER BY f.unit, f.file, f.sheet, f.row, cell, "column";
