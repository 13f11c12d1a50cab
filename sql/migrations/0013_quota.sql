-- Why: 指标控制数 draws a line in the plan. The groups of earlier nights stand above it: there were no numbers.
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS beyond VARCHAR;
CREATE TABLE IF NOT EXISTS quota (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    scope VARCHAR,
    name VARCHAR,
    people BIGINT
);
