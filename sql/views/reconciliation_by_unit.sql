-- One row: a unit that filed, and last the total; even says whether its filings equal the sum of where they went.
CREATE OR REPLACE VIEW reconciliation_by_unit AS
WITH counted AS (
    SELECT
        grouping(unit) AS is_total, unit, count(*) AS files,
        sum(filings)::BIGINT AS filings, sum(included)::BIGINT AS included, sum(merged)::BIGINT AS merged,
        sum(held)::BIGINT AS held, sum(returned)::BIGINT AS returned, sum(prohibited)::BIGINT AS prohibited,
        sum(excluded)::BIGINT AS excluded, sum(superseded)::BIGINT AS superseded
    FROM file_account
    WHERE filings > 0 OR included + merged + held + returned + prohibited + excluded + superseded > 0
    GROUP BY ROLLUP (unit)
)
SELECT
    CASE WHEN is_total = 1 THEN d.total ELSE coalesce(unit, d.unknown_unit) END AS unit, files,
    coalesce(filings, 0) AS filings, coalesce(included, 0) AS included, coalesce(merged, 0) AS merged,
    coalesce(held, 0) AS held, coalesce(returned, 0) AS returned, coalesce(prohibited, 0) AS prohibited,
    coalesce(excluded, 0) AS excluded, coalesce(superseded, 0) AS superseded,
    coalesce(filings = included + merged + held + returned + prohibited + excluded + superseded, TRUE) AS even
FROM counted
CROSS JOIN label AS d
ORDER BY is_total, counted.unit NULLS LAST;
