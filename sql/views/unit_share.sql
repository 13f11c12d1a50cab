-- One row: a clause's share by unit (全省: all, first) or 系统: the groups filed, how many of them are such, the same in the plan
-- and last year; notice 一（二）, 一（三）, 一（五）. Of 执行率 last year's people approved and sent.
CREATE OR REPLACE VIEW unit_share AS
WITH class AS (
    SELECT
        unit, class, sum(groups) OVER of_unit AS groups, groups AS such, share,
        sum(planned) OVER of_unit AS planned, planned AS planned_such, planned_share
    FROM share_class
    WINDOW of_unit AS (PARTITION BY unit)
),
parts AS (
    SELECT
        CASE class WHEN '优先' THEN 1 WHEN '重点' THEN 2 ELSE 3 END AS part, '一（二）' AS clause,
        class || '项目' AS what, unit, groups, such, share, planned, planned_such, planned_share,
        NULL AS last_groups, NULL AS last_such, NULL AS last_share
    FROM class
    WHERE class IN ('优先', '重点', '一般')
    UNION ALL
    SELECT
        4, '一（二）', '中长期项目', unit, groups, long_term, share, planned, planned_long_term, planned_share,
        NULL, NULL, NULL
    FROM share_long_term
    UNION ALL
    SELECT
        5, '一（三）', '赴热点国家（地区）', unit, groups, hot, share, planned, planned_hot, planned_share,
        last_groups, last_hot, last_share
    FROM share_hot
    UNION ALL
    SELECT
        6, '一（三）', '所属系统', system, sum(groups) OVER (), groups, share, sum(planned) OVER (), planned, planned_share,
        sum(last_groups) OVER (), last_groups, last_share
    FROM share_system
    UNION ALL
    SELECT 7, '一（五）', '上年执行率', unit, NULL, NULL, NULL, NULL, NULL, NULL, approved, executed, share
    FROM share_execution
)
SELECT
    clause, what, unit, groups::BIGINT AS groups, such::BIGINT AS such, share, planned::BIGINT AS planned,
    planned_such::BIGINT AS planned_such, planned_share, last_groups::BIGINT AS last_groups, last_such::BIGINT AS last_such,
    last_share
FROM parts
ORDER BY part, unit <> '全省', CASE WHEN part = 7 THEN last_share ELSE -such END, unit;
