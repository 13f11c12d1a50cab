-- One row: a clause and a rule with how many findings they made in all nights of all years: each once a year, however many nights
-- it stood.
SELECT clause, rule_id, count(*) AS findings
FROM (SELECT DISTINCT year, finding_id, clause, rule_id FROM finding)
GROUP BY clause, rule_id
ORDER BY clause, rule_id;
