-- One row: a plan year and the id of its current night, the one with the greatest number.
SELECT year, max_by(run_id, number) AS run_id FROM run GROUP BY year ORDER BY year;
