-- One row: a cell of a filing that is in both nights and has in now_run another value as filed than in before_run.
-- The number in the sheet (序号) is no value: it moves with the rows.
CREATE OR REPLACE MACRO changed_value_between(before_run, now_run) AS TABLE
WITH current_now AS (SELECT * FROM filing WHERE run_id = now_run AND superseded_by IS NULL),
current_then AS (SELECT * FROM filing WHERE run_id = before_run AND superseded_by IS NULL),
stayed AS (SELECT n.filing_id FROM current_now AS n JOIN current_then AS t USING (filing_id)),
value_now AS (SELECT * FROM filing_cell SEMI JOIN stayed USING (filing_id) WHERE run_id = now_run),
value_then AS (
    SELECT * FROM filing_cell SEMI JOIN stayed USING (filing_id) WHERE run_id = before_run
)
SELECT
    f.unit, f.file, f.sheet, f.row, coalesce(n.cell, t.cell) AS cell, f.title, coalesce(n."column", t."column") AS "column",
    t.value AS before, n.value AS now, f.filing_id
FROM value_then AS t
FULL JOIN value_now AS n ON n.filing_id = t.filing_id AND n."column" = t."column"
JOIN current_now AS f ON f.filing_id = coalesce(n.filing_id, t.filing_id)
WHERE n.value IS DISTINCT FROM t.value AND coalesce(n."column", t."column") <> 'seq'
ORDER BY f.unit, f.file, f.sheet, f.row, cell, "column";
