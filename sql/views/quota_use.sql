-- One row: a number of people of 指标控制数 with the groups of the plan that it holds for, those above the line, and what is left.
-- In the order of the scopes, in each by name.
CREATE OR REPLACE VIEW quota_use AS
WITH planned AS (
    SELECT
        p.organiser, p.priority_class, regexp_extract(p.priority_class, '^\D+') AS kind, p.headcount, p.beyond, u.region
    FROM plan AS p
    LEFT JOIN current_unit AS u ON u.unit = p.organiser
)
SELECT
    q.scope, q.name, q.people,
    count(p.scope) AS groups, coalesce(sum(p.headcount), 0)::BIGINT AS filed,
    count(p.scope) FILTER (p.beyond IS NULL) AS above_groups,
    coalesce(sum(p.headcount) FILTER (p.beyond IS NULL), 0)::BIGINT AS above,
    q.people - coalesce(sum(p.headcount) FILTER (p.beyond IS NULL), 0)::BIGINT AS left_over,
    count(p.scope) FILTER (p.beyond IS NOT NULL) AS below_groups,
    coalesce(sum(p.headcount) FILTER (p.beyond IS NOT NULL), 0)::BIGINT AS below
FROM current_quota AS q
LEFT JOIN current_word AS w ON w.vocabulary = 'quota_scope' AND w.word = q.scope
LEFT JOIN (
    SELECT
        *,
        unnest(['province', 'region', 'class', 'class', 'unit']) AS scope,
        unnest(['', region, nullif(priority_class, kind), kind, organiser]) AS name
    FROM planned
) AS p ON p.scope = w.code AND (w.code = 'province' OR p.name = q.name)
GROUP BY w.place, q.scope, q.name, q.people
ORDER BY w.place, q.name;
