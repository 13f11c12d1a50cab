-- One row: a thing that is new, changed or gone from the night before_run to the night now_run: before and now what it was and is.
-- No row where there is no night before_run (NULL), or where nothing changed. what: file, filing, finding, pair or decision;
-- change and all states by their codes; of a pair other_file and other_row tell its second filing.
CREATE OR REPLACE MACRO change_between(before_run, now_run) AS TABLE
WITH thing AS NOT MATERIALIZED (
    SELECT
        f.run_id, 'file' AS what, 1 AS rank, f.path AS id, f.unit, f.path AS file, f.status, f.filings,
        coalesce(f.sha256, '') || f.status || coalesce(f.filings, 0) AS fingerprint
    FROM file AS f
    UNION ALL BY NAME
    SELECT
        f.run_id, 'filing' AS what, 2 AS rank, f.filing_id AS id, f.unit, f.file, f.sheet, f.row, f.title,
        f.disposition AS status, f.disposition AS fingerprint
    FROM filing AS f
    UNION ALL BY NAME
    SELECT
        f.run_id, 'finding' AS what, 3 AS rank, f.finding_id AS id, f.unit, f.file, f.sheet, f.cell, p.title,
        f.status, f.clause, f.message, f.severity || f.status || coalesce(f.value, '') || f.message AS fingerprint
    FROM finding AS f
    LEFT JOIN filing AS p ON p.run_id = f.run_id AND p.filing_id = f.filing_id
    UNION ALL BY NAME
    SELECT
        p.run_id, 'pair' AS what, 4 AS rank, p.pair_id AS id, l.unit, l.file, l.sheet, l.row, l.title,
        p.outcome AS status, p.verdict, r.file AS other_file, r.row AS other_row,
        p.outcome || coalesce(p.verdict, '') AS fingerprint
    FROM pair AS p
    JOIN filing AS l ON l.run_id = p.run_id AND l.filing_id = p.filing_id_l
    JOIN filing AS r ON r.run_id = p.run_id AND r.filing_id = p.filing_id_r
    WHERE p.outcome <> 'kept_apart' OR p.verdict IS NOT NULL
    UNION ALL BY NAME
    SELECT
        s.run_id, 'decision' AS what, 5 AS rank, d.decision_id AS id, f.unit, d.source AS file, d.sheet, d.row, p.title,
        d.verdict, d.reviewer, s.applied, s.why_not, s.applied::VARCHAR || coalesce(s.why_not, '') AS fingerprint
    FROM decision_standing AS s
    JOIN decision AS d ON d.decision_id = s.decision_id
    LEFT JOIN finding AS f ON f.run_id = s.run_id AND f.finding_id = d.about
    LEFT JOIN filing AS p ON p.run_id = s.run_id AND p.filing_id = coalesce(f.filing_id, d.filing_id_l)
),
stated AS NOT MATERIALIZED (
    SELECT
        run_id, what, rank, id, unit, file, sheet, row, cell, title, fingerprint, coalesce(cell, row::VARCHAR) AS place,
        {
            status: status, filings: filings, clause: clause, message: message, other_file: other_file, other_row: other_row,
            verdict: verdict, reviewer: reviewer, applied: applied, why_not: why_not
        } AS state
    FROM thing
),
then_thing AS (SELECT * FROM stated WHERE run_id = before_run),
now_thing AS (SELECT * FROM stated WHERE run_id = now_run)
SELECT
    CASE WHEN b.id IS NULL THEN 'new' WHEN n.id IS NULL THEN 'gone' ELSE 'changed' END AS change,
    coalesce(n.what, b.what) AS what,
    coalesce(n.unit, b.unit) AS unit,
    coalesce(n.file, b.file) AS file,
    coalesce(n.sheet, b.sheet) AS sheet,
    coalesce(n.row, b.row) AS row,
    coalesce(n.cell, b.cell) AS cell,
    coalesce(n.title, b.title) AS title,
    b.state AS before,
    n.state AS now,
    coalesce(n.id, b.id) AS id
FROM then_thing AS b
FULL JOIN now_thing AS n ON n.what = b.what AND n.id = b.id
WHERE before_run IS NOT NULL AND (b.id IS NULL OR n.id IS NULL OR b.fingerprint <> n.fingerprint)
ORDER BY
    coalesce(n.rank, b.rank), CASE WHEN b.id IS NULL THEN 1 WHEN n.id IS NULL THEN 3 ELSE 2 END,
    coalesce(n.unit, b.unit), coalesce(n.file, b.file), coalesce(n.sheet, b.sheet), coalesce(n.place, b.place),
    coalesce(n.id, b.id);
