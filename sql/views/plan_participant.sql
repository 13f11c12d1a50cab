-- One row: a unit taking part in a group of the plan, with its people where some filing of the group names them.
CREATE OR REPLACE VIEW plan_participant AS
WITH unit AS (
    SELECT seq, group_id, title, organiser, unnest(string_split(participant_units, '、')) AS participant
    FROM plan
    WHERE participant_units IS NOT NULL
),
named AS (
    SELECT
        f.group_id, t.participant, min(t.region) AS region, min(t.system) AS system,
        max(t.participants) AS participants, bool_and(t.budgeted) AS budgeted
    FROM current_participant AS t
    JOIN current_filing AS f ON f.filing_id = t.filing_id AND f.disposition IN ('included', 'merged')
    GROUP BY f.group_id, t.participant
)
SELECT
    u.seq, u.group_id, u.title, u.organiser, u.participant, coalesce(n.region, r.region) AS region,
    coalesce(n.system, r.system) AS system, n.participants, n.budgeted
FROM unit AS u
LEFT JOIN named AS n ON n.group_id = u.group_id AND n.participant = u.participant
LEFT JOIN current_unit AS r ON r.unit = u.participant
ORDER BY u.seq, u.participant;
