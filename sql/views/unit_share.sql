-- One row: a clause's share by unit (all units first) or 系统, where it says something: the groups filed, how many of them are such, the same in the plan
-- and last year; notice 一（二）, 一（三）, 一（五）. Of 执行率 last year's people approved and sent.
CREATE OR REPLACE VIEW unit_share AS
WITH part AS (
    SELECT
        'class' AS share_of, k.place AS class_place, class, unit, sum(groups) OVER of_unit AS groups, groups AS such, share,
        sum(planned) OVER of_unit AS planned, planned AS planned_such, planned_share
    FROM share_class
    LEFT JOIN class_kind AS k USING (class)
    WINDOW of_unit AS (PARTITION BY unit)
    UNION ALL BY NAME
    SELECT 'long_term' AS share_of, unit, groups, long_term AS such, share, planned, planned_long_term AS planned_such, planned_share
    FROM share_long_term
    UNION ALL BY NAME
    SELECT
        'hot' AS share_of, unit, groups, hot AS such, share, planned, planned_hot AS planned_such, planned_share,
        last_groups, last_hot AS last_such, last_share
    FROM share_hot
    UNION ALL BY NAME
    SELECT
        'system' AS share_of, system AS unit, sum(groups) OVER () AS groups, groups AS such, share,
        sum(planned) OVER () AS planned, planned AS planned_such, planned_share,
        sum(last_groups) OVER () AS last_groups, last_groups AS last_such, last_share
    FROM share_system
    UNION ALL BY NAME
    SELECT
        'execution' AS share_of, unit, approved AS last_groups, executed AS last_such, share AS last_share,
        projects >= (SELECT value FROM current_notice_limit WHERE name = 'share_groups')
        OR share < (SELECT value FROM current_notice_limit WHERE name = 'execution_rate') AS telling
    FROM share_execution
)
SELECT
    c.word AS clause, replace(w.word, '{class}', coalesce(class, '')) AS what, unit, groups::BIGINT AS groups,
    such::BIGINT AS such, share, planned::BIGINT AS planned, planned_such::BIGINT AS planned_such, planned_share,
    last_groups::BIGINT AS last_groups, last_such::BIGINT AS last_such, last_share
FROM part
JOIN current_word AS w ON w.vocabulary = 'share' AND w.code = part.share_of
JOIN current_word AS c ON c.vocabulary = 'share_clause' AND c.code = part.share_of
LEFT JOIN current_notice_limit AS n ON n.name = 'share_groups'
WHERE
    (share_of <> 'class' OR class_place IS NOT NULL)
    AND (
        unit = (SELECT all_units FROM label)
        OR CASE share_of WHEN 'execution' THEN telling WHEN 'system' THEN greatest(such, last_such) >= n.value ELSE groups >= n.value END
    )
ORDER BY
    w.place, class_place, unit <> (SELECT all_units FROM label), CASE WHEN share_of = 'execution' THEN last_share ELSE -such END,
    unit;
