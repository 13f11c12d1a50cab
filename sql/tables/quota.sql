-- One row: a number of people of 指标控制数 as it stood in one night, that the plan keeps to.
CREATE TABLE IF NOT EXISTS quota (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    scope VARCHAR,
    name VARCHAR,
    people BIGINT
);
