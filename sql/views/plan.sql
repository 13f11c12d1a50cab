-- One row: a group in the provincial plan, in the order of the plan. A unit of unknown level stands with those of the last.
CREATE OR REPLACE VIEW plan AS
WITH source AS (
    SELECT group_id, string_agg(DISTINCT file, '、' ORDER BY file) AS source_files
    FROM current_filing
    WHERE disposition IN ('included', 'merged')
    GROUP BY group_id
),
last_level AS (SELECT max(place) AS place FROM current_word WHERE vocabulary = 'level')
SELECT
    row_number() OVER in_order AS seq,
    g.group_id, g.title, g.organiser, g.priority_class, g.training_type, g.theme, g.cross_region, g.country,
    g.institution, g.headcount, g.days, g.start_date, g.end_date, g.funding_source, g.budget, g.participant_units,
    s.source_files
FROM current_training_group AS g
JOIN current_filing AS f ON f.filing_id = g.lead_filing_id AND f.disposition = 'included'
LEFT JOIN source AS s ON s.group_id = g.group_id
LEFT JOIN current_unit AS u ON u.unit = g.organiser
LEFT JOIN current_word AS k ON k.vocabulary = 'priority_class' AND k.code = g.priority_class
LEFT JOIN current_word AS v ON v.vocabulary = 'level' AND v.code = u.level
CROSS JOIN last_level AS e
WINDOW in_order AS (
    ORDER BY
        k.place, g.priority_class, coalesce(v.place, e.place), g.organiser, g.start_date, g.title, g.group_id
)
ORDER BY seq;
