-- Why: 指标控制数 draws a line in the plan. The groups of earlier nights stand above it: there were no numbers. What the plan holds is
-- summed with last year beside it (plan_sum), and no longer counted by itself.
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS beyond VARCHAR;
CREATE TABLE IF NOT EXISTS quota (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    scope VARCHAR,
    name VARCHAR,
    people BIGINT
);
DROP VIEW IF EXISTS plan_share;
