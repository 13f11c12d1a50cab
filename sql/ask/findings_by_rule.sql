-- One row: a clause and a rule with how many findings they made in the last night of the year.
SELECT clause, rule_id, count(*) AS findings
FROM finding
WHERE run_id = (SELECT run_id FROM run WHERE year = $year ORDER BY number DESC LIMIT 1)
GROUP BY clause, rule_id;
