-- One row: a filing that stood in the row $row of the file $file (its path or the end of it) in the last night of the year $year that knew such a row, and that night.
WITH placed AS (
    SELECT f.filing_id, f.run_id, r.number AS night
    FROM filing AS f
    JOIN run AS r ON r.run_id = f.run_id
    WHERE f.year = $year AND f.row = $row AND (f.file = $file OR ends_with(f.file, '/' || $file))
)
SELECT 'filing' AS kind, filing_id AS id, run_id
FROM placed
WHERE night = (SELECT max(night) FROM placed)
ORDER BY filing_id;
