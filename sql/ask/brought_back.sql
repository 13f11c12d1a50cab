-- One row: how many decisions of a year were read by nights that the warehouse does not know, and are not yet told of by a
-- night that it knows.
SELECT count(*)
FROM decision AS d
WHERE
    d.year = $year
    AND d.run_id NOT IN (SELECT run_id FROM run)
    AND (d.decision_id, d.year) NOT IN (SELECT (decision_id, year) FROM decision_standing);
