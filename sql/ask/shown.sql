-- One row: a finding or pair as the workbook of one night showed it, for each (about, shown_in, saved_at) asked. night is
-- shown_in or, where no such night is known, the last that had begun when the workbook was saved; where the finding was
-- not shown that night, the row is that of the last night that knew it (run_id).
WITH asking AS (
    SELECT DISTINCT
        a.about, a.shown_in AS asked, a.saved_at,
        coalesce(
            (SELECT r.run_id FROM run AS r WHERE r.year = $year AND r.run_id = a.shown_in),
            (SELECT max_by(r.run_id, r.number) FROM run AS r WHERE r.year = $year AND r.started_at <= a.saved_at)
        ) AS night
    FROM asked AS a
),
shown AS (
    SELECT
        run_id, finding_id AS about, 'finding' AS kind, value, NULL AS filing_id_l, NULL AS filing_id_r,
        coalesce(unclear, verdict) AS verdict, note, reviewer, to_unit
    FROM finding
    WHERE year = $year AND finding_id IN (SELECT about FROM asked)
    UNION ALL
    SELECT run_id, pair_id, 'pair', NULL, filing_id_l, filing_id_r, coalesce(unclear, verdict), note, reviewer, NULL
    FROM pair
    WHERE year = $year AND pair_id IN (SELECT about FROM asked)
)
SELECT
    a.about, a.asked, a.saved_at, a.night, s.run_id, s.kind, s.value, s.filing_id_l, s.filing_id_r,
    s.verdict, s.note, s.reviewer, s.to_unit
FROM asking AS a
JOIN shown AS s ON s.about = a.about
JOIN run AS n ON n.run_id = s.run_id
QUALIFY row_number() OVER (
    PARTITION BY a.about, a.asked, a.saved_at ORDER BY (s.run_id = a.night) DESC NULLS LAST, n.number DESC
) = 1
ORDER BY a.about, a.asked, a.saved_at;
