-- One row: a 项目名称 of the last night of the year $year.
SELECT DISTINCT title
FROM filing
WHERE title IS NOT NULL AND run_id = (SELECT run_id FROM run WHERE year = $year ORDER BY number DESC LIMIT 1)
ORDER BY title;
