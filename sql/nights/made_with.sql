-- One row: whether the nights $before and $now were made with the same program and the same data of the year; NULL where one of them did
-- not write it down, but FALSE for the data where the notice's numbers or words, which every night keeps, are other ones.
WITH limits AS (
    SELECT count(*) > 0 AS differ FROM (
        (SELECT name, value FROM notice_limit WHERE run_id = $before EXCEPT SELECT name, value FROM notice_limit WHERE run_id = $now)
        UNION ALL
        (SELECT name, value FROM notice_limit WHERE run_id = $now EXCEPT SELECT name, value FROM notice_limit WHERE run_id = $before)
    )
)
SELECT b.program = n.program AS same_program, CASE WHEN l.differ THEN FALSE ELSE b.yearbook = n.yearbook END AS same_yearbook
FROM run AS b CROSS JOIN run AS n CROSS JOIN limits AS l
WHERE b.run_id = $before AND n.run_id = $now;
