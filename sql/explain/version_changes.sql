-- One row: a cell of one of the versions $versions that has another value as filed than the filing $filing_id in the night $run_id.
WITH other AS (
    SELECT filing_id, "column", cell, value FROM filing_cell
    WHERE run_id = $run_id AND list_contains($versions, filing_id) AND filing_id <> $filing_id AND "column" <> 'seq'
),
asked AS (
    SELECT o.filing_id, c."column", c.cell, c.value
    FROM filing_cell AS c, (SELECT DISTINCT filing_id FROM other) AS o
    WHERE c.run_id = $run_id AND c.filing_id = $filing_id AND c."column" <> 'seq'
)
SELECT
    coalesce(o.filing_id, a.filing_id) AS filing_id, coalesce(o."column", a."column") AS "column",
    coalesce(a.cell, o.cell) AS cell, o.value AS before, a.value AS now
FROM other AS o
FULL JOIN asked AS a ON a.filing_id = o.filing_id AND a."column" = o."column"
WHERE o.value IS DISTINCT FROM a.value
ORDER BY ALL;
