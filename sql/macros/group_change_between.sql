-- One row: a group that came, went, moved or is told otherwise from the night before_run to the night now_run. change: new, gone,
-- moved (its lead ended elsewhere) or changed (some value, or the filings that describe it); before and now: where its lead ended up
-- and why. No row where there is no night before_run (NULL).
CREATE OR REPLACE MACRO group_change_between(before_run, now_run) AS TABLE
WITH described AS (
    SELECT run_id, group_id, list(filing_id ORDER BY filing_id) AS filings
    FROM filing
    WHERE group_id IS NOT NULL AND (run_id = before_run OR run_id = now_run)
    GROUP BY run_id, group_id
),
led AS (
    SELECT
        g.run_id, g.group_id, g.title, g.organiser,
        {disposition: f.disposition, because: f.because, filings: d.filings, lead: g.lead_filing_id} AS state
    FROM training_group AS g
    JOIN filing AS f ON f.run_id = g.run_id AND f.filing_id = g.lead_filing_id
    JOIN described AS d ON d.run_id = g.run_id AND d.group_id = g.group_id
    WHERE g.run_id = before_run OR g.run_id = now_run
),
then_led AS (SELECT * FROM led WHERE run_id = before_run),
now_led AS (SELECT * FROM led WHERE run_id = now_run),
otherwise AS (SELECT DISTINCT group_id FROM group_value_between(before_run, now_run))
SELECT
    CASE
        WHEN b.group_id IS NULL THEN 'new'
        WHEN n.group_id IS NULL THEN 'gone'
        WHEN b.state.disposition <> n.state.disposition THEN 'moved'
        ELSE 'changed'
    END AS change,
    coalesce(n.group_id, b.group_id) AS group_id,
    coalesce(n.title, b.title) AS title,
    coalesce(n.organiser, b.organiser) AS organiser,
    b.state AS before,
    n.state AS now
FROM then_led AS b
FULL JOIN now_led AS n ON n.group_id = b.group_id
WHERE
    before_run IS NOT NULL
    AND (
        b.group_id IS NULL OR n.group_id IS NULL
        OR b.state.disposition <> n.state.disposition OR b.state.filings <> n.state.filings
        OR coalesce(n.group_id, b.group_id) IN (SELECT group_id FROM otherwise)
    )
ORDER BY coalesce(n.organiser, b.organiser), coalesce(n.title, b.title), coalesce(n.group_id, b.group_id);
