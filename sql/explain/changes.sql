-- One row: a cell of the filing $filing_id whose value as filed was another one in the night before that had the filing.
WITH night AS (
    SELECT f.run_id, row_number() OVER (ORDER BY r.number) AS number
    FROM filing AS f
    JOIN run AS r ON r.run_id = f.run_id
    WHERE f.filing_id = $filing_id
),
value_now AS (
    SELECT n.number, c."column", c.cell, c.value
    FROM filing_cell AS c
    JOIN night AS n ON n.run_id = c.run_id
    WHERE c.filing_id = $filing_id AND c."column" <> 'seq'
),
value_then AS (SELECT number + 1 AS number, "column", cell, value FROM value_now)
SELECT
    n.run_id, coalesce(v."column", t."column") AS "column", coalesce(v.cell, t.cell) AS cell, t.value AS before, v.value AS now
FROM value_now AS v
FULL JOIN value_then AS t ON t.number = v.number AND t."column" = v."column"
JOIN night AS n ON n.number = coalesce(v.number, t.number)
WHERE n.number > 1 AND v.value IS DISTINCT FROM t.value
ORDER BY n.number, cell, "column";
