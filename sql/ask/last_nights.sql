-- One row: the last night of a plan year, how it ended, and whether the filings that it read are the sum of where they went.
SELECT
    run_id, year, number, started_at, ended_at, status, filings,
    filings = included + merged + held + returned + prohibited + excluded + superseded AS even
FROM run
QUALIFY row_number() OVER (PARTITION BY year ORDER BY number DESC) = 1
ORDER BY year;
