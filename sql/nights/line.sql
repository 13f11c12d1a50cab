-- One row: a group that stands in the plan in both nights $before and $now, and on another side of the line of 指标控制数 in each, or
-- below that of other numbers: which left no room for it then, and leave none now (none: it stood, or stands, above the line).
WITH planned AS (
    SELECT g.run_id, g.group_id, g.title, g.organiser, g.headcount, g.beyond
    FROM training_group AS g
    JOIN filing AS f ON f.run_id = g.run_id AND f.filing_id = g.lead_filing_id
    WHERE f.disposition = 'included' AND (g.run_id = $before OR g.run_id = $now)
),
then_planned AS (SELECT * FROM planned WHERE run_id = $before),
now_planned AS (SELECT * FROM planned WHERE run_id = $now)
SELECT n.group_id, n.title, n.organiser, b.beyond AS beyond_before, n.beyond AS beyond_now
FROM now_planned AS n
JOIN then_planned AS b ON b.group_id = n.group_id
WHERE b.beyond IS DISTINCT FROM n.beyond
ORDER BY n.beyond IS NULL, n.organiser, n.title, n.group_id;
