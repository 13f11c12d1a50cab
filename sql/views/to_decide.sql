-- One row: an open finding of a matter (a project, a sheet or file, or what a reviewer wrote) of which something waits for the
-- office. waits says what this row waits for, and is missing where it is only told beside the others: unclear (a word that is no
-- verdict), said (what reviewers wrote, or a workbook of theirs), came_back (a decision that lapsed), broken (what 不合并 left),
-- hold. The other findings that keep the project out are counted beside each, with their clauses; rank is the place in the plan
-- that its group has or would have; kept_apart and apart_by tell what was not merged, and who said so; joined are the other filings
-- of the group that the project leads, with their units.
CREATE OR REPLACE VIEW to_decide AS
WITH last_said AS (
    SELECT d.about, s.applied
    FROM decision AS d
    JOIN current_decision_standing AS s ON s.decision_id = d.decision_id AND s.year = d.year
    WHERE d.problem IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY d.about
        ORDER BY d.number DESC, d.decided_at DESC, d.source DESC, d.sheet DESC, d.row DESC, d.decision_id DESC
    ) = 1
),
apart AS (
    SELECT l.group_id, r.title AS kept_apart, p.reviewer AS apart_by
    FROM current_pair AS p
    JOIN current_filing AS l ON l.filing_id = p.filing_id_l
    JOIN current_filing AS r ON r.filing_id = p.filing_id_r AND r.otm_no = l.otm_no
    WHERE p.outcome = 'kept_apart' AND p.verdict IS NOT NULL
    UNION ALL
    SELECT r.group_id, l.title, p.reviewer
    FROM current_pair AS p
    JOIN current_filing AS l ON l.filing_id = p.filing_id_l
    JOIN current_filing AS r ON r.filing_id = p.filing_id_r AND r.otm_no = l.otm_no
    WHERE p.outcome = 'kept_apart' AND p.verdict IS NOT NULL
),
left_apart AS (SELECT group_id, min(kept_apart) AS kept_apart, min(apart_by) AS apart_by FROM apart GROUP BY group_id),
found AS (
    SELECT
        f.*, p.row, g.lead_filing_id, g.rank, a.kept_apart, a.apart_by,
        coalesce(f.filing_id, f.file || coalesce(f.sheet, ''), f.finding_id) AS matter,
        CASE
            WHEN f.unclear IS NOT NULL THEN 'unclear'
            WHEN f.status <> 'open' THEN NULL
            WHEN f.rule_id LIKE 'decision-%' THEN 'said'
            WHEN f.severity <> 'advise' AND NOT s.applied THEN 'came_back'
            WHEN f.rule_id = 'group-otm-twice' AND a.group_id IS NOT NULL THEN 'broken'
            WHEN f.severity <> 'hold' OR (f.filing_id IS NULL AND f.file IS NULL) THEN NULL
            WHEN f.filing_id IS NULL THEN 'hold'
            WHEN p.disposition IN ('held', 'returned') AND f.filing_id = g.lead_filing_id THEN 'hold'
        END AS waits
    FROM open_finding AS f
    LEFT JOIN current_filing AS p ON p.filing_id = f.filing_id
    LEFT JOIN current_training_group AS g ON g.group_id = p.group_id
    LEFT JOIN last_said AS s ON s.about = f.finding_id
    LEFT JOIN left_apart AS a ON a.group_id = f.group_id AND f.rule_id = 'group-otm-twice'
),
urgency AS (
    SELECT * FROM (VALUES ('unclear', 1), ('said', 2), ('came_back', 3), ('broken', 4), ('hold', 5)) AS v (waits, place)
),
matter AS (
    SELECT
        f.matter, min(u.place + CASE WHEN f.waits = 'hold' AND f.disposition = 'returned' THEN 1 ELSE 0 END) AS place,
        arg_min(f.file, f.finding_id) AS file, arg_min(f.sheet, f.finding_id) AS sheet
    FROM found AS f
    JOIN urgency AS u ON u.waits = f.waits
    GROUP BY f.matter
),
keeps_out AS (
    SELECT
        finding_id, filing_id, file, sheet, clause,
        CASE WHEN status = 'open' THEN severity ELSE status END AS consequence
    FROM found
    WHERE (status = 'open' AND severity <> 'advise') OR status IN ('returned', 'excluded')
),
current_one AS (SELECT filing_id, file, sheet FROM current_filing WHERE superseded_by IS NULL),
of_project AS (
    SELECT k.filing_id, k.finding_id, k.clause, k.consequence FROM keeps_out AS k WHERE k.filing_id IS NOT NULL
    UNION ALL
    SELECT p.filing_id, k.finding_id, k.clause, k.consequence
    FROM keeps_out AS k
    JOIN current_one AS p ON p.file = k.file
    WHERE
        k.filing_id IS NULL
        AND (
            p.sheet = k.sheet
            OR NOT EXISTS (SELECT 1 FROM current_one AS o WHERE o.file = k.file AND o.sheet = k.sheet)
        )
),
joined AS (
    SELECT
        g.lead_filing_id, count(*) AS joined,
        string_agg(DISTINCT coalesce(p.unit, p.file), '、' ORDER BY coalesce(p.unit, p.file)) AS joined_units
    FROM current_training_group AS g
    JOIN current_filing AS p ON p.group_id = g.group_id AND p.filing_id <> g.lead_filing_id AND p.superseded_by IS NULL
    GROUP BY g.lead_filing_id
),
beside AS (
    SELECT
        f.finding_id,
        count(*) FILTER (o.consequence = 'prohibit') AS prohibits,
        count(*) FILTER (o.consequence IN ('return', 'returned')) AS returns,
        count(*) FILTER (o.consequence = 'hold') AS holds,
        count(*) FILTER (o.consequence = 'excluded') AS excluded,
        string_agg(DISTINCT o.clause, '、' ORDER BY o.clause) AS clauses
    FROM found AS f
    JOIN matter AS m ON m.matter = f.matter
    JOIN of_project AS o ON o.filing_id = f.filing_id AND o.finding_id <> f.finding_id
    GROUP BY f.finding_id
)
SELECT
    f.matter, f.waits, m.place, f.finding_id AS id, f.rule_id, f.clause, f.severity, f.status, f.unit, f.file, f.sheet, f.cell,
    f.value, f.message, f.advice, f.filing_id, f.disposition, f.verdict, f.note, f.reviewer, f.to_unit, f.unclear, f.rank,
    f.kept_apart, f.apart_by, p.row, p.title, p.organiser, p.priority_class, p.training_type, p.theme, p.country,
    p.institution, p.headcount, p.days, p.start_date, p.end_date, p.budget, p.necessity, p.content,
    f.filing_id IS NOT NULL AND f.filing_id <> f.lead_filing_id AS led,
    coalesce(b.prohibits, 0) AS prohibits, coalesce(b.returns, 0) AS returns, coalesce(b.holds, 0) AS holds,
    coalesce(b.excluded, 0) AS excluded, b.clauses, j.joined, j.joined_units
FROM found AS f
JOIN matter AS m ON m.matter = f.matter
LEFT JOIN current_filing AS p ON p.filing_id = f.filing_id
LEFT JOIN beside AS b ON b.finding_id = f.finding_id
LEFT JOIN joined AS j ON j.lead_filing_id = f.filing_id
LEFT JOIN current_word AS w ON w.vocabulary = 'severity' AND w.code = f.severity
WHERE f.status = 'open' OR f.waits IS NOT NULL
ORDER BY m.place, f.unit, m.file, m.sheet, p.row, f.matter, f.waits IS NULL, w.place, f.clause, f.finding_id;
