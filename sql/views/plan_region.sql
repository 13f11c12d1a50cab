-- One row: a place (所在市州 of the unit that organises) with its groups of the plan and their people, the most people first.
CREATE OR REPLACE VIEW plan_region AS
SELECT
    coalesce(u.region, l.blank_or_unlisted) AS region, count(*) AS groups, coalesce(sum(p.headcount), 0)::BIGINT AS people
FROM plan AS p
LEFT JOIN current_unit AS u ON u.unit = p.organiser
CROSS JOIN label AS l
GROUP BY ALL
ORDER BY people DESC, region;
