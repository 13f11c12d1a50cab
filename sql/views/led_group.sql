-- One row: a group of the current night with what shares are counted by; planned: its lead is in the plan.
CREATE OR REPLACE VIEW led_group AS
SELECT
    g.group_id,
    coalesce(g.organiser, d.blank) AS unit,
    coalesce(u.system, d.unlisted) AS system,
    coalesce(nullif(regexp_extract(g.priority_class, '^\D+'), ''), d.blank) AS class,
    g.priority_class, g.training_type, g.theme, g.country, g.headcount, g.days, g.budget,
    coalesce(c.hot, FALSE) AS hot,
    coalesce(g.days > l.value, FALSE) AS long_term,
    f.disposition = 'included' AS planned
FROM current_training_group AS g
JOIN current_filing AS f ON f.filing_id = g.lead_filing_id
LEFT JOIN current_unit AS u ON u.unit = g.organiser
LEFT JOIN current_country AS c ON c.country = g.country
LEFT JOIN current_notice_limit AS l ON l.name = 'long_term_over'
CROSS JOIN label AS d;
