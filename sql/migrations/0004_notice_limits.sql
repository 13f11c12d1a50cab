-- Why: the shares of the plan are held against the limits of the notice as it stood that night.
CREATE TABLE IF NOT EXISTS notice_limit (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    value DOUBLE NOT NULL
);
