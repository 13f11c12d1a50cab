-- One row: a night of the year $year that its decisions name and that the warehouse has lost, and its number, where that is known.
SELECT run_id, max(number) AS number
FROM (
    SELECT run_id, number FROM decision WHERE year = $year
    UNION ALL
    SELECT shown_in, shown_number FROM decision WHERE year = $year AND shown_in IS NOT NULL
)
WHERE run_id NOT IN (SELECT run_id FROM run)
GROUP BY run_id
ORDER BY number, run_id;
