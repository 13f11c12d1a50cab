-- One row: a file found, and last the total; even says whether its filings equal the sum of where they went.
CREATE OR REPLACE VIEW reconciliation AS
WITH counted AS (
    SELECT
        path, sum(filings)::BIGINT AS filings, sum(included)::BIGINT AS included, sum(merged)::BIGINT AS merged,
        sum(held)::BIGINT AS held, sum(returned)::BIGINT AS returned, sum(prohibited)::BIGINT AS prohibited,
        sum(excluded)::BIGINT AS excluded, sum(superseded)::BIGINT AS superseded
    FROM file_account
    GROUP BY ROLLUP (path)
)
SELECT
    coalesce(path, (SELECT total FROM label)) AS path, coalesce(filings, 0) AS filings, coalesce(included, 0) AS included,
    coalesce(merged, 0) AS merged, coalesce(held, 0) AS held, coalesce(returned, 0) AS returned,
    coalesce(prohibited, 0) AS prohibited, coalesce(excluded, 0) AS excluded, coalesce(superseded, 0) AS superseded,
    coalesce(filings = included + merged + held + returned + prohibited + excluded + superseded, TRUE) AS even
FROM counted
ORDER BY counted.path NULLS LAST;
