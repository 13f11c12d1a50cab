-- One row: a value of a group that is in both nights and is in now_run otherwise than in before_run, as text. How values were put
-- together, and the place in the plan, which another group's moving moves, are no values.
CREATE OR REPLACE MACRO group_value_between(before_run, now_run) AS TABLE
WITH told AS (
    SELECT
        run_id, group_id, lead_filing_id, row_number() OVER () AS place,
        COLUMNS(
            lambda name: name NOT IN (
                'run_id', 'year', 'group_id', 'lead_filing_id', 'filings', 'participants_sum', 'shares_sum', 'shares_in_all',
                'larger_headcount', 'value_sources', 'lead_reason', 'rank', 'points', 'ranked_by'
            )
        )::VARCHAR
    FROM training_group
    WHERE run_id = before_run OR run_id = now_run
),
value AS (
    UNPIVOT told ON COLUMNS(* EXCLUDE (run_id, group_id, lead_filing_id, place)) INTO NAME "column" VALUE value
),
stayed AS (
    SELECT n.group_id, b.lead_filing_id AS then_lead, n.lead_filing_id AS now_lead
    FROM training_group AS b
    JOIN training_group AS n ON n.group_id = b.group_id AND n.run_id = now_run
    WHERE b.run_id = before_run
),
then_value AS (SELECT * FROM value SEMI JOIN stayed USING (group_id) WHERE run_id = before_run),
now_value AS (SELECT * FROM value SEMI JOIN stayed USING (group_id) WHERE run_id = now_run)
SELECT
    s.group_id, coalesce(n."column", b."column") AS "column", b.value AS before, n.value AS now, s.then_lead, s.now_lead
FROM then_value AS b
FULL JOIN now_value AS n ON n.group_id = b.group_id AND n."column" = b."column"
JOIN stayed AS s ON s.group_id = coalesce(n.group_id, b.group_id)
WHERE before_run <> now_run AND n.value IS DISTINCT FROM b.value
ORDER BY s.group_id, 2;
