-- One row: a decision in one night: whether it holds and, where not, why.
CREATE TABLE IF NOT EXISTS decision_standing (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    decision_id VARCHAR NOT NULL,
    applied BOOLEAN NOT NULL,
    why_not VARCHAR
);
