-- One row: a group in the provincial plan, in the order of its rank.
CREATE OR REPLACE VIEW plan AS
WITH source AS (
    SELECT group_id, string_agg(DISTINCT file, '、' ORDER BY file) AS source_files
    FROM current_filing
    WHERE disposition IN ('included', 'merged')
    GROUP BY group_id
)
SELECT
    row_number() OVER (ORDER BY g.rank, g.group_id) AS seq,
    g.group_id, g.title, g.organiser, g.priority_class, g.training_type, g.theme, g.cross_region, g.country,
    g.institution, g.headcount, g.days, g.start_date, g.end_date, g.funding_source, g.budget, g.participant_units,
    s.source_files, g.ranked_by, g.beyond
FROM current_training_group AS g
JOIN current_filing AS f ON f.filing_id = g.lead_filing_id AND f.disposition = 'included'
LEFT JOIN source AS s ON s.group_id = g.group_id
ORDER BY seq;
