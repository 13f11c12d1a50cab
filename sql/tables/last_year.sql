-- One row: an approved project of 上年项目 as it stood in one night.
CREATE TABLE IF NOT EXISTS last_year (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    otm_no VARCHAR,
    organiser VARCHAR,
    title VARCHAR,
    country VARCHAR,
    institution VARCHAR,
    approved BIGINT,
    executed BIGINT,
    summary_filed BOOLEAN
);
